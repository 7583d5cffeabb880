// Waiting for the host: so long and no longer, because other commands of the case wait behind.
import { Fault } from '@himaya/event-store';
import type { EngineOptions } from './ports.ts';

/** Longest wait for an answer of the host, in milliseconds, unless it says otherwise. */
const HOST_WAIT_MS = 10_000;

/**
 * What a function of the host answers, asked on behalf of `what`.
 * @throws Fault `host-silent` when there is no answer in time; whatever the function throws
 */
export async function hostAnswer<Answer>(
  { hostWaitMs = HOST_WAIT_MS }: Pick<EngineOptions, 'hostWaitMs'>,
  port: 'authenticate' | 'authorise' | 'facts',
  what: string,
  ask: () => Answer | Promise<Answer>,
): Promise<Answer> {
  const asked = ask();
  if (!isLater(asked)) return asked;
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(silent(port, what, hostWaitMs)), hostWaitMs);
  });
  try {
    return await Promise.race([asked, silence]);
  } finally {
    clearTimeout(timer);
  }
}

function isLater<Answer>(asked: Answer | Promise<Answer>): asked is Promise<Answer> {
  return typeof (asked as Partial<Promise<Answer>> | undefined)?.then === 'function';
}

function silent(port: string, what: string, waitMs: number): Fault {
  return new Fault({
    code: 'host-silent',
    attempted: `Cannot judge ${what}`,
    found: `${port} has not answered within ${waitMs} ms`,
    todo: `Let ${port} answer in time, or raise hostWaitMs; nothing was recorded`,
  });
}
