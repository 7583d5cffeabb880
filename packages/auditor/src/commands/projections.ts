// himaya projections: how far each read model has come, who works on it, and what it could not take.
import { projectionLease } from '@himaya/engine';
import type {
  EventStore,
  GlobalPosition,
  HeldLease,
  ParkedState,
  ProjectionState,
  ProjectionVersion,
  ReadStore,
} from '@himaya/event-store';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { liveStays, noProjection, noVersion } from '../mistakes.ts';
import type { Session } from '../session.ts';
import { openRead, openToRead } from '../stores.ts';

/** Options of `himaya projections`. */
export interface ProjectionsOptions {
  readonly read?: string;
  /** Tries again what is parked of this version, `name@1`. */
  readonly retry?: string;
  /** Lets everybody read this version from now on. */
  readonly live?: string;
  /** Removes this version. */
  readonly drop?: string;
}

/** What is told of one version. */
interface Told extends ProjectionState {
  readonly behind: number;
  /** Whether some process keeps it up at present. */
  readonly inHand: boolean;
  readonly waiting: readonly ParkedState[];
}

const PAGE_ENTRIES = 4_096;
/** Entries that are counted at most: behind by more is behind by much. */
const BEHIND_MAX = 100_000;

/** Lists projections, after a change if one is asked for. Ends with `wrong` if anything is parked. */
export async function showProjections(
  session: Session,
  options: ProjectionsOptions,
): Promise<ExitCode> {
  const { retry, live, drop } = options;
  const isLook = [retry, live, drop].every((one) => one === undefined);
  const readStore = await openRead(options.read, isLook);
  try {
    const { store } = await openToRead('--store', session.options.store);
    try {
      // Only once everything that is asked for can be done: a call that fails changes nothing.
      await change(readStore, options);
      const all = await toldOf(store, readStore);
      if (session.options.json) await session.out.json({ projections: all.map(toldJson) });
      else await show(session, all);
      return all.some(({ parked }) => parked > 0) ? EXIT.wrong : EXIT.ok;
    } finally {
      await store.close();
    }
  } finally {
    await readStore.close();
  }
}

async function change(
  readStore: ReadStore,
  { retry, live, drop }: ProjectionsOptions,
): Promise<void> {
  const known = await readStore.projections();
  const named = (given: string): ProjectionVersion => {
    const [, name = '', version] = /^(\w+)@(\d{1,4})$/.exec(given) ?? [];
    if (version === undefined) throw noVersion(given);
    const found = known.find((one) => one.name === name && one.version === Number(version));
    if (found) return found;
    throw noProjection(given, known.map((one) => `${one.name}@${one.version}`));
  };
  if (retry !== undefined) await readStore.askRetry(named(retry));
  if (live !== undefined) await readStore.makeLive(named(live));
  if (drop !== undefined && (await readStore.drop(named(drop))) === 'live') throw liveStays(drop);
}

async function toldOf(store: EventStore, readStore: ReadStore): Promise<readonly Told[]> {
  const [states, leases] = await Promise.all([readStore.projections(), readStore.leases()]);
  const all: Told[] = [];
  for (const state of states) {
    const behind = await entriesAfter(store, state.position);
    const waiting = state.parked > 0 ? await readStore.parked(state) : [];
    all.push({ ...state, behind, inHand: isInHand(state, leases), waiting });
  }
  return all;
}

function isInHand(projection: ProjectionVersion, leases: readonly HeldLease[]): boolean {
  const lease = leases.find(({ name }) => name === projectionLease(projection));
  return lease !== undefined && lease.leftMs > 0;
}

async function entriesAfter(store: EventStore, position: GlobalPosition): Promise<number> {
  let count = 0;
  for (let after = position; count < BEHIND_MAX; ) {
    const page = await store.readAll(after, PAGE_ENTRIES);
    if (page.entries.length === 0) break;
    count += page.entries.length;
    after = page.next;
  }
  return Math.min(count, BEHIND_MAX);
}

function toldJson({ name, version, status, position, behind, inHand, waiting }: Told): unknown {
  return {
    name,
    version,
    status,
    position: String(position),
    behind,
    isBehindMore: behind === BEHIND_MAX,
    inHand,
    parked: waiting,
  };
}

async function show({ out, speech }: Session, all: readonly Told[]): Promise<void> {
  const { say, count } = speech;
  const { green, yellow, red, bold } = out.colours;
  if (all.length === 0) await out.line(say('noProjections'));
  for (const { name, version, status, position, behind, inHand, parked, waiting } of all) {
    const paint = status === 'live' ? green : yellow;
    await out.line(`${bold(`${name}@${version}`)}  ${paint(say(`projection.${status}`))}`);
    const more = behind === BEHIND_MAX ? `${say('moreThan')} ` : '';
    const lag = behind === 0 ? say('upToDate') : `${more}${count(behind, 'entry')}`;
    await out.line(`${say('position')}: ${String(position)}`, 2);
    await out.line(`${say('behind')}: ${lag}`, 2);
    await out.line(`${say('inHand')}: ${say(inHand ? 'yes' : 'nobody')}`, 2);
    if (parked === 0) continue;
    await out.line(red(`✗ ${say('parked')}: ${count(parked, 'stream')}`), 2);
    for (const one of waiting) {
      const again = one.retry ? ` (${say('retryAsked')})` : '';
      await out.line(`${one.stream} ${say('position')} ${one.position} ${one.type}${again}`, 4);
      await out.line(one.reason, 6);
    }
  }
}
