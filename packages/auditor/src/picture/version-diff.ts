// What two versions of a procedure differ in: charts, parts, events, and rules that events must satisfy.
import { rulesOf, type AnyRule, type CaseType, type CompiledPart } from '@himaya/engine';
import { diffCharts, sayTransition } from '@himaya/statechart';
import type { ChartDifference, ChartWords, PlacedTransition } from '@himaya/statechart';
import { labelOf } from '../definitions.ts';
import type { Speech } from '../words.ts';
import { caseTypeWords } from './case-type-words.ts';

/** A difference as a line: what is there now only, what was there before only, what changed. */
export interface DiffLine {
  readonly sign: '+' | '−' | '~';
  readonly text: string;
}

/** The differences of one chart, or of what events must satisfy, under their title. */
export interface DiffSection {
  readonly title: string;
  readonly lines: readonly DiffLine[];
}

/** Everything that differs; empty where nothing does. What functions compute is not compared. */
export function versionDiff(
  before: CaseType,
  after: CaseType,
  speech: Speech,
): readonly DiffSection[] {
  const { say } = speech;
  const kinds = [...new Set([...Object.keys(after.parts), ...Object.keys(before.parts)])];
  const charts = [undefined, ...kinds].map((kind) => {
    const [was, is] = [before, after].map((one) => (kind ? partOf(one, kind) : one));
    const words = { before: wordsOf(before, kind, speech), after: wordsOf(after, kind, speech) };
    const { title } = is ? words.after : words.before;
    if (was && is) {
      const found = diffCharts(was.chart.structure, is.chart.structure);
      return { title, lines: found.map((one) => lineOf(one, words, speech)) };
    }
    return { title, lines: [{ sign: is ? '+' : '−', text: say('wholePart') } as const] };
  });
  const rules = { title: say('rulesOfEvents'), lines: ruleLines(before, after, speech) };
  return [...charts, rules].filter(({ lines }) => lines.length > 0);
}

function partOf({ parts }: CaseType, kind: string): CompiledPart | undefined {
  return Object.hasOwn(parts, kind) ? parts[kind] : undefined;
}

/** As pictures say it, but for the numbers, which belong to a list that is not shown here. */
function wordsOf(caseType: CaseType, kind: string | undefined, speech: Speech): ChartWords {
  const part = kind === undefined ? undefined : partOf(caseType, kind);
  const { labels, title } = caseType;
  return {
    ...caseTypeWords(caseType, part, speech),
    title: kind === undefined ? speech.pick(title) : labelOf(labels.parts, kind, speech),
    event: (type) => labelOf(labels.events, type, speech),
  };
}

interface Words {
  readonly before: ChartWords;
  readonly after: ChartWords;
}

function lineOf(found: ChartDifference, words: Words, { say, comma }: Speech): DiffLine {
  const state = (path: string, of = words.after): string =>
    path === '' ? say('theChart') : `${say('state')} ${of.state(path)} (${path})`;
  switch (found.kind) {
    case 'stateAdded':
      return { sign: '+', text: state(found.state) };
    case 'stateRemoved':
      return { sign: '−', text: state(found.state, words.before) };
    case 'stateChanged':
      return {
        sign: '~',
        text: `${state(found.state)}: ${found.what.map((one) => say(`of.${one}`)).join(comma)}`,
      };
    case 'transitionAdded':
      return { sign: '+', text: told(found.transition, words.after, say('toItself')) };
    case 'transitionRemoved':
      return { sign: '−', text: told(found.transition, words.before, say('toItself')) };
    case 'transitionChanged': {
      const what = found.what.map((one) => say(`of.${one}`)).join(comma);
      const [was, is] = [
        told(found.before, words.before, say('toItself')),
        told(found.after, words.after, say('toItself')),
      ];
      return { sign: '~', text: was === is ? `${is}: ${what}` : `${was}  ⇒  ${is}: ${what}` };
    }
    case 'transitionsReordered':
      return { sign: '~', text: `${state(found.state)}: ${say('of.order')}` };
    case 'statesReordered':
      return { sign: '~', text: `${say('theChart')}: ${say('of.order')}` };
  }
}

/** `[lifecycle.open] Case closed [a condition] → closed`. */
function told(transition: PlacedTransition, words: ChartWords, toItself: string): string {
  const { source, targets } = transition;
  const to = targets.length === 0 ? toItself : targets.map((path) => words.state(path)).join(' + ');
  const from = source === '' ? words.title : source;
  return `${from}: ${sayTransition(transition, words)} → ${to}`;
}

/** Rules that an event must satisfy now and did not before, and the other way round. */
function ruleLines(before: CaseType, after: CaseType, speech: Speech): readonly DiffLine[] {
  const types = [...new Set([...Object.keys(after.events), ...Object.keys(before.events)])];
  return types.flatMap((type) => {
    const [was, is] = [before, after].map((one) => rulesOf(one.requires[type]));
    const name = labelOf({ ...before.labels.events, ...after.labels.events }, type, speech);
    const isThere = (one: CaseType): boolean => Object.hasOwn(one.events, type);
    const line = (sign: DiffLine['sign'], rule: AnyRule): DiffLine => ({
      sign,
      text: `${name}: ${speech.pick(rule.text)} (${rule.code})`,
    });
    const without = (rules: readonly AnyRule[] = [], others: readonly AnyRule[] = []) =>
      rules.filter((rule) => !others.some((one) => isSame(one, rule)));
    const event = `${speech.say('event')} ${name} (${type})`;
    const own: DiffLine[] = isThere(before) === isThere(after)
      ? []
      : [{ sign: isThere(after) ? '+' : '−', text: event }];
    return [
      ...own,
      ...without(is, was).map((rule) => line('+', rule)),
      ...without(was, is).map((rule) => line('−', rule)),
    ];
  });
}

function isSame(one: AnyRule, other: AnyRule): boolean {
  return one.code === other.code && one.text.en === other.text.en && one.text.ar === other.text.ar;
}
