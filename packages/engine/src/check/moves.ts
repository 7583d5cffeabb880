// The steps that a check tries in every state: events of commands, deadlines, and what is hidden.
import { afterEvent } from '@himaya/statechart';
import type { CaseType } from '../compiled.ts';
import { concernsOf } from '../event-index.ts';
import type { Abstraction } from './abstraction.ts';
import { OTHER } from './deciding.ts';
import { canMatter } from './mattering.ts';

/** The deadline that a step is about. */
export interface MovedDeadline {
  readonly name: string;
  readonly code: string;
  readonly part: string;
  readonly level: number;
}

/** A step that may be tried in every state. */
export interface Move {
  readonly type: string;
  readonly lenient: boolean;
  readonly emergency: boolean;
  readonly roles: readonly string[];
  /** It arms, moves or disarms a kept deadline. */
  readonly isTimed: boolean;
  /** Of a deadline that is not kept: its name, and the part it is for. */
  readonly deadline?: MovedDeadline;
}

/** What moves are made of. */
export interface Moving {
  readonly whole: CaseType;
  readonly abstract: CaseType;
  readonly abstraction: Abstraction;
  /** Whether a claim looks at steps of an event: then it is tried also where it changes nothing. */
  isWatched(type: string): boolean;
}

/** Every move. */
export function movesOf(moving: Moving): readonly Move[] {
  return [...eventMoves(moving), ...deadlineMoves(moving)];
}

/** Events that no command records, each by itself: what a consequence may record unseen. */
export function aloneMoves(moving: Moving, types: Iterable<string>): readonly Move[] {
  const { commands } = moving.whole;
  const commanded = new Set(Object.values(commands).flatMap(({ records }) => records));
  const frame = { lenient: true, emergency: false, roles: ['SYS'] };
  return [...types]
    .filter((type) => !commanded.has(type) && isTried(moving, type))
    .map((type) => ({ ...frame, type, isTimed: isTimed(moving, type) }));
}

function isTried({ abstract, isWatched }: Moving, type: string): boolean {
  return isWatched(type) || canMatter(abstract, type);
}

function isTimed({ abstract }: Moving, type: string): boolean {
  return concernsOf(abstract, type).deadlines.length > 0;
}

function eventMoves(moving: Moving): readonly Move[] {
  const types = Object.keys(moving.whole.events).filter((type) => isTried(moving, type));
  return types.flatMap((type) => movesOn(moving, type));
}

/** The ways in which commands record an event. */
export function movesOn(moving: Moving, type: string): readonly Move[] {
  const { commands, labels } = moving.whole;
  const frames = new Map<string, Pick<Move, 'lenient' | 'emergency'>>();
  for (const { records, polarity, emergency = false } of Object.values(commands)) {
    if (![records].flat().includes(type)) continue;
    const lenient = polarity === 'protective';
    frames.set(`${lenient} ${emergency}`, { lenient, emergency });
  }
  const roles = Object.keys(labels.roles);
  return [...frames.values()].map((frame) => ({
    ...frame,
    type,
    roles,
    isTimed: isTimed(moving, type),
  }));
}

function deadlineMoves(moving: Moving): readonly Move[] {
  const { whole, abstraction } = moving;
  const isHeard = isTried(moving, 'DeadlineEscalated');
  const head = { lenient: true, emergency: false, roles: ['SYS'], isTimed: false };
  return Object.entries(whole.deadlines).flatMap(([name, { part, marks = [] }]) => {
    const isKept = abstraction.deadlines.includes(name);
    return partsOf(part, abstraction).flatMap((id): readonly Move[] => {
      const deadline = { name, code: whole.deadlines[name]?.code ?? name, part: id };
      const reached: Move = {
        ...head,
        type: 'DeadlineReached',
        deadline: { ...deadline, level: 0 },
      };
      const escalated = marks.map((_, index): Move => ({
        ...head,
        type: 'DeadlineEscalated',
        deadline: { ...deadline, level: index + 1 },
      }));
      const isReached = !(isKept && id !== OTHER) && isReachedTried(moving, name, id);
      return [...(isReached ? [reached] : []), ...(isHeard ? escalated : [])];
    });
  });
}

/** Whether reaching a deadline that is not kept can do anything. */
function isReachedTried(moving: Moving, name: string, id: string): boolean {
  const { whole, abstract } = moving;
  const kind = whole.deadlines[name]?.part;
  const part = kind === undefined ? undefined : abstract.parts[kind];
  const isHeard = part
    ? id !== OTHER && part.chart.eventTypes.includes(afterEvent(name))
    : abstract.chart.eventTypes.includes(afterEvent(name));
  return isHeard || isTried(moving, 'DeadlineReached');
}

function partsOf(kind: string | undefined, { parts }: Abstraction): readonly string[] {
  if (kind === undefined) return [''];
  const max = parts[kind]?.max ?? 0;
  return [...Array.from({ length: max }, (_, index) => `${kind}${index + 1}`), OTHER];
}

/** Which fields of events name parts of kept kinds. */
export function idFieldsOf(
  caseType: CaseType,
  { parts }: Abstraction,
): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const kind of Object.keys(parts)) {
    const data = new Proxy({}, {
      get: (_, key) => {
        if (typeof key === 'string') fields.set(key, kind);
        return '';
      },
    });
    caseType.parts[kind]?.key({ type: '', data } as never);
  }
  return fields;
}
