// Reading actions: assign, raise and cancel, and named ones that become effects.
import { FACTS_KEY, isReservedEvent } from './events.ts';
import type { Action, AuthorFunction } from './model.ts';
import { checkFunction } from './read-function.ts';
import type { Reading } from './read-guard.ts';
import { isBuiltinAction } from './xstate-source.ts';
import type { BuiltinAction } from './xstate-source.ts';

const USE_NAMED = 'Use a named action: it comes back as an effect.';

const CURES: Readonly<Record<string, readonly [feature: string, cure: string]>> = {
  'xstate.enqueueActions': ['enqueueActions', 'List the actions; put conditions into guards.'],
  'xstate.sendTo': ['sendTo, sendParent or forwardTo', USE_NAMED],
  'xstate.spawnChild': ['spawnChild', USE_NAMED],
  'xstate.stopChild': ['stopChild', USE_NAMED],
  'xstate.emit': ['emit', USE_NAMED],
  'xstate.log': ['log', USE_NAMED],
};

const RESERVED_CURE = 'Names beginning with "xstate." or "@after." are reserved; choose another.';

/** Reads the actions of one list of the state at `path`, without the timers of `after`. */
export function readActions(
  reading: Reading,
  path: string,
  sources: readonly unknown[],
): readonly Action[] {
  const actions: Action[] = [];
  for (const source of sources) {
    if (isTimerAction(source)) continue;
    const action = readAction(reading, path, source);
    if (action !== undefined) actions.push(action);
  }
  return actions;
}

// XState appends to a state with `after` a delayed raise (entry) and a cancel (exit). Deadlines are
// recorded events here, so these two have nothing to do.
function isTimerAction(source: unknown): boolean {
  if (!isBuiltinAction(source)) return false;
  const id =
    source.type === 'xstate.raise'
      ? (source.event as { type?: unknown } | undefined)?.type
      : source.type === 'xstate.cancel' && source.sendId;
  return typeof id === 'string' && id.startsWith('xstate.after.');
}

function readAction(reading: Reading, path: string, source: unknown): Action | undefined {
  if (typeof source === 'function') {
    if (isBuiltinAction(source)) return readBuiltin(reading, path, source, undefined, undefined);
    const cure = 'Name it: setup({ actions: { name: () => {} } }); it comes back as an effect.';
    reading.problems.refuse(path, 'anonymous action', cure);
    return undefined;
  }
  const named = source as { readonly type?: unknown; readonly params?: unknown } | string;
  const name = typeof named === 'string' ? named : named.type;
  if (typeof name !== 'string') {
    reading.problems.refuse(path, 'an action that is not an action', 'Use a name or assign(...).');
    return undefined;
  }
  const params = typeof named === 'string' ? undefined : named.params;
  checkFunction(reading.problems, path, `params of action "${name}"`, params);
  const { actions } = reading.machine.implementations;
  const implementation = Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (typeof implementation !== 'function') {
    const cure = 'Declare it: setup({ actions: { name: () => {} } }).';
    reading.problems.refuse(path, `missing action "${name}"`, cure);
    return undefined;
  }
  if (isBuiltinAction(implementation)) {
    return readBuiltin(reading, path, implementation, name, params);
  }
  return { kind: 'effect', name, params };
}

function readBuiltin(
  reading: Reading,
  path: string,
  source: BuiltinAction,
  name: string | undefined,
  params: unknown,
): Action | undefined {
  switch (source.type) {
    case 'xstate.assign':
      return readAssign(reading, path, source, name, params);
    case 'xstate.raise':
      checkRaise(reading, path, source);
      return { kind: 'raise', name, event: source.event, params };
    case 'xstate.cancel':
      checkFunction(reading.problems, path, 'cancel', source.sendId);
      return { kind: 'cancel', name, sendId: source.sendId, params };
    default: {
      const [feature, cure] = CURES[source.type] ?? [source.type, USE_NAMED];
      reading.problems.refuse(path, feature, cure);
      return undefined;
    }
  }
}

function readAssign(
  reading: Reading,
  path: string,
  source: BuiltinAction,
  name: string | undefined,
  params: unknown,
): Action {
  if (typeof source.assignment === 'function') {
    const assignment = source.assignment as AuthorFunction;
    checkFunction(reading.problems, path, 'assign', assignment);
    return { kind: 'assign', name, assignment, keys: null, params };
  }
  const assignment = source.assignment as Readonly<Record<string, unknown>>;
  const keys = Object.keys(assignment);
  for (const key of keys) {
    checkFunction(reading.problems, path, `assign of "${key}"`, assignment[key]);
  }
  if (keys.includes(FACTS_KEY)) {
    const cure = 'Facts belong to one step; assign to a key of your own.';
    reading.problems.refuse(path, `assign to "${FACTS_KEY}"`, cure);
  }
  const assigned = keys.map((key) => ({ key, value: assignment[key] }));
  return { kind: 'assign', name, assignment: assigned, keys, params };
}

function checkRaise(reading: Reading, path: string, source: BuiltinAction): void {
  const { event, delay } = source;
  if (delay !== undefined) {
    const cure = 'Use a deadline: `after: { name: … }` with a named delay.';
    reading.problems.refuse(path, 'delayed raise', cure);
  }
  if (typeof event === 'function') {
    checkFunction(reading.problems, path, 'raise', event);
    return; // The type of the event is checked whenever it is raised.
  }
  const type = (event as { type?: unknown } | null)?.type;
  if (typeof type !== 'string') {
    reading.problems.refuse(path, 'raise of something else than an event', 'Give it a type.');
  } else if (isReservedEvent(type)) {
    reading.problems.refuse(path, `raise of reserved event "${type}"`, RESERVED_CURE);
  }
}
