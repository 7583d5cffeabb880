// himaya explain: why an event was possible, rule by rule, with the policy values behind each.
import type { CaseType, EventExplanation, ExplainedRule, RecordedEvent } from '@himaya/engine';
import { openArchive } from '../archive.ts';
import {
  caseTypeOf,
  deadlineName,
  localTime,
  named,
  partName,
  recordedName,
  partStates,
  stateNames,
} from '../definitions.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { noPosition } from '../mistakes.ts';
import type { Session } from '../session.ts';
import type { Speech } from '../words.ts';
import { eventJson } from './history.ts';

/** Explains the event at a position of a case. */
export async function explainEvent(
  session: Session,
  caseId: string,
  position: number,
): Promise<ExitCode> {
  const archive = await openArchive(session);
  try {
    const view = await archive.require(caseId);
    const found = await archive.engine.explain(caseId, position);
    if (!found) throw noPosition(caseId, view.position, position);
    if (session.options.json) await session.out.json(explanationJson(session, found));
    else await show(session, found);
    return EXIT.ok;
  } finally {
    await archive.close();
  }
}

function explanationJson(session: Session, found: EventExplanation): unknown {
  return {
    ...found,
    event: eventJson(session, found.event),
    candidates: found.candidates.map(({ rules, ...candidate }) => ({
      ...candidate,
      rules: rules.map(({ rule, holds }) => ({ code: rule.code, holds })),
    })),
  };
}

async function show(session: Session, found: EventExplanation): Promise<void> {
  const { out, speech, definitions } = session;
  const { say, comma } = speech;
  const { event } = found;
  const caseType = caseTypeOf(definitions, event.procedure);
  const time = localTime(definitions, caseType, event.procedure.split('+')[1]);
  const name = recordedName(caseType, event, speech);
  await out.line(out.colours.bold(`${say('position')} ${event.position}: ${name}`));
  await out.line(
    `${say('happened')} ${time(event.occurredAt)}${comma}${say('recorded')} ${time(event.recordedAt)}`,
    2,
  );
  const command = named(caseType?.labels.commands, event.command.name, speech);
  const by = `${say('by')} ${whoOf(event, caseType, speech)}`;
  await out.line(`${by}${comma}${say('command')} ${command}`, 2);
  const states = change(found, speech, (paths) => stateNames(caseType, paths, speech));
  await out.line(`${say('states')}: ${states ?? say('changedNothing')}`, 2);
  for (const part of found.parts) {
    const moved = change(part, speech, (paths) => partStates(caseType, part.kind, paths, speech));
    if (moved !== undefined) await out.line(`${partName(caseType, part, speech)}: ${moved}`, 2);
  }
  for (const deadline of found.deadlinesArmed) {
    const label = deadlineName(caseType?.labels.deadlines, deadline, speech);
    await out.line(`${say('armed')}: ${label}${comma}${say('due')} ${time(deadline.dueAt)}`, 2);
  }
  await out.line(found.rules.length === 0 ? say('noRules') : `${say('rules')}:`, 2);
  for (const rule of found.rules) await showRule(session, rule);
}

function whoOf(
  { actor }: RecordedEvent,
  caseType: CaseType | undefined,
  speech: Speech,
): string {
  return `${named(caseType?.labels.roles, actor.role, speech)} ${actor.staff} (${actor.office})`;
}

/** What was left and what was entered; `undefined` when nothing moved. */
function change(
  { before, after }: { readonly before: readonly string[]; readonly after: readonly string[] },
  { language }: Speech,
  names: (paths: readonly string[]) => string,
): string | undefined {
  const left = names(before.filter((state) => !after.includes(state))) || '–';
  const entered = names(after.filter((state) => !before.includes(state))) || '–';
  if (left === entered) return undefined;
  return `${left} ${language === 'en' ? '→' : '←'} ${entered}`;
}

async function showRule({ out, speech }: Session, rule: ExplainedRule): Promise<void> {
  const { say, pick } = speech;
  const { green, red, dim } = out.colours;
  const verdict = rule.holds ? green(`✓ ${say('holds')}`) : red(`✗ ${say('violated')}`);
  const invariant = rule.invariant === undefined ? '' : ` ${rule.invariant}`;
  await out.line(`${verdict} ${rule.code}${invariant}`, 4);
  // The text is that of the refusal: beside a rule that was kept it must not read as a finding.
  const origin = rule.citation ?? say('noSource');
  await out.line(dim(`${say('wouldSay')}: «${pick(rule.text)}» (${origin})`), 6);
  for (const { key, value, unit, citation: source } of rule.policyValues) {
    const from = ` (${source?.source ?? say('noSource')})`;
    const read = `${key} = ${speech.quantity(value, unit)}`;
    await out.line(dim(`${say('policy')}: ${read}${from}`), 6);
  }
}
