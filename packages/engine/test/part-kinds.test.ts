// A kind of part that the case type does not have: a slip in a name must not make a rule hold.
import { describe, expect, it } from 'vitest';
import { bench, supervisor, types } from './sample/bench.ts';
import { defineMatter } from './sample/matter.ts';

type Spec = Parameters<NonNullable<Parameters<typeof defineMatter>[0]>>[0];
interface View {
  readonly parts: {
    all(kind: { kind: string }): readonly unknown[];
    one(kind: { kind: string }, id: string): unknown;
  };
}

const slip = { kind: 'ordre' };
const text = { en: 'x', ar: 'س' };
const head = { code: 'SLIP', text, citation: null, discloses: 'nothing' } as const;
const command = (name: 'Note' | 'Respond', more: object) => (spec: Spec) => ({
  ...spec,
  commands: { ...spec.commands, [name]: { ...spec.commands[name], ...more } },
});

describe('a part of an unknown kind', () => {
  it.each<readonly [string, (spec: Spec) => object]>([
    ['a duty', command('Note', { duties: [{ ...head, holds: none }] })],
    ['a decision', command('Note', { decide: (_: unknown, view: View) => (none(view), []) })],
    [
      'a decision that asks for one',
      command('Note', { decide: (_: unknown, { parts }: View) => [parts.one(slip, 'a')] }),
    ],
    [
      'an invariant',
      (spec) => ({ ...spec, invariants: [{ code: 'SLIP', text, holds: noneOnceAsked }] }),
    ],
    [
      'a deadline',
      ({ deadlines, ...spec }) => {
        const dueAt = (view: View): undefined => void none(view);
        return { ...spec, deadlines: { ...deadlines, slip: slipOn('Noted', { dueAt }) } };
      },
    ],
    [
      'a consequence',
      (spec) => ({
        ...spec,
        consequences: [{ name: 'slip', on: ['Noted'], when: none, record: () => [] }],
      }),
    ],
  ])('%s › that asks for it › is a fault that names it and the known ones', async (_, change) => {
    const { give, open } = bench({ caseTypes: [defineMatter(change)] });
    const caseId = await open();
    await expect(give('Note', { note: 'a' }, { caseId }, supervisor)).rejects.toThrow(
      /part-kind-unknown.*"ordre".*order, session, help/s,
    );
  });

  it('an emergency › whose consequence asks for it › is recorded all the same', async () => {
    const broken = defineMatter((spec) => ({
      ...spec,
      consequences: [{ name: 'slip', on: ['HelpGiven'], when: none, record: () => [] }],
    }));
    const { give, open, alerts } = bench({ caseTypes: [broken] });
    const outcome = await give('Help', { what: 'x' }, { caseId: await open() });
    expect(types(outcome)).toEqual(['HelpGiven', 'ConsequenceFailed']);
    expect(alerts[0]?.message).toContain('part-kind-unknown');
  });

  it('a case that was read › may be of any case type › and answers nothing', async () => {
    const reads = (): string[] => ['case-other'];
    const decide = (_: unknown, view: { reads: { all: readonly View[] } }): object[] =>
      view.reads.all.every(none) ? [{ type: 'Noted', data: { note: 'b' } }] : [];
    const reading = defineMatter(command('Note', { reads, decide }));
    const { accept, open } = bench({ caseTypes: [reading] });
    expect(types(await accept('Note', { note: 'a' }, { caseId: await open() }))).toEqual(['Noted']);
  });
});

function none({ parts }: View): boolean {
  return parts.all(slip).length === 0;
}

function noneOnceAsked(view: View & { readonly context: { readonly asked: number } }): boolean {
  return view.context.asked === 0 || none(view);
}

function slipOn(event: string, more: object): object {
  return { code: 'T-SLIP', armedBy: [event], disarmedBy: [], ...more };
}
