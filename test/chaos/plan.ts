// The plan of a seed: which commands are given, by whom, and what is broken when.
import { seededRandom } from '@himaya/event-store/contract';
import { seededIds } from '@himaya/testkit';

/** A command that one of the writers has to bring to an answer. */
export interface PlannedCommand {
  readonly id: string;
  readonly name: 'Open' | 'Note' | 'Answer' | 'Take';
  readonly caseId: string;
  readonly input: Readonly<Record<string, string>>;
  /** Milliseconds to wait before it is given. */
  readonly pauseMs: number;
}

/** What one writer has to do. */
export interface WriterPlan {
  /** Each list is worked off in order, all of them at the same time. */
  readonly lanes: readonly (readonly PlannedCommand[])[];
  /** Tokens that it appends to streams that the other writer appends to as well. */
  readonly tokens: readonly { readonly stream: string; readonly token: string }[];
}

/** Something that is done to the processes, the connections or the server. */
export interface Blow {
  readonly atMs: number;
  readonly what: 'kill' | 'freeze' | 'cut' | 'deafen' | 'crash';
  /** The place of the process, for `kill` and `freeze`. */
  readonly victim: number;
  readonly lastsMs: number;
}

/** Everything that follows from a seed. */
export interface Plan {
  readonly seed: number;
  readonly caseIds: readonly string[];
  /** Of the two of a pair only one may be taken. */
  readonly pairs: readonly (readonly [string, string])[];
  readonly writers: readonly WriterPlan[];
  /** How far the clock of each process is off, in milliseconds of its own time. */
  readonly skewsMs: readonly number[];
  /** Which of its writes each process stops before: it goes on when others have gone on long since. */
  readonly stalls: readonly number[];
  readonly blows: readonly Blow[];
}

/** Writers come first, then workers. */
export const WRITERS = 2;
export const WORKERS = 2;
const PAIRS = 2;
const NOTES = 6;
const TOKENS = 5;
/** A stall before a later write than a process makes is none. */
const STALLS_BEFORE = 6;
const BLOWS_MAX = 4;
const LASTS_MS = 400;
const SKEW_MS_MAX = 120_000;
const KINDS = ['kill', 'kill', 'freeze', 'freeze', 'cut', 'deafen', 'crash'] as const;

/** The plan of a seed. */
export function planOf(seed: number): Plan {
  const random = seededRandom(seed);
  const below = (end: number): number => Math.floor(random() * end);
  const ids = seededIds(`chaos ${seed}`);
  const caseIds = Array.from({ length: PAIRS * 2 }, () => ids.next());
  const pairs = Array.from({ length: PAIRS }, (_, at) => at * 2).map(
    (at) => [caseIds[at], caseIds[at + 1]] as readonly [string, string],
  );
  const anyCase = (): string => caseIds[below(caseIds.length)] as string;
  const given = (
    name: PlannedCommand['name'],
    caseId: string,
    input: PlannedCommand['input'] = {},
    pauseMs = below(40),
  ): PlannedCommand => {
    const id = name === 'Open' ? caseId : ids.next();
    return { id, name, caseId, input, pauseMs };
  };
  const writers = Array.from({ length: WRITERS }, (_, place): WriterPlan => {
    const own = caseIds.filter((_case, at) => at % 2 === place % 2);
    const lives = own.map((caseId, at) => {
      const other = pairs[at]?.find((one) => one !== caseId) as string;
      const answers = random() < 0.6 ? [given('Answer', caseId, {}, 100 + below(200))] : [];
      return [given('Open', caseId), given('Take', caseId, { other }, 60), ...answers];
    });
    const notes = Array.from({ length: NOTES }, (_note, at) =>
      given('Note', anyCase(), { token: `${place}-${at}`, to: random() < 0.5 ? anyCase() : '' }),
    );
    const tokens = Array.from({ length: TOKENS }, (_token, at) => ({
      stream: `shared-${seed}-${below(2)}`,
      token: `raw ${place}-${at}`,
    }));
    return { lanes: [...lives, notes], tokens };
  });
  const blows = Array.from({ length: 2 + below(BLOWS_MAX - 1) }, (): Blow => ({
    atMs: below(LASTS_MS),
    what: KINDS[below(KINDS.length)] as Blow['what'],
    victim: below(WRITERS + WORKERS),
    lastsMs: 50 + below(550),
  }));
  return {
    seed,
    caseIds,
    pairs,
    writers,
    skewsMs: Array.from({ length: WRITERS + WORKERS }, () => (random() * 2 - 1) * SKEW_MS_MAX),
    stalls: Array.from({ length: WRITERS + WORKERS }, () => 1 + below(2 * STALLS_BEFORE)),
    blows: blows.toSorted((a, b) => a.atMs - b.atMs),
  };
}
