// The migrations of a case type: whether every state of an earlier version has its place in this one.
import {
  checkMigration,
  type CaseType,
  type MigrationProblem,
  type MigrationReport,
} from '@himaya/engine';
import { labelled, stateNames } from './definitions.ts';
import type { Session } from './session.ts';

/** Tells it of each version that the case type can be moved from; answers whether all is proved. */
export async function tellMigrations(session: Session, caseType: CaseType): Promise<boolean> {
  const { definitions, out, speech } = session;
  const { red } = out.colours;
  let isProved = true;
  for (const version of Object.keys(caseType.migrations)) {
    const name = `${speech.say('migration')} ${version}`;
    const from = definitions.caseTypes.find(
      (one) => one.name === caseType.name && one.version === version,
    );
    if (!from) {
      isProved = false;
      const word = red(speech.say('claim.notProved'));
      await out.line(`${word} ${name}: ${speech.say('moves.absent')}`);
      continue;
    }
    const report = checkMigration(from, caseType);
    isProved &&= report.kind === 'proved';
    await tellReport(session, from, name, report);
  }
  return isProved;
}

async function tellReport(
  session: Session,
  from: CaseType,
  name: string,
  report: MigrationReport,
): Promise<void> {
  const { out, speech } = session;
  const { green, red, yellow } = out.colours;
  const paint = { proved: green, found: red, notProved: yellow }[report.kind];
  const word = paint(speech.say(`claim.${report.kind}`));
  await out.line(`${word} ${name}: ${speech.say('moves.all')}`);
  if (report.kind === 'proved') await out.line(speech.count(report.places, 'state'), 2);
  if (report.kind === 'notProved') await out.line(speech.pick(report.reason), 2);
  if (report.kind === 'found') {
    for (const problem of report.problems) await tellProblem(session, from, problem);
  }
  await out.line(speech.say('moves.asked'), 2);
}

async function tellProblem(
  { out, speech }: Session,
  from: CaseType,
  { kind, what, part, from: places, context }: MigrationProblem,
): Promise<void> {
  const { say, comma } = speech;
  const nameOf = (paths: readonly string[]): string =>
    stateNames(from, part === '' ? paths : paths.map((path) => `${part}.${path}`), speech);
  const where = places.map(({ configuration }) => nameOf(configuration)).join(comma);
  const values = what.length === 0 ? '–' : what.join(comma);
  const origin = where === '' ? say('moves.anywhere') : where;
  await out.line(`${origin}: ${say(`moves.${kind}`)}: ${values}`, 2);
  const asked = Object.entries(context).map(([key, value]) => `${key} = ${JSON.stringify(value)}`);
  if (asked.length > 0) await out.line(`${say('moves.where')} ${asked.join(comma)}`, 4);
  for (const { configuration, events } of places) {
    if (events.length === 0) continue;
    const steps = events.map((type) => labelled(from.labels.events, type, speech)).join(' → ');
    await out.line(`${say('moves.way')} ${configuration.join(comma)}: ${steps}`, 4);
  }
}
