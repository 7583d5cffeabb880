// The command as an auditor calls it: what each subcommand shows, and how it ends.
import { fileURLToPath } from 'node:url';
import { caseTypes, policies } from '@himaya/family-protection';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { widthOf } from '../src/layout.ts';
import { filledStore, himaya, SCENARIO, scratch, type Called } from './command-line.ts';

const folder = scratch();
let store = '';
let caseId = '';
beforeAll(async () => {
  ({ store, caseId } = await filledStore(folder.path('store.db')));
});
afterAll(() => folder.remove());

const call = (...argv: readonly string[]): Promise<Called> => himaya([...argv, '--store', store]);
const json = async (...argv: readonly string[]): Promise<Record<string, never>> =>
  JSON.parse((await call(...argv, '--json')).out) as Record<string, never>;

describe('himaya cases', () => {
  test('himaya cases › of a store › shows each case, its state and its last event', async () => {
    const { code, out, err } = await call('cases');
    expect([code, err]).toEqual([0, '']);
    expect(out.trimEnd().split('\n')).toEqual([
      `${caseId}  test.permit@1.0.0`,
      '  States: closed',
      '  Opened: 2027-05-09 09:00+03:00',
      '  Last event: 2027-05-16 10:00+03:00 Noted',
    ]);
  });

  test('himaya cases › with labels and a deadline › fits 80 columns and tells them', async () => {
    const own = folder.path('mediation.db');
    const file = fileURLToPath(
      new URL('../../../test/scenarios/parking-mediation.yaml', import.meta.url),
    );
    const definitions = { caseTypes, policies };
    const argv = ['--store', `sqlite:${own}`];
    await himaya(['scenario', 'run', file, ...argv], { definitions });
    for (const [lang, states, last, next] of [
      ['en', '  Case: Active · Harm screening: No harm found · Site visit: Not visited\n' +
        '  Complaint: Open · Compliance: Nothing to monitor\n',
        'Last event: 2027-05-18 10:00+03:00 No agreement found',
        'Next deadline: 2027-05-30 14:15+03:00 Complaint resolved or referred'],
      ['ar', 'القضية: قيد العمل · فرز الأذى: لم يثبت أذى · المعاينة: لم تتم المعاينة\n' +
        '  الشكوى: مفتوحة · الالتزام: لا متابعة\n',
        'آخر حدث: 2027-05-18 10:00+03:00 تعذر التوصل إلى اتفاق',
        'المهلة التالية: 2027-05-30 14:15+03:00 حل الشكوى أو إحالتها'],
    ] as const) {
      const { out } = await himaya(['cases', ...argv, '--lang', lang], { definitions });
      for (const part of [states, last, next]) expect(out).toContain(part);
      expect(Math.max(...out.split('\n').map(widthOf))).toBeLessThanOrEqual(80);
      const shown = await himaya(['cases', ...argv, '--lang', lang], { definitions, columns: 80 });
      expect(shown.out.split('\n')).toHaveLength(out.split('\n').length);
    }
  });

  test('himaya cases › as JSON › shows instants in UTC', async () => {
    expect(await json('cases')).toEqual({
      cases: [
        {
          caseId,
          caseType: 'test.permit',
          version: '1.0.0',
          policyVersion: '1.0.0',
          states: ['closed'],
          openedAt: '2027-05-09T06:00:00.000Z',
          lastEvent: { position: 7, type: 'Noted', recordedAt: '2027-05-16T07:00:00.000Z' },
          nextDeadline: null,
          divergence: null,
          problem: null,
        },
      ],
      more: false,
    });
  });

  test('himaya cases › when its procedure is not at hand › shows the case anyway', async () => {
    const definitions = { caseTypes: [], policies: [] };
    const { code, out } = await himaya(['cases', '--store', store], { definitions });
    expect(code).toBe(0);
    expect(out).toContain('its procedure is not at hand');
  });
});

describe('himaya history', () => {
  test('himaya history › of a case › is one line for each event', async () => {
    const { code, out } = await call('history', caseId);
    expect(code).toBe(0);
    const lines = out.trimEnd().split('\n');
    expect(lines).toHaveLength(8);
    expect(lines[1]).toBe('   1  2027-05-09 09:00+03:00  Asked (Asked for) CLK clerk · Ask');
    expect(lines[2]).toContain('2027-05-12 14:15+03:00  DeadlineReached T-ANSWER');
    expect(lines[2]).toContain('recorded 2027-05-14 00:00+03:00 engine · ReachDeadline');
  });

  test('himaya history › with data › withholds what is personal', async () => {
    const { out } = await call('history', caseId, '--data');
    expect(out).toContain('{"what":"garden","who":"«personal»"}');
    expect(out).not.toContain('Applicant');
    expect((await call('history', caseId, '--data', '--unredacted')).out).toContain('Applicant');
  });

  test('himaya history › as JSON › is one document for each line', async () => {
    const { out } = await call('history', caseId, '--json');
    const events = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { position: number });
    expect(events.map(({ position }) => position)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(events[1]).toMatchObject({
      type: 'Asked',
      data: { what: 'garden', who: '«personal»' },
      occurredAt: '2027-05-09T06:00:00.000Z',
      actor: { staff: 'clerk', role: 'CLK' },
    });
    expect(events[2]).toMatchObject({ lateReason: '«withheld»' });
  });

  test('himaya history › when its procedure is not at hand › withholds all data', async () => {
    const definitions = { caseTypes: [], policies: [] };
    const argv = ['history', caseId, '--data', '--store', store];
    const { out } = await himaya(argv, { definitions });
    expect(out.split('\n')[3]).toContain('«withheld»');
    expect(out).not.toContain('garden');
  });
});

describe('himaya replay', () => {
  test('himaya replay › of a case › shows where it stands and that it agrees', async () => {
    const { code, out } = await call('replay', caseId);
    expect(code).toBe(0);
    expect(out).toContain('States: closed');
    expect(out).toMatch(/events: 8 · digests compared: \d+\n/);
    expect(out).toContain('✓ the replay agrees with the record');
  });

  test('himaya replay › at a position or an instant › shows the case as it was', async () => {
    expect(await json('replay', caseId, '--position', '1')).toMatchObject({
      events: 2,
      divergences: [],
      case: { states: ['open.asked'], deadlines: [{ code: 'T-ANSWER', status: 'pending' }] },
    });
    const at = ['--at', '2027-05-14T00:00:00+03:00'];
    expect(await json('replay', caseId, ...at)).toMatchObject({ events: 4 });
  });

  test('himaya replay › of all cases › counts them', async () => {
    expect(await json('replay', '--all')).toMatchObject({
      cases: 1,
      events: 8,
      divergentCases: 0,
      divergences: [],
    });
    expect((await call('replay', '--all')).out).toContain('cases: 1 · events: 8');
  });

  test('himaya replay › when code decides otherwise now › ends with 1 and says where', async () => {
    const { permit, baseline } = await import('../../testkit/test/permit.ts');
    const changed = {
      ...permit,
      requires: { ...permit.requires, Granted: permit.requires.Asked },
    } as unknown as typeof permit;
    const definitions = { caseTypes: [changed], policies: [baseline] };
    for (const argv of [
      ['replay', caseId],
      ['replay', '--all'],
    ]) {
      const { code, out } = await himaya([...argv, '--store', store], { definitions });
      expect(code).toBe(1);
      expect(out).toMatch(/at 4: DEFINITION_FAILED: Granted cannot be judged: /);
    }
  });
});

describe('himaya explain', () => {
  test('himaya explain › of an event › shows rules, policy values and changes', async () => {
    const { code, out } = await call('explain', caseId, '1');
    expect(code).toBe(0);
    expect(out).toContain('position 1: Asked (Asked for)');
    expect(out).toContain('by CLK clerk (TST-1), command Ask');
    expect(out).toContain('States: open.fresh → open.asked');
    expect(out).toContain('armed: T-ANSWER (Answer due), due 2027-05-12 14:15+03:00');
    expect(out).toContain('✓ not violated TOO_LONG INV-2');
    expect(out).toContain('«What is asked for must be short.» (Rules of the test, 1)');
    expect(out).toContain('policy: what.lengthMax = 10 (no source yet)');
  });

  test('himaya explain › in Arabic › uses the texts of the case type', async () => {
    const { out } = await call('explain', caseId, '1', '--lang', 'ar');
    expect(out).toContain('يجب أن يكون الطلب قصيرا.');
    expect(out).toContain('Asked (قدم الطلب)');
    expect(out).toContain('القواعد');
  });

  test('himaya explain › as JSON › withholds what is personal', async () => {
    const found = await json('explain', caseId, '1');
    expect(found).toMatchObject({
      event: { data: { who: '«personal»' } },
      rules: [
        { code: 'TOO_LONG', holds: true },
        { code: 'TOO_MANY', holds: true },
      ],
      before: ['open.fresh'],
      after: ['open.asked'],
    });
  });
});

describe('himaya options', () => {
  test('himaya options › of a role › shows what is open, what is blocked and why', async () => {
    const { code, out } = await call('options', caseId, '--as', 'SUP');
    expect(code).toBe(0);
    expect(out).toContain(`SUP boss · Case ${caseId}`);
    expect(out).toMatch(/blocked +Close \(Close\)\n +INVALID_TRANSITION: /);
  });

  test('himaya options › of another role › shows that it may not', async () => {
    const found = await json('options', caseId, '--as', 'CLK', '--staff', 'someone');
    expect(found).toMatchObject({ actor: { staff: 'someone', role: 'CLK' } });
    const commands = (found.commands ?? []) as readonly { command: string; status: string }[];
    expect(commands.find(({ command }) => command === 'Close')).toMatchObject({
      status: 'blocked',
      violations: [{ code: 'NOT_PERMITTED' }],
    });
  });
});

describe('himaya verify', () => {
  test('himaya verify › of a sound store › says so and counts', async () => {
    const { code, out } = await call('verify');
    expect(code).toBe(0);
    expect(out).toMatch(/^✓ the record is intact: \d+ entries, \d+ streams\n/);
    expect(await json('verify')).toEqual({
      intact: true,
      entries: expect.any(Number),
      streams: expect.any(Number),
      firstBad: null,
      root: expect.stringMatching(/^12:[\w-]{43}$/),
      since: null,
      stepBack: null,
      checkpoint: null,
    });
  });

  test('himaya verify --since › says whether the log goes on from that root', async () => {
    const root = String((await json('verify')).root);
    const same = await call('verify', '--since', root);
    expect(same.code).toBe(0);
    expect(same.out).toContain(`\n✓ the log continues the one of this root: ${root}\n`);
    for (const [since, found] of [
      [root.replace('12:', '11:'), 'the log before this root is another one'],
      [root.replace('12:', '13:'), 'the log ends before this root'],
    ] as const) {
      const { code, out } = await call('verify', '--since', since);
      expect(code).toBe(1);
      expect(out).toContain(`\n✗ ${found}`);
      expect(await json('verify', '--since', since)).toMatchObject({ intact: false });
    }
  });

  test('himaya verify › says what a chain alone cannot show, and prints what can', async () => {
    const { out } = await call('verify');
    expect(out).toMatch(/\n {2}log root: 12:[\w-]{43}\n {2}Keep the log root/);
  });
});

describe('himaya scenario', () => {
  test('himaya scenario run › of a scenario that passes › says so in one line', async () => {
    const { code, out } = await himaya(['scenario', 'run', SCENARIO]);
    expect([code, out]).toEqual([
      0,
      expect.stringMatching(/^✓ A permit: passed: 10 steps, 1 case, \d+ entries\n$/),
    ]);
  });

  test('himaya scenario run › step by step › shows each with its refusal', async () => {
    const { out } = await himaya(['scenario', 'run', SCENARIO, '--steps', '--lang', 'ar']);
    expect(out).toContain('2027-05-09 09:00+03:00  clerk (كاتب)  Ask (طلب) [garden]');
    expect(out).toContain('✗ مرفوض TOO_LONG (INV-2)');
    expect(out).toContain('يجب أن يكون الطلب قصيرا.');
  });

  test('himaya scenario run › of several, one missing › runs none, and ends with 2', async () => {
    const { code, out, err } = await himaya(['scenario', 'run', SCENARIO, 'no/such.yaml']);
    expect([code, out]).toEqual([2, '']);
    expect(err).toBe('himaya: no scenario "no/such.yaml": there is no such file.\n');
  });

  test('himaya scenario schema › without a file › writes the schema', async () => {
    const { code, out } = await himaya(['scenario', 'schema']);
    expect(code).toBe(0);
    expect((JSON.parse(out) as { title: string }).title).toBe('Himaya scenario');
  });
});
