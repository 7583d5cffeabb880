// Which parts, deadlines and consequences an event type concerns, worked out once per case type.
import type { ConsequenceSpec, DeadlineSpec } from './case-type.ts';
import type { CaseType, CompiledPart } from './compiled.ts';

/** Everything of a case type that an event of one type concerns, in declared order. */
export interface EventConcerns {
  /** Kinds of parts that it opens or steps by name. */
  readonly named: readonly { readonly part: CompiledPart; readonly opens: boolean }[];
  /** Kinds of parts that hear it. */
  readonly hearing: readonly CompiledPart[];
  readonly deadlines: readonly DeadlineConcern[];
  readonly consequences: readonly ConsequenceSpec[];
}

/** What an event does to one deadline. */
export interface DeadlineConcern {
  readonly name: string;
  readonly spec: DeadlineSpec;
  readonly arms: boolean;
  readonly moves: boolean;
  readonly disarms: boolean;
}

const indexes = new WeakMap<CaseType, Map<string, EventConcerns>>();

/** What an event type concerns in a case type. */
export function concernsOf(caseType: CaseType, type: string): EventConcerns {
  let index = indexes.get(caseType);
  if (!index) indexes.set(caseType, (index = new Map()));
  const known = index.get(type);
  if (known) return known;
  const made = makeConcerns(caseType, type);
  index.set(type, made);
  return made;
}

function makeConcerns(caseType: CaseType, type: string): EventConcerns {
  const parts = Object.values(caseType.parts);
  const deadlines = Object.entries(caseType.deadlines).map(([name, spec]) => ({
    name,
    spec,
    arms: (spec.armedBy as readonly string[]).includes(type),
    moves: spec.movedBy?.includes(type) ?? false,
    disarms: spec.disarmedBy.includes(type),
  }));
  return {
    named: parts
      .map((part) => ({ part, opens: part.opens.includes(type) }))
      .filter(({ part, opens }) => opens || part.on.includes(type)),
    hearing: parts.filter((part) => part.hears?.includes(type) ?? false),
    deadlines: deadlines.filter(({ arms, moves, disarms }) => arms || moves || disarms),
    consequences: caseType.consequences.filter(({ on }) =>
      (on as readonly string[]).includes(type),
    ),
  };
}
