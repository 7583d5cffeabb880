// Random machines over the supported features, with a high share of parallel states that finish.
import { and, assign, cancel, createMachine, not, or, raise, stateIn } from 'xstate';
import { ruleGuard } from '../src/index.ts';
import type { AnyStateMachine } from 'xstate';

/** Choices made beforehand, so that fast-check can shrink them; zeros once they are used up. */
class Tape {
  /** Whether transitions get rules; the number of the next one follows. */
  readonly rules: Rules;
  ruleNext = 0;
  readonly #choices: readonly number[];
  #next = 0;

  constructor(choices: readonly number[], rules: Rules) {
    this.#choices = choices;
    this.rules = rules;
  }

  /** 0 … count - 1; 0 is always the plainest choice. */
  pick(count: number): number {
    return (this.#choices[this.#next++] ?? 0) % count;
  }

  /** True once in `odds`. */
  rarely(odds: number): boolean {
    return this.pick(odds) === odds - 1;
  }

  of<T>(choices: readonly T[]): T {
    return choices[this.pick(choices.length)] as T;
  }
}

interface Shape {
  readonly path: readonly string[];
  readonly kind: 'atomic' | 'compound' | 'parallel' | 'final';
  readonly children: Shape[];
  readonly parent: Shape | undefined;
  /** Of a state that does little else than finish its region. */
  readonly finishes?: true;
}

type Config = Record<string, unknown>;
type Args = { readonly context: Record<string, number>; readonly event: { readonly n?: number } };

/** Event types that random machines hear; wildcards among them are `a.*` and `*`. */
export const randomEvents = ['a', 'b', 'c', 'a.x', 'a.y', 'r', 'huh'];

/**
 * `marked`: every third transition tells by the effect `took` that it was taken, with its rule's
 * number and its event. `judged`: and that rule guards it.
 */
type Rules = 'none' | 'marked' | 'judged';

/** Whether the rule with this number refuses an event. */
export function ruleFails(rule: number, n: number): boolean {
  return (n + rule) % 4 === 0;
}

/** A machine, and the number of its states. */
export function randomMachine(
  choices: readonly number[],
  rules: Rules = 'none',
): [AnyStateMachine, number] {
  const tape = new Tape(choices, rules);
  const shapes: Shape[] = [];
  growShape(tape, [], undefined, shapes);
  const root = shapes[0] as Shape;
  const config = configOf(tape, root, shapes);
  const machine = createMachine(
    { ...config, id: 'm', context: {}, options: { maxIterations: 1000 } } as never,
    {
      guards: {
        even: ({ event }: Args) => (event.n ?? 0) % 2 === 0,
        below: ({ event }: Args, params: { most: number }) => (event.n ?? 0) < params.most,
        both: and(['even', { type: 'below', params: { most: 6 } }]),
      },
      actions: {
        note: () => {},
        tell: () => {},
        took: () => {},
        ...Object.fromEntries(shapes.map((shape) => [`put-${keyOf(shape)}`, putOf(shape)])),
      },
      delays: Object.fromEntries(shapes.map((shape) => [delayOf(shape), 10])),
    } as never,
  );
  return [machine as unknown as AnyStateMachine, shapes.length];
}

/** The events of the delays that the first `count` states may have. */
export function randomAfterEvents(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `@after.d${index}`);
}

const numbers = new WeakMap<Shape, number>();

function keyOf(shape: Shape): string {
  return `k${numbers.get(shape) ?? 0}`;
}

// A named assign with params, to the key of its state.
function putOf(shape: Shape): unknown {
  const last = ({ context }: Args, { by }: { by: number }): number =>
    (context[keyOf(shape)] ?? 0) + by;
  return assign({ [keyOf(shape)]: last } as never);
}

function delayOf(shape: Shape): string {
  return `d${numbers.get(shape) ?? 0}`;
}

const STATES_MAX = 26;

function growShape(
  tape: Tape,
  path: readonly string[],
  parent: Shape | undefined,
  shapes: Shape[],
): Shape {
  const deep = path.length >= 4 || shapes.length >= STATES_MAX;
  const kind = deep ? 'atomic' : kindOf(tape, path.length, parent);
  const shape: Shape = { path, kind, children: [], parent };
  numbers.set(shape, shapes.length);
  shapes.push(shape);
  if (kind === 'atomic') return shape;
  const count = kind === 'parallel' ? 2 + tape.pick(2) : 1 + tape.pick(3);
  if (kind === 'parallel' && tape.pick(3) > 0) {
    for (let i = 0; i < count; i++) shape.children.push(growFinishing(`s${i}`, shape, shapes));
    return shape;
  }
  for (let i = 0; i < count; i++) {
    shape.children.push(growShape(tape, [...path, `s${i}`], shape, shapes));
  }
  // Most compound states inside a parallel one can finish: parallel done events are easily missed.
  if (kind === 'compound' && !tape.rarely(parent?.kind === 'parallel' ? 5 : 3)) {
    const final: Shape = { path: [...path, 'f'], kind: 'final', children: [], parent: shape };
    numbers.set(final, shapes.length);
    shapes.push(final);
    shape.children.push(final);
  }
  return shape;
}

// A region of two states. Parallel states are done only when all regions are, which chance alone
// hardly ever brings about.
function growFinishing(key: string, parent: Shape, shapes: Shape[]): Shape {
  const grow = (shape: Shape): Shape => {
    numbers.set(shape, shapes.length);
    shapes.push(shape);
    return shape;
  };
  const path = [...parent.path, key];
  const region = grow({ path, kind: 'compound', children: [], parent });
  const child = (name: string) => ({ path: [...path, name], children: [], parent: region });
  region.children.push(grow({ ...child('s0'), kind: 'atomic', finishes: true }));
  region.children.push(grow({ ...child('f'), kind: 'final' }));
  return region;
}

// Regions can mostly finish, and none of them is cut off before it could.
function kindOf(
  tape: Tape,
  depth: number,
  parent: Shape | undefined,
): 'atomic' | 'compound' | 'parallel' {
  if (depth === 0) return tape.of(['compound', 'parallel', 'compound']);
  if (depth === 3) return tape.of(['atomic', 'compound']);
  if (parent?.kind === 'parallel') return tape.of(['compound', 'parallel', 'compound']);
  return tape.of(['atomic', 'parallel', 'compound', 'parallel', 'compound']);
}

function configOf(tape: Tape, shape: Shape, shapes: readonly Shape[]): Config {
  const config: Config = {};
  const own = keyOf(shape);
  if (shape.path.length > 0) config['id'] = idOf(shape);
  if (tape.rarely(4)) config['meta'] = { of: own };
  if (shape.kind === 'parallel' || shape.kind === 'final') config['type'] = shape.kind;
  if (tape.rarely(3)) config['tags'] = [tape.of(['x', 'y', 'z'])];
  if (tape.rarely(3)) config['entry'] = actionsOf(tape, own, true);
  if (tape.rarely(4)) config['exit'] = actionsOf(tape, own, true);
  if ((shape.kind === 'final' || shape.parent === undefined) && tape.rarely(2)) {
    config['output'] = tape.rarely(2) ? own : ({ event }: Args) => [own, event.n ?? -1];
  }
  if (shape.children.length > 0) addChildren(tape, shape, shapes, config, own);
  if (shape.kind === 'final') return config;
  if (shape.finishes === true) return { ...config, ...finishingOf(tape, shape, shapes) };
  config['on'] = onOf(tape, shape, shapes, own);
  if (tape.rarely(5)) {
    config['after'] = { [delayOf(shape)]: transitionsOf(tape, shape, shapes, own) };
  }
  if (tape.rarely(6)) {
    const target = targetOf(tape, shape, shapes);
    config['always'] = { guard: guardOf(tape, shapes), ...(target && { target }) };
  }
  return config;
}

function finishingOf(tape: Tape, shape: Shape, shapes: readonly Shape[]): Config {
  const to = { target: `#${idOf(shape.parent?.children.at(-1) ?? shape)}` };
  if (tape.rarely(5)) return { always: { ...to, guard: guardOf(tape, shapes) } };
  const transition = tape.rarely(5) ? { ...to, guard: guardOf(tape, shapes) } : to;
  return { on: { [tape.of(['a', 'a.*', '*', 'r'])]: transition } };
}

function addChildren(
  tape: Tape,
  shape: Shape,
  shapes: readonly Shape[],
  config: Config,
  own: string,
): void {
  config['states'] = Object.fromEntries(
    shape.children.map((child) => [child.path.at(-1), configOf(tape, child, shapes)]),
  );
  if (shape.kind === 'compound') {
    const first = shape.children[0]?.path.at(-1);
    config['initial'] = tape.rarely(6)
      ? { target: first, actions: { type: 'note', params: { own } } }
      : first;
  }
  if (tape.rarely(2)) config['onDone'] = transitionsOf(tape, shape, shapes, own);
}

function onOf(tape: Tape, shape: Shape, shapes: readonly Shape[], own: string): Config {
  const on: Config = {};
  for (let count = 1 + tape.pick(3); count > 0; count--) {
    const descriptor = tape.of(['a', 'b', 'c', 'r', 'a.x', 'a.*', 'a', 'b', '*']);
    on[descriptor] = transitionsOf(tape, shape, shapes, own).map((to) => withRule(tape, to));
  }
  const final = shape.parent?.children.find(({ kind }) => kind === 'final');
  if (final !== undefined && !tape.rarely(3)) on[tape.of(['a', 'b', 'c'])] = `#${idOf(final)}`;
  return on;
}

function withRule(tape: Tape, transition: Config): Config {
  if (tape.rules === 'none' || !tape.rarely(3)) return transition;
  const rule = tape.ruleNext++;
  const took = {
    type: 'took',
    params: ({ event }: Args & { event: { type: string } }) => [rule, event.type, event.n ?? 0],
  };
  const marked = { ...transition, actions: [...((transition['actions'] ?? []) as []), took] };
  if (tape.rules === 'marked') return marked;
  const judged = ruleGuard([
    { code: `${rule}`, holds: ({ event }: Args) => !ruleFails(rule, event.n ?? 0) },
  ]);
  const { guard } = transition;
  return { ...marked, guard: guard === undefined ? judged : and([guard, judged] as never) };
}

function transitionsOf(
  tape: Tape,
  shape: Shape,
  shapes: readonly Shape[],
  own: string,
): readonly Config[] {
  return Array.from({ length: 1 + Number(tape.rarely(3)) }, () => {
    const target = targetOf(tape, shape, shapes);
    const guarded = tape.rarely(3);
    const acts = tape.rarely(2);
    return {
      ...(target && { target }),
      ...(guarded && { guard: guardOf(tape, shapes) }),
      ...(acts && { actions: actionsOf(tape, own, true) }),
      ...(tape.rarely(6) && { reenter: true }),
    };
  });
}

function targetOf(
  tape: Tape,
  shape: Shape,
  shapes: readonly Shape[],
): string | readonly string[] | undefined {
  const id = (at: Shape): string => `#${idOf(at)}`;
  const siblings = shape.parent?.kind === 'compound' ? shape.parent.children : [];
  switch (tape.pick(6)) {
    case 0:
    case 1:
      return siblings.length > 0 ? id(tape.of(siblings)) : undefined;
    case 2:
      return id(tape.of(shapes));
    case 3:
      return shape.children.length > 0 ? id(tape.of(shape.children)) : id(shape);
    case 4: {
      const parallels = shapes.filter(({ kind }) => kind === 'parallel');
      if (parallels.length === 0) return undefined;
      const regions = tape.of(parallels).children.filter(() => !tape.rarely(4));
      return regions.length === 0 ? undefined : regions.map((at) => id(within(tape, at)));
    }
    default:
      return undefined;
  }
}

// Every third state has an id of its own making.
function idOf(shape: Shape): string {
  const number = numbers.get(shape) ?? 0;
  return number % 3 === 2 ? `own-${number}` : ['m', ...shape.path].join('.');
}

function within(tape: Tape, shape: Shape): Shape {
  return shape.children.length > 0 && tape.rarely(2) ? tape.of(shape.children) : shape;
}

function guardOf(tape: Tape, shapes: readonly Shape[]): unknown {
  const at = tape.of(shapes);
  const inState = stateIn(
    (at.path.length === 0
      ? `#${idOf(at)}`
      : tape.of([`#${idOf(at)}`, at.path.join('.'), valueOf(at.path)])) as never,
  );
  return [
    'even',
    ({ event }: Args) => (event.n ?? 0) > 3,
    { type: 'below', params: { most: 5 } },
    { type: 'below', params: ({ event }: Args) => ({ most: 3 + ((event.n ?? 0) % 3) }) },
    inState,
    not(inState as never),
    or(['even', inState] as never),
    and([not('even'), { type: 'below', params: { most: 8 } }] as never),
    'both',
  ][tape.pick(9)];
}

// A path as XState writes it: the last two keys may be a string.
function valueOf(path: readonly string[]): unknown {
  const [first, ...rest] = path;
  if (rest.length === 0) return first;
  return { [first as string]: valueOf(rest) };
}

// Each state writes a key of its own: what would depend on the order of regions is refused anyway.
function actionsOf(tape: Tape, own: string, raises: boolean): readonly unknown[] {
  return Array.from({ length: 1 + tape.pick(2) }, () => {
    switch (tape.pick(raises ? 7 : 5)) {
      case 0:
        return assign({ [own]: ({ context }: Args) => (context[own] ?? 0) + 1 } as never);
      case 1:
        return { type: 'tell', params: { own } };
      case 2:
        return { type: 'note', params: ({ context, event }: Args) => [context[own], event.n] };
      case 3:
        return cancel(own);
      case 5:
        return { type: `put-${own}`, params: ({ event }: Args) => ({ by: event.n ?? 1 }) };
      case 4:
        return assign({ [own]: ({ event }: Args) => event.n ?? -1 } as never);
      default:
        return tape.rarely(2)
          ? raise((({ event }: Args) => ({ type: 'r', n: event.n ?? 0 })) as never)
          : raise({ type: 'r', n: 1 } as never);
    }
  });
}
