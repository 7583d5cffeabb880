// Refusing two parallel regions that assign one context key in one microstep.
import { entrySetOf, initialEntrySet } from './entry-set.ts';
import { Chains } from './region-chains.ts';
import { isWildcard, wildcardHears } from './events.ts';
import { areOrthogonal, isInside, isLeaf } from './model.ts';
import type { Action, ChartNode, Model, Transition } from './model.ts';
import type { Problems } from './problems.ts';

/** An assign at its place; a key of `null` may be any key, because the assign is a function. */
interface Write {
  readonly node: ChartNode;
  readonly key: string | null;
  readonly phase: 'exit' | 'take' | 'enter';
}

/**
 * The result of such a pair would depend on the order of the regions, which no reader of the chart
 * thinks of. Two transitions count as taken together when their states can be active together, some
 * event is heard by both, and neither leaves what the other one leaves; guards are not consulted,
 * so alternatives that exclude each other are refused too. What either of them causes in the same
 * step, by a raised event, an `onDone` or the `always` of a state it enters, counts with it. A
 * function-form assign may write any key: it is refused beside any other assign. Causes that follow
 * one another from a single transition have a fixed order, and are not refused.
 */
export function checkRegionWrites(model: Model, problems: Problems): void {
  const chains = new Chains(model);
  const writes = new Map(model.transitions.map((t) => [t, writesOf(model, t)]));
  const writersFrom = (start: Transition): readonly Transition[] =>
    [start, ...chains.after(start)].filter((t) => writes.get(t)?.length !== 0);
  refuseWithin(entryWrites(initialEntrySet(model.root)), problems);
  for (const [first, own] of writes) {
    refuseWithin(own, problems);
    for (const second of model.transitions) {
      if (second.index <= first.index || !canBeTakenTogether(first, second)) continue;
      for (const a of writersFrom(first)) {
        for (const b of writersFrom(second)) {
          const direct = a === first && b === second;
          if (direct || areOrthogonal(a.source, b.source)) refusePair(a, b, writes, problems);
        }
      }
    }
  }
}

function refusePair(
  first: Transition,
  second: Transition,
  writes: ReadonlyMap<Transition, readonly Write[]>,
  problems: Problems,
): void {
  for (const a of writes.get(first) ?? []) {
    const b = writes.get(second)?.find((write) => clash(a, write));
    if (b !== undefined) refuse(first.source, second.source, a, b, problems);
  }
}

function writesOf(model: Model, transition: Transition): readonly Write[] {
  const { source, actions, targets, domain } = transition;
  const writes = keysOf(actions).map((key): Write => ({ node: source, key, phase: 'take' }));
  if (targets.length === 0) return writes;
  const left = model.nodes.filter((node) => domain === undefined || isInside(node, domain));
  for (const node of left) {
    for (const key of keysOf(node.exit)) writes.push({ node, key, phase: 'exit' });
  }
  return [...writes, ...entryWrites(entrySetOf([transition]))];
}

function entryWrites(set: ReturnType<typeof entrySetOf>): readonly Write[] {
  return [...set.enter].flatMap((node) => {
    const actions = set.byDefault.has(node) ? [...node.entry, ...node.initialActions] : node.entry;
    return keysOf(actions).map((key): Write => ({ node, key, phase: 'enter' }));
  });
}

function keysOf(actions: readonly Action[]): readonly (string | null)[] {
  const keys = actions.flatMap((action): readonly (string | null)[] =>
    action.kind === 'assign' ? (action.keys ?? [null]) : [],
  );
  return [...new Set(keys)];
}

// Within one transition, only states of different regions that are left, or entered, together.
function refuseWithin(writes: readonly Write[], problems: Problems): void {
  writes.forEach((a, index) => {
    for (const b of writes.slice(index + 1)) {
      if (a.phase !== b.phase || !areOrthogonal(a.node, b.node)) continue;
      if (clash(a, b)) refuse(a.node, b.node, a, b, problems);
    }
  });
}

function clash(a: Write, b: Write): boolean {
  return a.key === null || b.key === null || a.key === b.key;
}

function canBeTakenTogether(a: Transition, b: Transition): boolean {
  if (!areOrthogonal(a.source, b.source) || !hearOneEvent(a, b)) return false;
  // Of two that leave common states only one is taken.
  return !leaveCommonStates(a, b);
}

function leaveCommonStates(a: Transition, b: Transition): boolean {
  if (a.targets.length === 0 || b.targets.length === 0) return false;
  // A state without children that targets itself leaves nothing, wherever the other one goes.
  if ([a, b].some(({ domain }) => domain !== undefined && isLeaf(domain))) return false;
  if (a.domain === undefined || b.domain === undefined || a.domain === b.domain) return true;
  return isInside(a.domain, b.domain) || isInside(b.domain, a.domain);
}

function hearOneEvent(a: Transition, b: Transition): boolean {
  if (a.descriptor === b.descriptor) return true;
  if (a.trigger === 'always' || b.trigger === 'always') return false;
  return (
    (isWildcard(a.descriptor) && wildcardHears(a.descriptor, b.descriptor)) ||
    (isWildcard(b.descriptor) && wildcardHears(b.descriptor, a.descriptor))
  );
}

function refuse(first: ChartNode, second: ChartNode, a: Write, b: Write, problems: Problems): void {
  const other = second.path;
  const key = a.key ?? b.key;
  if (a.key === null || b.key === null) {
    const cure = 'Write it as assign({ key: … }), so that its keys are known.';
    const what = key === null ? 'other assigns' : `an assign of "${key}"`;
    problems.refuse(first.path, `function-form assign beside ${what} in region "${other}"`, cure);
    return;
  }
  const cure = 'Let one region assign it, or give each region a key of its own.';
  problems.refuse(first.path, `assign of "${key}" together with region "${other}"`, cure);
}
