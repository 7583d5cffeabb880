// Random machines over the supported features, with a high share of parallel states that finish.
import { and, assign, cancel, createMachine, not, or, raise, stateIn } from 'xstate';
import type { AnyStateMachine } from 'xstate';

/** Choices made beforehand, so that fast-check can shrink them; zeros once they are used up. */
class Tape {
  readonly #choices: readonly number[];
  #next = 0;

  constructor(choices: readonly number[]) {
    this.#choices = choices;
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
}

type Config = Record<string, unknown>;
type Args = { readonly context: Record<string, number>; readonly event: { readonly n?: number } };

/** Event types that random machines hear; wildcards among them are `a.*` and `*`. */
export const randomEvents = ['a', 'b', 'c', 'a.x', 'a.y', 'r', 'huh'];

/** A machine, and the number of its states. */
export function randomMachine(choices: readonly number[]): [AnyStateMachine, number] {
  const tape = new Tape(choices);
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
      actions: { note: () => {}, tell: () => {}, bump: assign({ bumped: ({ event }) => event.n }) },
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
  const kind = deep ? 'atomic' : kindOf(tape, path.length);
  const shape: Shape = { path, kind, children: [], parent };
  numbers.set(shape, shapes.length);
  shapes.push(shape);
  if (kind === 'atomic') return shape;
  const count = kind === 'parallel' ? 2 + tape.pick(2) : 1 + tape.pick(3);
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

function kindOf(tape: Tape, depth: number): 'atomic' | 'compound' | 'parallel' {
  if (depth === 0) return tape.of(['compound', 'parallel', 'compound']);
  return tape.of(['atomic', 'compound', 'parallel', 'compound', 'atomic']);
}

function configOf(tape: Tape, shape: Shape, shapes: readonly Shape[]): Config {
  const config: Config = {};
  const own = `k${numbers.get(shape) ?? 0}`;
  if (shape.kind === 'parallel' || shape.kind === 'final') config['type'] = shape.kind;
  if (tape.rarely(3)) config['tags'] = [tape.of(['x', 'y', 'z'])];
  if (tape.rarely(3)) config['entry'] = actionsOf(tape, own, true);
  if (tape.rarely(4)) config['exit'] = actionsOf(tape, own, true);
  if ((shape.kind === 'final' || shape.parent === undefined) && tape.rarely(2)) {
    config['output'] = tape.rarely(2) ? own : ({ event }: Args) => [own, event.n ?? -1];
  }
  if (shape.children.length > 0) addChildren(tape, shape, shapes, config, own);
  if (shape.kind === 'final') return config;
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
    on[descriptor] = transitionsOf(tape, shape, shapes, own);
  }
  return on;
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
  const id = (at: Shape): string => `#${['m', ...at.path].join('.')}`;
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

function within(tape: Tape, shape: Shape): Shape {
  return shape.children.length > 0 && tape.rarely(2) ? tape.of(shape.children) : shape;
}

function guardOf(tape: Tape, shapes: readonly Shape[]): unknown {
  const at = tape.of(shapes);
  const inState =
    at.path.length === 0 || tape.rarely(2)
      ? stateIn(`#${['m', ...at.path].join('.')}` as never)
      : stateIn(at.path.join('.') as never);
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

// Each state writes a key of its own: what would depend on the order of regions is refused anyway.
function actionsOf(tape: Tape, own: string, raises: boolean): readonly unknown[] {
  return Array.from({ length: 1 + tape.pick(2) }, () => {
    switch (tape.pick(raises ? 6 : 5)) {
      case 0:
        return assign({ [own]: ({ context }: Args) => (context[own] ?? 0) + 1 } as never);
      case 1:
        return { type: 'tell', params: { own } };
      case 2:
        return { type: 'note', params: ({ context, event }: Args) => [context[own], event.n] };
      case 3:
        return cancel(own);
      case 4:
        return assign({ [own]: ({ event }: Args) => event.n ?? -1 } as never);
      default:
        return tape.rarely(2)
          ? raise((({ event }: Args) => ({ type: 'r', n: event.n ?? 0 })) as never)
          : raise({ type: 'r', n: 1 } as never);
    }
  });
}
