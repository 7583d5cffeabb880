// Calls to the server: each bounded in time, and made again while the way to the server is lost.
import { setTimeout as pause } from 'node:timers/promises';
import { isConnectionLost, isLate, Unanswered } from './eventstoredb-faults.ts';
import { RETRY_PAUSE_MS, TRIES_PER_WAIT } from './limits.ts';

/**
 * Makes a call that changes nothing when it is made twice, until it is answered or `giveUpAtMs`
 * (of `performance.now()`) is near.
 *
 * @param call gets the milliseconds that it may take.
 */
export async function persist<Value>(
  call: (timeoutMs: number) => Promise<Value>,
  giveUpAtMs: number,
): Promise<Value> {
  let pauseMs: number = RETRY_PAUSE_MS.first;
  let lost: unknown;
  const tryMs = Math.ceil((giveUpAtMs - performance.now()) / TRIES_PER_WAIT);
  for (;;) {
    const leftMs = giveUpAtMs - performance.now();
    // That the way to the server was lost says more than that nothing came in the end.
    if (leftMs <= 0) throw lost ?? new Unanswered('no answer in time');
    try {
      return await call(Math.max(1, Math.min(tryMs, leftMs)));
    } catch (error) {
      if (!isConnectionLost(error)) throw error;
      if (!isLate(error)) lost = error;
      if (performance.now() + pauseMs > giveUpAtMs) throw lost ?? error;
      await pause(pauseMs);
      pauseMs = Math.min(pauseMs * 2, RETRY_PAUSE_MS.most);
    }
  }
}

/** What `work` comes to, or {@link Unanswered} after so many milliseconds. */
export async function within<Value>(
  work: Promise<Value>,
  timeoutMs: number,
  giveUp?: () => unknown,
): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Unanswered('no answer in time'));
      giveUp?.();
    }, timeoutMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
