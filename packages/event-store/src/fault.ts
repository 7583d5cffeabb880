// Faults: what went wrong outside the rules, in one sentence that says what to do.

/** The parts of a fault's message. */
export interface FaultParts {
  /** Kebab-case, stable: recognise a fault by this. */
  readonly code: string;
  /** What was attempted, on what: `Cannot append to "case-…"`. */
  readonly attempted: string;
  /** What was found. */
  readonly found: string;
  /** What the reader should do. */
  readonly todo: string;
  /** Values for programs; never secrets or personal data. */
  readonly data?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/**
 * A failure that is not an outcome: a damaged file, a limit exceeded, a broken definition.
 * `message` reads `[code] attempted: found. todo`. Recognise with {@link isFault}, not
 * `instanceof`, so that two copies of this package agree.
 */
export class Fault extends Error {
  readonly code: string;
  readonly attempted: string;
  readonly found: string;
  readonly todo: string;
  readonly data: Readonly<Record<string, unknown>>;

  constructor(parts: FaultParts) {
    const { code, attempted, found, todo, cause } = parts;
    super(`[${code}] ${attempted}: ${found}. ${todo}`, { cause });
    this.name = 'Fault';
    this.code = parts.code;
    this.attempted = parts.attempted;
    this.found = parts.found;
    this.todo = parts.todo;
    this.data = parts.data ?? {};
  }
}

/** Whether `error` is a {@link Fault}, of this code if one is given. */
export function isFault(error: unknown, code?: string): error is Fault {
  return (
    error instanceof Error &&
    error.name === 'Fault' &&
    typeof (error as { code?: unknown }).code === 'string' &&
    (code === undefined || (error as Fault).code === code)
  );
}
