// options: what may be done now, what is blocked whatever the input, and what depends on it.
import { describe, expect, it } from 'vitest';
import { bench, DAY, supervisor } from './sample/bench.ts';
import { defineMatter, t, text } from './sample/matter.ts';
import type { CaseOptions, CommandOption, Engine } from '../src/index.ts';

async function ask(
  engine: Engine,
  caseId: string,
  actor: unknown = supervisor,
): Promise<CaseOptions> {
  const answer = await engine.options(caseId, actor);
  if ('refused' in answer) throw new Error(JSON.stringify(answer.refused));
  return answer;
}

function find(answer: CaseOptions, command: string, part?: string): CommandOption | undefined {
  return answer.commands.find((one) => one.command === command && one.part?.id === part);
}

describe('options', () => {
  it('options › each command › is open, blocked with its rules, or depends on named fields', async () => {
    const { engine, accept, open } = bench();
    const caseId = await open();
    await accept('RequestOrder', { orderId: 'o1' }, { caseId });
    const answer = await ask(engine, caseId);
    expect(find(answer, 'RecordIncident')).toMatchObject({ status: 'open', violations: [] });
    expect(find(answer, 'Note')).toMatchObject({ status: 'depends', fields: ['note'] });
    expect(find(answer, 'Respond')?.violations.map(({ code }) => code)).toEqual([
      'INVALID_TRANSITION',
    ]);
    expect(find(answer, 'ScheduleSession')?.violations.map(({ code }) => code)).toEqual([
      'BLOCKED_BY_ORDER',
    ]);
    expect(find(answer, 'Help')?.status).toBe('open');
  });

  it('options › a decision that asks whether a field is there › depends on that field', async () => {
    const asking = defineMatter((spec) => ({
      ...spec,
      commands: {
        ...spec.commands,
        Note: {
          ...spec.commands.Note,
          decide: (input: object) =>
            Object.hasOwn(input, 'note')
              ? [{ type: 'Noted', data: input }]
              : { refused: [{ code: 'NO_NOTE', text: { en: 'x', ar: 'س' } }] },
        },
      },
    }));
    const { engine, open } = bench({ caseTypes: [asking] });
    const caseId = await open();
    const answer = await ask(engine, caseId);
    expect(find(answer, 'Note')).toMatchObject({ status: 'depends', fields: ['note'] });
  });

  it('options › commands about a part › are answered for each part that lives', async () => {
    const { engine, accept, open } = bench();
    const caseId = await open();
    for (const orderId of ['o1', 'o2']) await accept('RequestOrder', { orderId }, { caseId });
    await accept('IssueOrder', { orderId: 'o2', until: '2027-05-01T00:00:00Z' }, { caseId });
    await accept('RequestOrder', { orderId: 'o3' }, { caseId });
    await accept('RevokeOrder', { orderId: 'o3' }, { caseId });
    const answer = await ask(engine, caseId);
    expect(find(answer, 'IssueOrder', 'o1')).toMatchObject({ status: 'open', fields: [] });
    expect(find(answer, 'IssueOrder', 'o2')?.violations.map(({ code }) => code)).toEqual([
      'INVALID_TRANSITION',
    ]);
    expect(find(answer, 'IssueOrder', 'o3')).toBeUndefined();
    const one = await engine.options(caseId, supervisor, { part: { kind: 'order', id: 'o2' } });
    expect('commands' in one && one.commands.map(({ command }) => command)).toEqual([
      'RequestOrder',
      'IssueOrder',
      'ExtendOrder',
      'RevokeOrder',
    ]);
  });

  it('options › someone without a grant › learns nothing about the rules', async () => {
    const { engine, open } = bench();
    const caseId = await open();
    const answer = await ask(engine, caseId, { staff: 'rcp1', role: 'RCP', office: 'TST' });
    const codes = new Set(
      answer.commands.flatMap(({ violations }) => violations.map(({ code }) => code)),
    );
    expect([...codes]).toEqual(['NOT_PERMITTED']);
    expect(find(answer, 'Help')?.status).toBe('open');
  });

  it('options › a duty › blocks the one it concerns', async () => {
    const { engine, accept, open } = bench();
    const caseId = await open();
    await accept('ProposeClosure', {}, { caseId }, supervisor);
    const mine = find(await ask(engine, caseId), 'Close');
    expect(mine?.violations.map(({ code }) => code)).toEqual(['SEPARATION_OF_DUTIES']);
    const other = find(await ask(engine, caseId, { ...supervisor, staff: 'sup2' }), 'Close');
    expect(other?.status).toBe('open');
  });

  it('options › due deadlines › are folded in memory and nothing is written', async () => {
    const { engine, accept, open, clock } = bench();
    const caseId = await open();
    await accept('RequestOrder', { orderId: 'o' }, { caseId });
    await accept('IssueOrder', { orderId: 'o', until: '2027-01-11T00:00:00Z' }, { caseId });
    clock.forward(DAY);
    const answer = await ask(engine, caseId);
    expect(answer.case?.parts[0]?.states).toEqual(['expired']);
    expect(find(answer, 'ScheduleSession')?.status).toBe('depends');
    expect(await engine.history(caseId)).toHaveLength(4);
  });

  it('options › agrees with execute › what is blocked is refused, what is open is accepted', async () => {
    const { engine, accept, open, give } = bench();
    const caseId = await open();
    await accept('RecordIncident', { incident: 'i' }, { caseId });
    const answer = await ask(engine, caseId);
    for (const name of ['Respond', 'Offer', 'ProposeClosure', 'Close', 'Reopen', 'Consent']) {
      const option = find(answer, name);
      const preview = await engine.preview(
        { id: '01ARZ3NDEKTSV4RRFFQ69G5FAV', name, caseId, input: {} },
        supervisor,
      );
      expect([name, preview.kind === 'accepted']).toEqual([name, option?.status === 'open']);
      if (preview.kind === 'refused') {
        expect(preview.violations.map(({ code }) => code)).toEqual(
          option?.violations.map(({ code }) => code),
        );
      }
    }
    void give;
  });

  it('options › its cost › is at most twice judging each rule once per command and part', async () => {
    let judged = 0;
    const counted = t.rules({
      counted: t.rule(['OfferMade'], {
        code: 'COUNTED',
        text: text('counted'),
        citation: null,
        discloses: 'nothing',
        holds: () => ((judged += 1), true),
      }),
    });
    const counting = defineMatter((spec) => ({
      ...spec,
      requires: { ...spec.requires, OfferMade: counted.allOf('counted') },
    }));
    const { engine, open } = bench({ caseTypes: [counting] });
    const caseId = await open();
    judged = 0;
    await ask(engine, caseId);
    // The counted rule stands on one command of the case: Offer.
    expect(judged).toBeGreaterThan(0);
    expect(judged).toBeLessThanOrEqual(2);
  });

  it('options › an unknown case or sender › is refused', async () => {
    const { engine, open } = bench();
    expect(await engine.options('none', supervisor)).toMatchObject({
      refused: [{ code: 'CASE_UNKNOWN' }],
    });
    expect(await engine.options(await open(), {})).toMatchObject({
      refused: [{ code: 'AUTHENTICATION_FAILED' }],
    });
  });
});

describe('explain', () => {
  it('explain › a recorded event › names rules with verdicts, policy values and what changed', async () => {
    const { engine, accept, open, clock } = bench();
    const caseId = await open();
    await accept('Offer', {}, { caseId });
    clock.forward(2 * DAY);
    const { position } = (await accept('Consent', {}, { caseId })).case;
    const why = await engine.explain(caseId, position);
    expect(why?.rules).toMatchObject([
      {
        code: 'COOLING_OFF_NOT_ELAPSED',
        holds: true,
        policyValues: [{ key: 'coolingOff', value: 48 }],
      },
    ]);
    expect(why?.before).toContain('talks.offered');
    expect(why?.after).toContain('talks.agreed');
    expect(why?.candidates.some(({ selected }) => selected)).toBe(true);
    expect(await engine.explain(caseId, 99)).toBeUndefined();
    const opened = await engine.explain(caseId, 1);
    expect(opened?.deadlinesArmed.map(({ code }) => code)).toEqual(['T-REVIEW']);
    const noted = await accept('Note', { note: 'n' }, { caseId });
    const inChart = await engine.explain(caseId, noted.case.position);
    expect(inChart?.rules.map(({ code }) => code).sort()).toEqual([
      'ASKED_TOO_OFTEN',
      'NOTE_EMPTY',
    ]);
  });
});
