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
      const migration = { ...(automatic && { automatic }), migrate: same };
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
    const next = without('2.0.0', { '1.0.0': { migrate: same } });
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
});
