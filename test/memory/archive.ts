// Builds an archive as large as asked: real cases recorded many times under new ids, and one case
// that went on for very long. Everything in it replays and verifies.
import { fileURLToPath } from 'node:url';
import { createEngine, deriveId } from '@himaya/engine';
import {
  APPEND_ENTRIES_MAX,
  MemoryEventStore,
  readEnvelope,
  sealEntry,
  type Entry,
  type Envelope,
  type EventStore,
  type NonEmpty,
  type StreamName,
  type StreamWrite,
} from '@himaya/event-store';
import { seededRandom } from '@himaya/event-store/contract';
import { openSqliteStore } from '@himaya/event-store-sqlite';
import { caseTypes, policies } from '@himaya/family-protection';
import { runScenario } from '@himaya/testkit';

/** Scenarios whose cases are recorded again and again, each of its own: 19 to 48 events. */
const MODELS = [
  'sc-07',
  'parking-back-dating',
  'parking-consent-withdrawn',
  'parking-ladder',
];
/** Cases that are under way at once, so that their entries interleave as in a year of an office. */
const UNDER_WAY = 256;
/** Streams of one append: as many as a store takes at least. */
const STREAMS_PER_APPEND = 32;
const OPENED_MS = Date.parse('2027-05-09T06:00:00Z');
const SECOND_MS = 1_000;

/** What {@link buildArchive} made. */
export interface Archive {
  readonly events: number;
  readonly cases: number;
  /** The case that went on for long. */
  readonly longCase: string;
}

/** Records `eventsMin` events or a few more into a new file, `longEvents` of them in one case. */
export async function buildArchive(
  path: string,
  seed: number,
  eventsMin: number,
  longEvents: number,
): Promise<Archive> {
  const store = openSqliteStore({ path, durability: 'normal' });
  try {
    const longCase = await recordLongCase(store, seed, longEvents);
    const models = await modelCases();
    let events = longEvents;
    let cases = 1;
    const random = seededRandom(seed);
    const started: Envelope[][] = [];
    for (;;) {
      while (started.length < UNDER_WAY && events < eventsMin) {
        const model = models[Math.floor(random() * models.length)] ?? [];
        cases += 1;
        events += model.length;
        started.push(retold(model, deriveId(`archive ${seed}`, String(cases))));
      }
      if (started.length === 0) return { events, cases, longCase };
      await recordSome(store, started, random);
    }
  } finally {
    await store.close();
  }
}

/** The streams of the scenarios' cases, as envelopes. */
async function modelCases(): Promise<readonly (readonly Envelope[])[]> {
  const streams: Envelope[][] = [];
  for (const name of MODELS) {
    const store = new MemoryEventStore();
    const file = fileURLToPath(new URL(`../scenarios/${name}.yaml`, import.meta.url));
    const report = await runScenario({ file }, { store, caseTypes, policies });
    for (const { caseId } of report.cases) {
      const { entries } = await store.readStream(`case-${caseId}` as StreamName, 0, 4_096);
      const model = entries.map(({ bytes }) => readEnvelope(bytes));
      // Told again under another id, what was read of other streams would be nowhere.
      if (model.some(({ reads }) => reads)) throw new Error(`${name} rests on other cases`);
      streams.push(model);
    }
  }
  return streams;
}

/** The same facts of another case: new ids of the case, its events and its commands. */
function retold(model: readonly Envelope[], caseId: string): Envelope[] {
  return model.map((envelope, index) => ({
    ...envelope,
    id: deriveId(caseId, envelope.id),
    stream: `case-${caseId}` as StreamName,
    correlation: caseId,
    command: { ...envelope.command, id: deriveId(caseId, envelope.command.id) },
    position: index,
  }));
}

/** Heads of the cases under way, by the envelopes that are left of them. */
const prevOf = new WeakMap<readonly Envelope[], Entry>();

/** Appends the next few events of some of the cases under way; those that ended are dropped. */
async function recordSome(
  store: EventStore,
  started: Envelope[][],
  random: () => number,
): Promise<void> {
  const writes: StreamWrite[] = [];
  const first = Math.floor(random() * started.length);
  for (let offset = 0; offset < Math.min(STREAMS_PER_APPEND, started.length); offset += 1) {
    const left = started[(first + offset) % started.length] as Envelope[];
    const entries = nextEntries(left, 1 + Math.floor(random() * 6));
    const expected = entries.before;
    writes.push({ stream: entries.list[0].stream, expected, entries: entries.list });
  }
  const count = writes.reduce((sum, { entries }) => sum + entries.length, 0);
  if (count > APPEND_ENTRIES_MAX) throw new RangeError(`${count} entries in one append`);
  const outcome = await store.append({ writes: writes as unknown as NonEmpty<StreamWrite> });
  if (outcome.kind !== 'appended') throw new Error(`not recorded: ${JSON.stringify(outcome)}`);
  for (let index = started.length - 1; index >= 0; index -= 1) {
    if (started[index]?.length === 0) started.splice(index, 1);
  }
}

function nextEntries(
  left: Envelope[],
  countMax: number,
): { readonly list: NonEmpty<Entry>; readonly before: StreamWrite['expected'] } {
  const last = prevOf.get(left);
  const list: Entry[] = [];
  for (const envelope of left.splice(0, countMax)) {
    list.push(sealEntry({ ...envelope, prev: (list.at(-1) ?? last)?.hash ?? null }));
  }
  prevOf.set(left, list.at(-1) as Entry);
  return { list: list as unknown as NonEmpty<Entry>, before: last ? headOf(last) : 'none' };
}

function headOf({ position, hash, recordedAt }: Entry): Exclude<StreamWrite['expected'], 'none'> {
  return { position, hash, recordedAt };
}

/** Opens a case and reviews it again and again. */
async function recordLongCase(store: EventStore, seed: number, events: number): Promise<string> {
  let nowMs = OPENED_MS;
  const clock = { now: () => nowMs, monotonicMs: () => nowMs };
  const engine = createEngine({ store, caseTypes, policies, office: 'MUH-FCP', clock });
  const about = (caseId: string | undefined) =>
    caseId === undefined ? { caseType: 'community.parkingDispute' } : { caseId };
  const run = async (name: string, input: unknown, role: string, caseId?: string) => {
    nowMs += SECOND_MS;
    const id = deriveId(`long case ${seed}`, String(nowMs));
    const command = { id, name, input, ...about(caseId) };
    const actor = { staff: role.toLowerCase(), role, office: 'MUH-FCP' };
    const outcome = await engine.execute(command, actor);
    if (outcome.kind === 'accepted') return outcome.case;
    throw new Error(`${name} was not recorded: ${JSON.stringify(outcome)}`);
  };
  const complaint = {
    complaintNo: 'MUH-C-1',
    subType: 'alley',
    place: 'alley-12',
    block: '215',
    publicImpact: 'neighbourhood',
    plate: '123456',
    narrative: 'Cars stand so that nobody can turn at the end of the alley.',
    accessNeeds: [],
  };
  let view = await run('RegisterComplaint', complaint, 'INT');
  while (view.position + 1 < events) {
    view = await run('ReviewCase', { next: 'continue' }, 'SUP', view.caseId);
  }
  return view.caseId;
}
