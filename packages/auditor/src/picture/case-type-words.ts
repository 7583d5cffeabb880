// How the charts of a case type are said: with its labels, its rules and its deadlines.
import { conditionKey } from '@himaya/engine';
import type { AnyRule, CaseType, CompiledPart, Labels } from '@himaya/engine';
import type { ChartWords, ConditionPlace } from '@himaya/statechart';
import { deadlineName, labelOf } from '../definitions.ts';
import type { Speech } from '../words.ts';
import { CHART_PHRASES } from './phrases.ts';
import { ruledEvents } from './rule-notes.ts';

/** Words for the chart of the case, or of one kind of part. */
export function caseTypeWords(
  caseType: CaseType,
  part: CompiledPart | undefined,
  speech: Speech,
): ChartWords {
  const { language, pick } = speech;
  const { labels, title, deadlines } = caseType;
  const numbers = new Map(ruledEvents(caseType).map(({ type, number }) => [type, number]));
  return {
    language,
    direction: language === 'ar' ? 'rtl' : 'ltr',
    phrases: CHART_PHRASES[language],
    title: part ? labelOf(labels.parts, part.kind, speech) : pick(title),
    state: (path) => {
      const name = part ? `${part.kind}.${path}` : path;
      const label = Object.hasOwn(labels.states, name) ? labels.states[name] : undefined;
      return label ? pick(label) : path.slice(path.lastIndexOf('.') + 1);
    },
    event: (type) => {
      const number = numbers.get(type);
      return `${labelOf(labels.events, type, speech)}${number === undefined ? '' : ` §${number}`}`;
    },
    delay: (name) => {
      const deadline = Object.hasOwn(deadlines, name) ? deadlines[name] : undefined;
      return deadlineName(labels.deadlines, { code: deadline?.code ?? name, part: '' }, speech);
    },
    rule: (code) => ruleText(caseType, code, speech),
    condition: (place) => conditionText(labels, place, part?.kind, speech),
  };
}

function conditionText(
  { conditions = {} }: Labels,
  place: ConditionPlace,
  kind: string | undefined,
  { pick }: Speech,
): string | undefined {
  const key = conditionKey(place, kind);
  const label = Object.hasOwn(conditions, key) ? conditions[key] : undefined;
  return label && pick(label);
}

function ruleText({ chart, parts }: CaseType, code: string, { pick }: Speech): string {
  const charts = [chart, ...Object.values(parts).map((part) => part.chart)];
  const guarding = charts.flatMap(({ rules }) => rules as readonly { readonly rule?: AnyRule }[]);
  const rule = guarding.find((one) => one.rule?.code === code)?.rule;
  return rule ? `${pick(rule.text)} (${code})` : code;
}
