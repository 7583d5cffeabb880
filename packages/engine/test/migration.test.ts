// Migration: what was overdue stays a breach of the old version, and a failing one stops nobody.
import { describe, expect, it } from 'vitest';
import { DAY, START, bench, codes, supervisor } from './sample/bench.ts';
import { defineMatter, matter, matterChart, matterVersion } from './sample/matter.ts';

const policyOfficer = { staff: 'pol1', role: 'POL', office: 'TST' };
const at = (ms: number): string => new Date(Date.parse(START) + ms).toISOString();
const same = (state: unknown): unknown => state;

type Spec = Parameters<NonNullable<Parameters<typeof defineMatter>[0]>>[0];

/** A version without the response deadline, to which cases move by themselves. */
function without(version: string, migrations: object): ReturnType<typeof matterVersion> {
  return matterVersion(version, ({ deadlines: all, ...spec }: Spec) => {
    const { responseDue: _, ...deadlines } = all;
    return { ...spec, deadlines, migrations };
  });
}

describe('migration', () => {
  it.each(['automatic', 'by command'])(
    'migration › %s, of a case with an overdue deadline › records the breach first',
    async (how) => {
      const automatic = how === 'automatic';
      const timers = { responseDue: 'drop' };
      const migration = { ...(automatic && { automatic }), migrate: same, timers };
      const next = without('2.0.0', { '1.0.0': migration });
      const { accept, open, other, nextId, clock } = bench();
      const caseId = await open();
      await accept('RecordIncident', { incident: 'i' }, { caseId });
      clock.forward(2 * DAY);
      const both = other({ caseTypes: [matter, next] });
      if (automatic) {
        const note = { id: nextId(), name: 'Note', caseId, input: { note: 'a' } };
        expect(codes(await both.execute(note, supervisor))).toBe('accepted');
      } else {
        const target = { version: '2.0.0', reason: 'x' };
        expect(codes(await both.migrateCase(caseId, target, policyOfficer))).toBe('accepted');
      }
      const events = (await both.history(caseId)).slice(3);
      const seen = events.map(({ type, procedure }) => [type, procedure.slice(0, 17)]);
      expect(seen.slice(0, 3)).toEqual([
        ['DeadlineEscalated', 'test.matter@1.0.0'],
        ['DeadlineReached', 'test.matter@1.0.0'],
        ['CasePolicyMigrated', 'test.matter@2.0.0'],
      ]);
      expect((await both.replay(caseId))?.divergences).toEqual([]);
      const counts = (await both.caseAt(caseId))?.deadlineCounts;
      expect(counts).toEqual({ armed: 2, reached: 1, disarmed: 0, pending: 1 });
    },
  );

  it('migration › under a clock nobody can trust › leaves what is overdue to be recorded', async () => {
    const timers = { responseDue: 'drop' };
    const next = without('2.0.0', { '1.0.0': { migrate: same, timers } });
    const { accept, open, other, clock } = bench();
    const caseId = await open();
    await accept('RecordIncident', { incident: 'i' }, { caseId });
    const both = other({ caseTypes: [matter, next] });
    clock.jump(2 * DAY);
    const target = { version: '2.0.0', reason: 'x' };
    expect(codes(await both.migrateCase(caseId, target, policyOfficer))).toBe('accepted');
    both.confirmClock();
    await both.runDeadlines();
    const reached = (await both.history(caseId)).find(({ type }) => type === 'DeadlineReached');
    expect(reached?.data).toMatchObject({ code: 'T-RESPONSE', dueAt: at(2 * DAY) });
    expect((await both.replay(caseId))?.divergences).toEqual([]);
  });

  it('migration › automatic and failing › is told, and the case goes on under its version', async () => {
    const migrate = (): never => {
      throw new RangeError('broken');
    };
    const next = matterVersion('2.0.0', (spec) => ({
      ...spec,
      migrations: { '1.0.0': { automatic: true, migrate } },
    }));
    const { open, other, nextId, alerts } = bench();
    const caseId = await open();
    const both = other({ caseTypes: [matter, next] });
    const note = { id: nextId(), name: 'Note', caseId, input: { note: 'a' } };
    const outcome = await both.execute(note, supervisor);
    expect(outcome.kind === 'accepted' && outcome.case.version).toBe('1.0.0');
    expect(alerts.map(({ code }) => code)).toEqual(['migration-failed']);
  });

  it('migration › automatic over several versions › takes each step', async () => {
    const step = (version: string, from: string) =>
      matterVersion(version, (spec) => ({
        ...spec,
        migrations: { [from]: { automatic: true, migrate: same } },
      }));
    const { open, other, nextId } = bench();
    const caseId = await open();
    const caseTypes = [step('3.0.0', '2.0.0'), step('2.0.0', '1.0.0'), matter];
    const all = other({ caseTypes });
    const note = { id: nextId(), name: 'Note', caseId, input: { note: 'a' } };
    const outcome = await all.execute(note, supervisor);
    expect(outcome.kind === 'accepted' && outcome.case.version).toBe('3.0.0');
    expect((await all.replay(caseId))?.divergences).toEqual([]);
  });

  it('migration › to a definition changed since › is noticed where it was recorded', async () => {
    const next = matterVersion('2.0.0');
    const { open, other } = bench();
    const caseId = await open();
    const both = other({ caseTypes: [matter, next] });
    await both.migrateCase(caseId, { version: '2.0.0', reason: 'x' }, policyOfficer);
    const changed = matterVersion('2.0.0', (spec) => ({ ...spec, consequences: [] }));
    const later = other({ caseTypes: [matter, changed] });
    expect((await later.caseAt(caseId))?.divergence).toMatchObject({
      position: 2,
      reason: 'STRUCTURE_CHANGED',
    });
  });

  it('migration › of a case that differs from its record › is refused', async () => {
    const { open, accept, other } = bench();
    const caseId = await open();
    await accept('Note', { note: 'a' }, { caseId });
    const changed = defineMatter((spec) => ({ ...spec, chart: matterChart(2) }));
    const both = other({ caseTypes: [changed, matterVersion('2.0.0')] });
    const target = { version: '2.0.0', reason: 'x' };
    expect(codes(await both.migrateCase(caseId, target, policyOfficer))).toEqual([
      'CASE_READ_ONLY',
    ]);
  });

  describe('timers', () => {
    /** A version whose migration also arms the review, and says `timers` of it. */
    const reviewed = (timers: object, armedBy = ['Opened', 'CasePolicyMigrated']) =>
      matterVersion('2.0.0', (spec) => ({
        ...spec,
        deadlines: { ...spec.deadlines, reviewDue: { ...spec.deadlines.reviewDue, armedBy } },
        migrations: { '1.0.0': { migrate: same, timers } },
      }));
    const kept = ['Opened', 'Reopened'];

    /** A case of the first version, a day later under the second: its review, and what was recorded. */
    async function moved(next: ReturnType<typeof matterVersion>) {
      const { accept, open, other, clock } = bench();
      const caseId = await open();
      await accept('RequestOrder', { orderId: 'o' }, { caseId });
      await accept('IssueOrder', { orderId: 'o', until: at(9 * DAY) }, { caseId });
      const review = async (engine: ReturnType<typeof other>) =>
        (await engine.caseAt(caseId))?.deadlines.find(({ code }) => code === 'T-REVIEW')?.dueAt;
      const both = other({ caseTypes: [matter, next] });
      const before = await review(both);
      clock.forward(DAY);
      const target = { version: '2.0.0', reason: 'x' };
      expect(codes(await both.migrateCase(caseId, target, policyOfficer))).toBe('accepted');
      const { data } = (await both.history(caseId)).at(-1) as { readonly data: object };
      const { impactedTimers } = data as { readonly impactedTimers: readonly object[] };
      expect((await both.replay(caseId))?.divergences).toEqual([]);
      const counts = (await both.caseAt(caseId))?.deadlineCounts;
      const after = await review(both);
      const days = (Date.parse(after ?? '') - Date.parse(before ?? '')) / DAY;
      return { days, impactedTimers, counts };
    }

    it.each([
      ['nothing is said', {}, kept],
      ['it is kept', { reviewDue: 'keep' }, kept],
      // The same thing reported twice gives nobody more time.
      ['it is kept and armed again', { reviewDue: 'keep' }, ['Opened', 'CasePolicyMigrated']],
    ])('timers › %s › the due instant stays', async (_, timers, armedBy) => {
      const { days, impactedTimers } = await moved(reviewed(timers, armedBy));
      expect(days).toBe(0);
      expect(impactedTimers).toContainEqual({ code: 'T-REVIEW', part: '', policy: 'keep' });
    });

    it('timers › one that is started again › runs its whole time from the migration', async () => {
      const { days, impactedTimers, counts } = await moved(reviewed({ reviewDue: 'restart' }));
      expect(days).toBe(1);
      expect(impactedTimers).toContainEqual({ code: 'T-REVIEW', part: '', policy: 'restart' });
      expect(counts).toEqual({ armed: 3, reached: 0, disarmed: 1, pending: 2 });
    });

    it('timers › one that is dropped › is disarmed, though the version has it', async () => {
      const { days, impactedTimers, counts } = await moved(reviewed({ reviewDue: 'drop' }, kept));
      expect(days).toBeNaN();
      expect(impactedTimers).toContainEqual({ code: 'T-REVIEW', part: '', policy: 'drop' });
      expect(counts).toEqual({ armed: 2, reached: 0, disarmed: 1, pending: 1 });
    });

    it('timers › of a part that the migration leaves out › are dropped and said to be', async () => {
      const next = matterVersion('2.0.0', (spec) => ({
        ...spec,
        migrations: { '1.0.0': { migrate: (state: object) => ({ ...state, parts: [] }) } },
      }));
      const { impactedTimers } = await moved(next);
      expect(impactedTimers).toContainEqual({ code: 'T-ORDER', part: 'o', policy: 'drop' });
    });

    it('timers › of one that was reached › do not take the breach back', async () => {
      const { accept, open, other, clock } = bench();
      const caseId = await open();
      await accept('RecordIncident', { incident: 'i' }, { caseId });
      clock.forward(2 * DAY + 1);
      await other().runDeadlines();
      const armedBy = ['IncidentRecorded', 'CasePolicyMigrated'];
      const next = matterVersion('2.0.0', (spec) => ({
        ...spec,
        deadlines: { ...spec.deadlines, responseDue: { ...spec.deadlines.responseDue, armedBy } },
        migrations: { '1.0.0': { migrate: same, timers: { responseDue: 'restart' } } },
      }));
      const both = other({ caseTypes: [matter, next] });
      await both.migrateCase(caseId, { version: '2.0.0', reason: 'x' }, policyOfficer);
      const all = (await both.caseAt(caseId))?.deadlines ?? [];
      const own = all.filter(({ code }) => code === 'T-RESPONSE');
      expect(own.map(({ status }) => status).sort()).toEqual(['pending', 'reached']);
    });

    it.each([
      ['of no deadline', { other: 'keep' }, /would keep other, which is no deadline/],
      ['of one it does not arm', { orderExpiry: 'restart' }, /orderExpiry, which .* does not arm/],
      ['of one it arms', { reviewDue: 'drop' }, /would drop reviewDue, which .* arms/],
    ])('timers › %s › cannot be defined', (_, timers, message) => {
      expect(() => reviewed(timers)).toThrow(message);
    });

    it.each([
      [
        'loses a deadline without a word',
        without('2.0.0', { '1.0.0': { migrate: same } }),
        /responseDue is dropped/,
      ],
      ['drops what there never was', reviewed({ never: 'drop' }), /names never, which is no/],
    ])('timers › a migration that %s › is not registered', (_, next, message) => {
      expect(() => bench({ caseTypes: [matter, next] })).toThrow(message);
    });
  });
});
