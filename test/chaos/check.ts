// What must hold when everything has settled, whatever was broken on the way.
import type { Engine } from '@himaya/engine';
import {
  LOG_START,
  MemoryReadStore,
  readEnvelope,
  verifyStore,
  type Envelope,
  type EventStore,
  type ReadStore,
  type Row,
} from '@himaya/event-store';
import { projections } from './errand.ts';
import type { Answer } from './orders.ts';
import type { Plan } from './plan.ts';

const PAGE = 1_000;
const DUE_MS = 40 * 60_000;

/** An entry of the log with its hash. */
export type Logged = Envelope & { readonly hash: string };

/** The whole log, in its order. */
export async function logOf(store: EventStore): Promise<readonly Logged[]> {
  const all: Logged[] = [];
  for (let after = LOG_START; ;) {
    const page = await store.readAll(after, PAGE);
    if (page.entries.length === 0) return all;
    all.push(...page.entries.map(({ bytes, hash }) => ({ ...readEnvelope(bytes), hash })));
    after = page.next;
  }
}

/** What is due and has not happened: deadlines, their marks, reactions. Empty when settled. */
export function isDue(plan: Plan, log: readonly Logged[]): readonly string[] {
  return plan.caseIds.flatMap((caseId) => {
    const own = log.filter(({ stream }) => stream === `case-${caseId}`);
    const of = (type: string) => own.filter((one) => one.type === type);
    const [opened] = of('Opened');
    if (opened === undefined) return [`${caseId} is not opened`];
    const [answered] = of('Answered');
    const dueMs = Date.parse(opened.occurredAt) + DUE_MS;
    const isMet = answered !== undefined && Date.parse(answered.occurredAt) < dueMs;
    const due = isMet ? [] : ['DeadlineReached', 'Missed', 'Told missed'];
    const marks = answered === undefined ? ['DeadlineEscalated 1', 'DeadlineEscalated 2'] : [];
    const passed = log.flatMap(({ type, data }) =>
      type === 'Noted' && data.to === caseId ? [`Told ${String(data.token)}`] : []);
    const done = own.map(({ type, data }) =>
      `${type} ${String(data.level ?? data.from ?? '')}`.trim());
    return [...due, ...marks, ...passed]
      .filter((one) => !done.includes(one))
      .map((one) => `${caseId}: no ${one}`);
  });
}

/** Whether projections are read, and have come to the end of the log. */
export async function isCaughtUp(store: EventStore, readStore: ReadStore): Promise<boolean> {
  const live = (await readStore.projections()).filter(({ status }) => status === 'live');
  const left = await Promise.all(live.map(({ position }) => store.readAll(position, 1)));
  return live.length === projections.length && left.every(({ entries }) => entries.length === 0);
}

/** Everything that is wrong, in one line each. */
export async function wrongs(
  plan: Plan,
  answers: readonly Answer[],
  { store, readStore, engine }: { store: EventStore; readStore: ReadStore; engine: Engine },
): Promise<readonly string[]> {
  const log = await logOf(store);
  const report = await verifyStore(store);
  return [
    ...(report.firstBad ? [`the log does not verify: ${JSON.stringify(report.firstBad)}`] : []),
    ...isDue(plan, log),
    ...lost(answers, log),
    ...twice(log),
    ...unanswered(plan, answers, log),
    ...unpaired(plan, log),
    ...(await diverging(plan, engine)),
    ...(await strayed(engine, readStore)),
  ];
}

/** What was acknowledged stands where it was said to stand. */
function lost(answers: readonly Answer[], log: readonly Logged[]): readonly string[] {
  const hashes = new Map(log.map(({ stream, position, hash }) => [`${stream} ${position}`, hash]));
  return answers
    .flatMap(({ events }) => events)
    .filter(([stream, position, hash]) => hashes.get(`${stream} ${position}`) !== hash)
    .map(([stream, position]) => `acknowledged and lost: ${stream} at ${position}`);
}

/** What happens once happened once: commands, tokens, deadlines, marks, reactions. */
function twice(log: readonly Logged[]): readonly string[] {
  const seen = new Map<string, string>();
  const found: string[] = [];
  for (const { stream, position, type, data, command, occurredAt } of log) {
    const once = onceOf(stream, type, data, command.id);
    if (once === undefined) continue;
    const before = seen.get(once);
    if (before !== undefined) found.push(`twice: ${once}, at ${before} and ${position}`);
    seen.set(once, `${position}`);
    if (type === 'DeadlineReached' && data.dueAt !== occurredAt) {
      found.push(`reached at another instant than due: ${stream} at ${position}`);
    }
  }
  return found;
}

function onceOf(
  stream: string, type: string, data: Envelope['data'], command: string,
): string | undefined {
  if (stream.startsWith('shared-')) return `${stream} ${String(data.token)}`;
  if (!stream.startsWith('case-')) return undefined;
  switch (type) {
    case 'Told':
      return `${stream} ${type} ${String(data.from)}`;
    case 'Noted':
      return `${type} ${String(data.token)}`;
    case 'DeadlineEscalated':
      return `${stream} ${type} ${String(data.level)}`;
    case 'Opened':
    case 'Answered':
    case 'Taken':
    case 'Missed':
    case 'DeadlineReached':
      return `${stream} ${type}`;
    default:
      return `${command} ${type}`;
  }
}

/** Every command was answered, and what was accepted is there. */
function unanswered(
  plan: Plan, answers: readonly Answer[], log: readonly Logged[],
): readonly string[] {
  const commands = new Set(log.map(({ command }) => command.id));
  const kinds = new Map(
    answers.flatMap((one) => ('command' in one ? [[one.command, one.kind] as const] : [])),
  );
  return plan.writers
    .flatMap(({ lanes }) => lanes.flat())
    .filter(({ id, name }) => {
      const kind = kinds.get(id);
      // Of the rules of this procedure only the one about pairs refuses.
      return kind === 'accepted' ? !commands.has(id) : kind !== 'refused' || name !== 'Take';
    })
    .map(({ id, name }) => `${name} ${id} was answered ${kinds.get(id) ?? 'by nobody'}`);
}

/** Two decisions that each read the other's stream did not both go through. */
function unpaired({ pairs }: Plan, log: readonly Logged[]): readonly string[] {
  const taken = new Set(log.flatMap(({ type, stream }) => (type === 'Taken' ? [stream] : [])));
  return pairs
    .filter((pair) => pair.filter((caseId) => taken.has(`case-${caseId}`)).length !== 1)
    .map((pair) => `of a pair not exactly one was taken: ${pair.join(' and ')}`);
}

async function diverging({ caseIds }: Plan, engine: Engine): Promise<readonly string[]> {
  const reports = await Promise.all(caseIds.map((caseId) => engine.replay(caseId)));
  return reports.flatMap((report, at) => {
    if (report === undefined) return [`${caseIds[at]} cannot be replayed`];
    return report.divergences.map((one) => `${caseIds[at]} diverges: ${JSON.stringify(one)}`);
  });
}

/** The rows of projections are those of a fresh build, and nothing is parked. */
async function strayed(engine: Engine, readStore: ReadStore): Promise<readonly string[]> {
  const fresh = new MemoryReadStore();
  const found: string[] = [];
  for (const projection of projections) {
    await engine.project(projection, fresh).catchUp();
    for (const table of Object.keys(projection.tables)) {
      const [due, is] = await Promise.all([
        rowsOf(fresh, projection.name, table), rowsOf(readStore, projection.name, table),
      ]);
      if (due !== is) found.push(`${projection.name} is not as a fresh build: ${is} for ${due}`);
    }
  }
  const parked = (await readStore.projections()).filter((one) => one.parked > 0);
  return [...found, ...parked.map(({ name }) => `${name} has parked something`)];
}

async function rowsOf(readStore: ReadStore, name: string, table: string): Promise<string> {
  const rows: readonly Row[] | undefined = await readStore.find(name, table, { countMax: PAGE });
  return JSON.stringify(rows);
}
