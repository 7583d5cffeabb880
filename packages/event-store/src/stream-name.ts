// Stream names: `<category>-<id>`, safe in every store, file name and report.
import { Fault } from './fault.ts';
import { STREAM_NAME_CHARS_MAX } from './limits.ts';

const FORM = /^[a-z][a-zA-Z0-9]*-[A-Za-z0-9._~-]+$/;

/**
 * Whether `value` is a stream name: a category `[a-z][a-zA-Z0-9]*`, a hyphen, and an id of
 * `[A-Za-z0-9._~-]`, together at most {@link STREAM_NAME_CHARS_MAX} characters.
 */
export function isStreamName(value: unknown): value is string {
  return typeof value === 'string' && value.length <= STREAM_NAME_CHARS_MAX && FORM.test(value);
}

/** Throws Fault `stream-name-invalid` unless `value` is a stream name. */
export function checkStreamName(value: unknown, attempted: string): void {
  if (isStreamName(value)) return;
  const shown = typeof value === 'string' ? JSON.stringify(value.slice(0, 80)) : typeof value;
  throw new Fault({
    code: 'stream-name-invalid',
    attempted,
    found: `${shown} is not <category>-<id> of at most ${STREAM_NAME_CHARS_MAX} characters`,
    todo: 'Use a category [a-z][a-zA-Z0-9]*, a hyphen, and an id of [A-Za-z0-9._~-].',
  });
}
