// Versions: what is pinned, what a changed definition is told by, and how a case moves.
import type { StreamName } from '@himaya/event-store';
import { describe, expect, it } from 'vitest';
import { codes, DAY, bench, supervisor, types } from './sample/bench.ts';
import { defineMatter, matter, matterChart, matterVersion, policy } from './sample/matter.ts';
import { definePolicy, instant, structureHash } from '../src/index.ts';

const policyOfficer = { staff: 'pol1', role: 'POL', office: 'TST' };

describe('versions', () => {
  it('replay › a changed assign › is named by the digest, at its position', async () => {
    const { accept, open, other } = bench();
    const caseId = await open();
    await accept('Respond', {}, { caseId }).catch(() => undefined);
    const noted = await accept('Note', { note: 'a' }, { caseId });
    const changed = defineMatter((spec) => ({ ...spec, chart: matterChart(2) }));
    expect(changed.structureHash).toBe(matter.structureHash);
    const report = await other({ caseTypes: [changed] }).replay(caseId);
    expect(report?.divergences).toEqual([
      expect.objectContaining({ position: noted.case.position, reason: 'DIGEST_DIFFERS' }),
    ]);
  });

  it('load › a digest that differs › makes the case read-only but readable', async () => {
    const { accept, open, other, nextId } = bench();
    const caseId = await open();
    await accept('Note', { note: 'a' }, { caseId });
    const changed = defineMatter((spec) => ({ ...spec, chart: matterChart(2) }));
    const later = other({ caseTypes: [changed] });
    const command = { id: nextId(), name: 'Note', caseId, input: { note: 'b' } };
    expect(codes(await later.execute(command, supervisor))).toEqual(['CASE_READ_ONLY']);
    expect((await later.caseAt(caseId))?.divergence?.reason).toBe('DIGEST_DIFFERS');
    expect(await later.history(caseId)).toHaveLength(3);
    expect(await later.timeline(caseId)).toHaveLength(3);
  });

  it('replay › a tightened rule › is named, with the rule that would refuse today', async () => {
    const { accept, open, other } = bench();
    const caseId = await open();
    for (let count = 0; count < 4; count += 1) await accept('Note', { note: 'a' }, { caseId });
    const { hash: _, ...spec } = policy;
    const tighter = definePolicy({
      ...spec,
      values: { ...spec.values, askedMax: { ...spec.values['askedMax'], value: 3 } as never },
    });
    // The pin names the policy's hash: a policy changed in place is not the one that was pinned.
    const report = await other({ policies: [tighter] }).replay(caseId);
    expect(report?.divergences.map(({ reason }) => reason)).toEqual(['PROCEDURE_UNKNOWN']);
    const strict = defineMatter((body) => ({
      ...body,
      requires: { ...body.requires, Noted: tightened() },
    }));
    const judged = await other({ caseTypes: [strict] }).replay(caseId);
    const reasons = new Set(judged?.divergences.map(({ reason }) => reason));
    expect(reasons).toEqual(new Set(['STRUCTURE_CHANGED', 'RULE_REFUSES']));
    expect(judged?.divergences.at(-1)?.detail).toContain('NOTE_TOO_SHORT');
  });

  it('structureHash › rules, grants, states, schemas › each change it', () => {
    const hash = matter.structureHash;
    const variants = [
      defineMatter((spec) => ({ ...spec, requires: { ...spec.requires, Noted: undefined } })),
      defineMatter((spec) => ({ ...spec, consequences: [] })),
      defineMatter((spec) => ({
        ...spec,
        commands: { ...spec.commands, Note: { ...spec.commands.Note, by: ['SUP'] } },
      })),
      matterVersion('1.0.1'),
    ];
    for (const variant of variants) expect(variant.structureHash).not.toBe(hash);
    expect(structureHash(defineMatter())).toBe(hash);
  });

  it('migrateCase › to an older version, or into a broken invariant › is refused on the record', async () => {
    const never = {
      code: 'NEVER',
      text: { en: 'x', ar: 'س' },
      holds: () => false,
    };
    const migrations = { '1.0.0': { migrate: (state: object) => state } };
    const next = matterVersion('2.0.0', (spec) => ({ ...spec, migrations }));
    const broken = matterVersion('3.0.0', (spec) => ({ ...spec, invariants: [never] }));
    const { open, other, store } = bench();
    const caseId = await open();
    const all = other({ caseTypes: [matter, next, broken], writer: 'admin' });
    const to = (version: string, actor = policyOfficer) =>
      all.migrateCase(caseId, { version, reason: 'x' }, actor);
    expect(codes(await to('3.0.0'))).toEqual(['NEVER']);
    expect(codes(await to('2.0.0', supervisor))).toEqual(['NOT_PERMITTED']);
    expect(codes(await to('2.0.0'))).toBe('accepted');
    expect(codes(await to('1.0.0'))).toEqual(['INPUT_INVALID']);
    const audit = await store.readStream('audit-admin-2027-01-10' as StreamName, 0, 10);
    expect(audit.entries).toHaveLength(3);
  });

  it('an invariant that became tighter › is named by replay where it is first broken', async () => {
    const { accept, open, other } = bench();
    const caseId = await open();
    await accept('Note', { note: 'a' }, { caseId });
    await accept('Note', { note: 'b' }, { caseId });
    const tighter = defineMatter((spec) => ({
      ...spec,
      invariants: [
        ...spec.invariants,
        {
          code: 'ASKED_ONCE',
          text: { en: 'x', ar: 'س' },
          holds: ({ context }: { context: { asked: number } }) => context.asked < 2,
        },
      ],
    }));
    const found = await other({ caseTypes: [tighter] }).replay(caseId);
    expect(found?.divergences.filter(({ reason }) => reason === 'RULE_REFUSES')).toEqual([
      {
        position: 3,
        reason: 'RULE_REFUSES',
        detail: 'the decision that ends with Noted would now be refused: ASKED_ONCE',
      },
    ]);
  });

  it('policies of several names › each case type opens under its own', async () => {
    const other = { ...policy, name: 'other', effectiveFrom: instant('2021-01-01T00:00:00Z') };
    const second = definePolicy(other);
    expect(() => bench({ policies: [policy, second] })).toThrow(/policy-ambiguous.*sample, other/);
    const named = matterVersion('1.0.0', (spec) => spec, { policy: 'sample' });
    const { accept } = bench({ caseTypes: [named], policies: [policy, second] });
    const opened = await accept('Open', { title: 'x' });
    expect(opened.events[0]?.data).toMatchObject({ policy: 'sample' });
  });

  it('migrateCase › to a new version › is one recorded event, and the fold goes on in the new one', async () => {
    const next = matterVersion('2.0.0', (spec) => ({
      ...spec,
      migrations: {
        '1.0.0': {
          migrate: (state: { context: object }) => ({
            ...state,
            context: { ...state.context, asked: 40 },
          }),
          timers: { reviewDue: 'drop' },
        },
      },
      deadlines: {
        responseDue: spec.deadlines.responseDue,
        orderExpiry: spec.deadlines.orderExpiry,
        newDue: {
          code: 'T-NEW',
          armedBy: ['CasePolicyMigrated'],
          disarmedBy: ['Closed'],
          dueAt: ({
            event,
            calendar,
          }: {
            event: { occurredAt: never };
            calendar: { add(a: never, b: object): string };
          }) => calendar.add(event.occurredAt, { value: 1, unit: 'days' }),
        },
      },
    }));
    const { accept, open, other, nextId, clock } = bench();
    const caseId = await open();
    await accept('Note', { note: 'a' }, { caseId });
    const both = other({ caseTypes: [matter, next] });
    const target = { version: '2.0.0', reason: 'new procedure' };
    expect(codes(await both.migrateCase(caseId, target, supervisor))).toEqual(['NOT_PERMITTED']);
    const moved = await both.migrateCase(caseId, target, policyOfficer);
    expect(types(moved)).toEqual(['CasePolicyMigrated']);
    if (moved.kind !== 'accepted') return;
    expect(moved.case).toMatchObject({ version: '2.0.0', context: { asked: 40 } });
    const timers = [{ code: 'T-REVIEW', part: '', policy: 'drop' }];
    expect(moved.events[0]?.data['impactedTimers']).toEqual(timers);
    expect(moved.case.deadlines.map(({ code }) => code)).toEqual(['T-NEW']);
    expect(moved.case.deadlineCounts).toEqual({ armed: 2, reached: 0, disarmed: 1, pending: 1 });
    clock.forward(DAY);
    const note = { id: nextId(), name: 'Respond', caseId, input: {} };
    await both.execute(note, supervisor);
    const events = await both.history(caseId);
    expect(events.at(-1)).toMatchObject({
      type: 'DeadlineReached',
      procedure: 'test.matter@2.0.0+1.0.0',
    });
    expect((await both.replay(caseId))?.divergences).toEqual([]);
    // An engine that lacks the new version folds no further than it can.
    const stuck = await other().caseAt(caseId);
    expect(stuck?.divergence?.reason).toBe('PROCEDURE_UNKNOWN');
  });

  it('catch-up › a version that makes people safer › moves the case before its next command', async () => {
    const safer = matterVersion('1.1.0', (spec) => ({
      ...spec,
      migrations: { '1.0.0': { automatic: true, migrate: (state: unknown) => state } },
    }));
    const { open, other, nextId } = bench();
    const caseId = await open();
    const both = other({ caseTypes: [matter, safer] });
    const note = { id: nextId(), name: 'Note', caseId, input: { note: 'a' } };
    const outcome = await both.execute(note, supervisor);
    expect(outcome.kind === 'accepted' && outcome.case.version).toBe('1.1.0');
    const seen = (await both.history(caseId)).map(({ type, actor }) => `${type} ${actor.role}`);
    expect(seen).toEqual(['CaseOpened SUP', 'Opened SUP', 'CasePolicyMigrated SYS', 'Noted SUP']);
    expect((await both.replay(caseId))?.divergences).toEqual([]);
  });

  it('migrateCase › a state that the new version lacks › records nothing', async () => {
    const next = matterVersion('3.0.0', (spec) => ({
      ...spec,
      migrations: {
        '1.0.0': {
          migrate: (state: object) => ({ ...state, configuration: ['lifecycle.absent'] }),
        },
      },
    }));
    const { open, other } = bench();
    const caseId = await open();
    const both = other({ caseTypes: [matter, next] });
    const move = both.migrateCase(caseId, { version: '3.0.0', reason: 'x' }, policyOfficer);
    await expect(move).rejects.toThrow(/lifecycle\.absent/);
    expect(await both.history(caseId)).toHaveLength(2);
  });

  it('createEngine › two definitions of one name and version › is refused', () => {
    const twin = defineMatter((spec) => ({ ...spec, consequences: [] }));
    expect(() => bench({ caseTypes: [matter, twin] })).toThrow(/definition-twice/);
  });
});

function tightened(): unknown {
  const { requires } = defineMatter();
  const original = requires['Noted'] as unknown as object;
  const symbol = Object.getOwnPropertySymbols(original)[0] as symbol;
  const rule = {
    name: 'longer',
    code: 'NOTE_TOO_SHORT',
    text: { en: 'x', ar: 'س' },
    citation: null,
    discloses: 'nothing',
    holds: () => false,
  };
  const guard = (): boolean => false;
  return Object.assign(guard, { [symbol]: [{ rule, code: rule.code, holds: () => false }] });
}
