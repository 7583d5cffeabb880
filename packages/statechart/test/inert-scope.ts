// What XState makes anew for each call of its own pure functions, once and for all: nothing happens in it.

/** A scope for `transition` and `getInitialSnapshot` of a machine. */
export const INERT_SCOPE = {
  self: {},
  defer: () => undefined,
  id: '',
  logger: () => undefined,
  sessionId: '',
  stopChild: () => undefined,
  emit: () => undefined,
  actionExecutor: () => undefined,
  system: { _sendInspectionEvent: () => undefined },
} as never;
