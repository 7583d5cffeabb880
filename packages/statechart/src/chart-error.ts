// Faults of a chart at work: what was attempted, what was found, what to do.

/** Why a chart could not do what it was asked; stable, to be compared by value. */
export type ChartErrorCode =
  | 'action-threw'
  | 'configuration-unknown'
  | 'context-not-plain'
  | 'context-threw'
  | 'event-reserved'
  | 'guard-threw'
  | 'microstep-limit'
  | 'self-is-not-available'
  | 'start-refused'
  | 'state-unknown';

/** A fault, never an expected outcome: those are values of {@link StepResult}. */
export class ChartError extends Error {
  override readonly name = 'ChartError';
  readonly code: ChartErrorCode;
  /** The paths of the states concerned. */
  readonly states: readonly string[];

  constructor(
    code: ChartErrorCode,
    message: string,
    states: readonly string[] = [],
    options?: ErrorOptions,
  ) {
    super(`[${code}] ${message}`, options);
    this.code = code;
    this.states = states;
  }
}

/** Recognises a {@link ChartError}, of one code if given, from any copy of this package. */
export function isChartError(error: unknown, code?: ChartErrorCode): error is ChartError {
  if (!(error instanceof Error) || error.name !== 'ChartError') return false;
  return code === undefined || (error as ChartError).code === code;
}
