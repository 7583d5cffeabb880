// himaya explain: why an event was possible, rule by rule, with the policy values behind each.
import type { EventExplanation, ExplainedRule, RecordedEvent } from '@himaya/engine';
import { openArchive } from '../archive.ts';
import { caseTypeOf, deadlineName, labelled, localTime } from '../definitions.ts';
import { Ending, EXIT, wrongUsage, type ExitCode } from '../exit-codes.ts';
import type { Session } from '../session.ts';
import { eventJson } from './history.ts';

/** Explains the event at a position of a case. */
export async function explainEvent(
  session: Session,
  caseId: string,
  position: number,
): Promise<ExitCode> {
  const archive = openArchive(session.options.store, session.definitions);
  try {
    const view = await archive.require(caseId);
    if (!view) {
      throw new Ending(
        EXIT.wrong,
        `case ${caseId} was recorded under a procedure that is not at hand.`,
      );
    }
    if (position > view.position) {
      throw wrongUsage(
        `case ${caseId} has positions 0 to ${view.position}; there is no ${position}.`,
      );
    }
    const found = await archive.engine.explain(caseId, position);
    if (!found) throw wrongUsage(`case ${caseId} has no position ${position}.`);
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
  const { say } = speech;
  const { event } = found;
  const labels = caseTypeOf(definitions, event.procedure)?.labels;
  const time = localTime(definitions, event.procedure.split('+')[1]);
  const name = labelled(labels?.events, event.type, speech);
  await out.line(out.colours.bold(`${say('position')} ${event.position}: ${name}`));
  await out.line(
    `${say('happened')} ${time(event.occurredAt)}, ${say('recorded')} ${time(event.recordedAt)}`,
    2,
  );
  await out.line(`${say('by')} ${whoOf(event)}, ${say('command')} ${event.command.name}`, 2);
  await out.line(`${say('states')}: ${change(session, found.before, found.after)}`, 2);
  for (const { kind, id, before, after } of found.parts) {
    await out.line(`${kind}/${id}: ${change(session, before, after)}`, 2);
  }
  for (const deadline of found.deadlinesArmed) {
    const armed = `${say('armed')}: ${deadlineName(labels?.deadlines, deadline, speech)}`;
    await out.line(`${armed}, ${say('due')} ${time(deadline.dueAt)}`, 2);
  }
  await out.line(found.rules.length === 0 ? say('noRules') : `${say('rules')}:`, 2);
  for (const rule of found.rules) await showRule(session, rule);
}

function whoOf({ actor }: RecordedEvent): string {
  return `${actor.role} ${actor.staff} (${actor.office})`;
}

function change({ speech }: Session, before: readonly string[], after: readonly string[]): string {
  const left = before.filter((state) => !after.includes(state));
  const entered = after.filter((state) => !before.includes(state));
  if (left.length === 0 && entered.length === 0) return speech.say('changedNothing');
  return `${left.join(', ') || '–'} → ${entered.join(', ') || '–'}`;
}

async function showRule({ out, speech }: Session, rule: ExplainedRule): Promise<void> {
  const { say, pick } = speech;
  const { green, red, dim } = out.colours;
  const verdict = rule.holds ? green(`✓ ${say('holds')}`) : red(`✗ ${say('violated')}`);
  const invariant = rule.invariant === undefined ? '' : ` ${rule.invariant}`;
  await out.line(`${verdict} ${rule.code}${invariant}`, 4);
  const citation = rule.citation === null ? '' : ` (${rule.citation})`;
  await out.line(dim(`${pick(rule.text)}${citation}`), 6);
  for (const { key, value, unit, citation: source } of rule.policyValues) {
    const from = source ? ` (${source.source})` : '';
    await out.line(dim(`${say('policy')}: ${key} = ${JSON.stringify(value)} ${unit}${from}`), 6);
  }
}
