// Functions of a case type fail by fault: named, without a word of what they saw.
import { Fault, isFault } from '@himaya/event-store';
import type { CaseType } from './compiled.ts';

/**
 * Runs functions that the author of a case type wrote, for `command`. What they throw becomes Fault
 * `definition-broken`, which says where and what kind, but not the message: it may quote the case.
 */
export function authored<Result>(
  { name, version }: Pick<CaseType, 'name' | 'version'>,
  command: string,
  run: () => Result,
): Result {
  try {
    return run();
  } catch (error) {
    if (isFault(error)) throw error;
    throw new Fault({
      code: 'definition-broken',
      attempted: `Cannot judge ${command}`,
      found: `a function of ${name}@${version} threw ${kindOf(error)}`,
      todo: 'Mend the case type; nothing was recorded',
      data: { at: placeOf(error) },
    });
  }
}

/** The kind of what was thrown, never its message. */
export function kindOf(error: unknown): string {
  return error instanceof Error ? error.constructor.name : typeof error;
}

/** What may be said of an error to people who look after the engine: of what is no fault, its kind. */
export function whyOf(error: unknown): string {
  return isFault(error) ? error.message : `it threw ${kindOf(error)}`;
}

/** The place that threw, from behind the message in the stack. */
function placeOf(error: unknown): string {
  if (!(error instanceof Error) || error.stack === undefined) return 'unknown';
  const { stack, message } = error;
  const frames = stack.slice(stack.indexOf(message) + message.length).split('\n');
  return frames.find((line) => line.startsWith('    at '))?.trim() ?? 'unknown';
}
