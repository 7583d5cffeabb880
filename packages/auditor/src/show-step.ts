// One step of a scenario on paper: who did what when, what was recorded or refused, what is due.
import type { CaseType, RecordedEvent, Text } from '@himaya/engine';
import type { StepReport } from '@himaya/testkit';
import {
  caseTypeOfView,
  deadlineName,
  eventName,
  localTime,
  named,
  recordedName,
  type Definitions,
} from './definitions.ts';
import { flow } from './flow.ts';
import type { Output } from './output.ts';
import type { Language } from './language.ts';
import { speech, type Speech } from './words.ts';

/** How steps are shown. */
export interface StepStyle {
  readonly definitions: Definitions;
  /** Texts of rules and notes are shown in each of these; the first one labels everything else. */
  readonly languages: readonly [Language, ...Language[]];
  /** Shows what was put into each command: only where nobody in it is real. */
  readonly inputs?: true;
}

/** Writes one step. */
export async function showStep(out: Output, step: StepReport, style: StepStyle): Promise<void> {
  const { definitions, languages } = style;
  const said = speech(languages[0]);
  const { bold, dim, cyan } = out.colours;
  const view = step.case;
  const caseType = caseTypeOfView(definitions, view);
  const time = localTime(definitions, caseType, view?.policyVersion);
  const role = step.actor && roleName(caseType, step.actor.role, said);
  const who = role === undefined ? said.say('engine') : `${step.by} (${role})`;
  const about = step.caseName === undefined ? '' : dim(` [${step.caseName}]`);
  const asked = step.command && named(caseType?.labels.commands, step.command, said);
  const what = bold(
    asked ?? said.say(step.outcome.kind === 'observed' ? 'looks' : 'timePasses'),
  );
  await out.line(`${cyan(time(step.at))}  ${who}  ${what}${about}`);
  for (const note of textsOf(step.note, languages)) await out.line(dim(note), 4);
  const put = style.inputs ? flow(step.input ?? {}) : '';
  if (put !== '') await out.line(dim(put), 4);
  await showRecorded(out, step.recorded, caseType, said);
  await showOutcome(out, step, caseType, style);
  for (const deadline of step.armed) {
    const name = deadlineName(caseType?.labels.deadlines, deadline, said);
    const due = `${said.say('due')} ${time(deadline.dueAt)}`;
    await out.line(`${said.say('armed')} ${name}${said.comma}${due}`, 4);
  }
}

function roleName(
  caseType: CaseType | undefined,
  role: string,
  { language, pick }: Speech,
): string {
  const label = caseType?.labels.roles[role];
  return label && language !== 'en' ? pick(label) : role;
}

async function showRecorded(
  out: Output,
  events: readonly RecordedEvent[],
  caseType: CaseType | undefined,
  said: Speech,
): Promise<void> {
  for (const event of events) {
    await out.line(out.colours.yellow(`⏰ ${recordedName(caseType, event, said)}`), 4);
  }
}

/** Names in their order, each run of equal ones once: `MediationOffered ×6`. */
function counted(names: readonly string[], { comma }: Speech): string {
  const runs: { name: string; count: number }[] = [];
  for (const name of names) {
    const last = runs.at(-1);
    if (last?.name === name) last.count += 1;
    else runs.push({ name, count: 1 });
  }
  return runs.map(({ name, count }) => (count === 1 ? name : `${name} ×${count}`)).join(comma);
}

async function showOutcome(
  out: Output,
  { outcome, events, preview }: StepReport,
  caseType: CaseType | undefined,
  { languages }: StepStyle,
): Promise<void> {
  const said = speech(languages[0]);
  const { green, red, dim } = out.colours;
  if (outcome.kind === 'accepted') {
    const names = events.map(({ type }) => eventName(caseType, type, said));
    const nothing = said.say(preview ? 'wouldBeAccepted' : 'nothingNew');
    const what = names.length === 0 ? nothing : `${said.say('recorded')} ${counted(names, said)}`;
    await out.line(green(`✓ ${what}`), 4);
  }
  if (outcome.kind === 'failed') await out.line(red(`✗ ${said.pick(outcome.message)}`), 4);
  if (outcome.kind !== 'refused') return;
  for (const { code, invariant, text, citation, detail } of outcome.violations) {
    const upholds = invariant === undefined ? '' : ` (${invariant})`;
    await out.line(red(`✗ ${said.say('refused')} ${code}${upholds}`), 4);
    for (const language of languages) await out.line(text[language], 6);
    for (const issue of issuesIn(detail)) {
      for (const language of languages) await out.line(dim(issue[language]), 6);
    }
    if (citation) await out.line(dim(citation.source), 6);
  }
}

/** What is wrong with an input, where that is why a command was refused. */
function issuesIn(detail: Readonly<Record<string, unknown>> | undefined): readonly Text[] {
  return Array.isArray(detail?.issues) ? (detail.issues as readonly Text[]) : [];
}

function textsOf(
  note: string | Text | undefined,
  languages: readonly Language[],
): readonly string[] {
  if (note === undefined) return [];
  return typeof note === 'string' ? [note] : languages.map((language) => note[language]);
}
