// himaya dry-run: what another version of a case type would make of the stored cases.
import {
  DryRunSummary,
  type CaseType,
  type Difference,
  type DryRunReport,
} from '@himaya/engine';
import { openArchive } from '../archive.ts';
import { caseTypeNamed } from '../case-type-named.ts';
import { eventName, stateNames } from '../definitions.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Session } from '../session.ts';
import type { Word } from '../words.ts';

/** Options of `himaya dry-run`. */
export interface DryRunOptions {
  /** The version to try; default: the newest one that is at hand. */
  readonly to?: string;
}

/**
 * Tries a version on every stored case of its type, and writes nothing. Ends with `wrong` when a
 * case could not move to it; that the versions decide differently is why there are two.
 */
export async function tryVersion(
  session: Session,
  name: string,
  { to }: DryRunOptions,
): Promise<ExitCode> {
  const caseType = caseTypeNamed(session, to === undefined ? name : `${name}@${to}`);
  const archive = await openArchive(session);
  const summary = new DryRunSummary();
  try {
    for await (const caseId of archive.caseIds()) {
      const { name: of, version } = caseType;
      const found = await archive.engine.dryRun(caseId, { caseType: of, version });
      if (found) summary.add(found);
    }
  } finally {
    await archive.close();
  }
  const report = summary.report();
  if (session.options.json) await session.out.json({ ...target(caseType), ...report });
  else await show(session, caseType, report);
  return report.stuck.length === 0 ? EXIT.ok : EXIT.wrong;
}

function target({ name, version }: CaseType): { readonly caseType: string; readonly to: string } {
  return { caseType: name, to: version };
}

async function show(session: Session, caseType: CaseType, report: DryRunReport): Promise<void> {
  const { out, speech } = session;
  const { say, count } = speech;
  const { bold, green, red, yellow } = out.colours;
  await out.line(bold(`${speech.pick(caseType.title)} (${caseType.name}@${caseType.version})`));
  await out.line(`${count(report.cases, 'case')} · ${say('events')}: ${report.events}`, 2);
  await out.line(green(`${say('decidedAlike')}: ${report.alike}`), 2);
  for (const group of report.differences) {
    await out.line(yellow(`${count(group.cases, 'case')}: ${said(session, caseType, group)}`), 2);
    const places = group.examples.map((one) => `${one.caseId} ${say('at')} ${one.position}`);
    for (const place of places) await out.line(place, 4);
  }
  await out.line(`${say('couldMove')}: ${report.movable}`, 2);
  for (const { cases, why, examples } of report.stuck) {
    const what = why.join(speech.comma);
    await out.line(red(`${count(cases, 'case')}: ${say('couldNotMove')}: ${what}`), 2);
    for (const caseId of examples) await out.line(caseId, 4);
  }
  for (const { code, policy, deadlines } of report.timers) {
    await out.line(`${code}: ${say(`timer.${policy}`)}: ${deadlines}`, 4);
  }
}

/** One way in which the versions part, as a sentence. */
function said({ speech }: Session, caseType: CaseType, { kind, event, what }: Difference): string {
  const name = plainEventName(caseType, event, speech);
  const words = what.map((one) => memberName(caseType, kind, one, speech));
  const whole = `${name}: ${speech.say(`differs.${kind}` satisfies Word)}`;
  return words.length === 0 ? whole : `${whole}: ${words.join(speech.comma)}`;
}

/** The name of an event, which reads as English by itself. */
function plainEventName(caseType: CaseType, type: string, speech: Session['speech']): string {
  return speech.language === 'en' ? type : eventName(caseType, type, speech);
}

/** A member of a difference: states by their labels, codes and names as they are. */
function memberName(
  caseType: CaseType,
  kind: Difference['kind'],
  member: string,
  speech: Session['speech'],
): string {
  if (kind === 'parts') {
    const label = caseType.labels.parts[member];
    return label ? speech.pick(label) : member;
  }
  if (kind !== 'states' && kind !== 'consequences') return member;
  const [sign, of] = [member[0] === '-' ? '−' : '+', member.slice(2)];
  const name =
    kind === 'states'
      ? stateNames(caseType, [of], speech)
      : plainEventName(caseType, of, speech);
  return `${sign} ${name}`;
}
