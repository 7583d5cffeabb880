// The charts of a case type by their structure: what is never reached, and what is never left.
import type { CaseType } from '@himaya/engine';
import { checkChart, type TransitionPlace } from '@himaya/statechart';
import { caseTypeWords } from './picture/case-type-words.ts';
import type { Session } from './session.ts';

/**
 * Tells of the chart of the case and of each kind of part which states and transitions nothing leads to,
 * and which states nothing leads out of; `ends` are those in which something is over. Answers whether
 * there are none.
 */
export async function tellCharts(
  session: Session,
  caseType: CaseType,
  ends: readonly string[],
): Promise<boolean> {
  const { out, speech } = session;
  const { green, red } = out.colours;
  const charts = [undefined, ...Object.values(caseType.parts)];
  let [configurations, found] = [0, 0];
  const tell = async (kind: 'unreachable' | 'notTaken' | 'deadEnd', text: string) => {
    found += 1;
    await out.line(`${red(speech.say(`chart.${kind}`))} ${text}`);
  };
  for (const part of charts) {
    const prefix = part ? `${part.kind}.` : '';
    const own = ends.filter((path) => path.startsWith(prefix));
    const rests = own.map((path) => path.slice(prefix.length));
    const report = checkChart((part ?? caseType).chart, { rests });
    configurations += report.configurations;
    const words = caseTypeWords(caseType, part, speech);
    const state = (path: string): string => `${prefix}${path} (${words.state(path)})`;
    const { states, transitions } = report.unreachable;
    for (const path of states) await tell('unreachable', state(path));
    for (const place of transitions) {
      await tell('notTaken', `${state(place.source)} ${eventOf(place, words.event)}`);
    }
    for (const { state: path, steps } of report.deadEnds) {
      const way = steps.map(({ event }) => words.event(event)).join(' → ');
      await tell('deadEnd', `${state(path)}: ${way}`);
    }
  }
  if (found > 0) return false;
  const counts = [speech.count(charts.length, 'chart'), speech.count(configurations, 'state')];
  await out.line(`${green(speech.say('chart.sound'))}: ${counts.join(speech.comma)}`);
  return true;
}

function eventOf({ event }: TransitionPlace, nameOf: (type: string) => string): string {
  return event === '' ? '–' : nameOf(event);
}
