// Wake-ups: nothing is missed between two looks, many become one, and every watch ends.
import { expect, test } from 'vitest';
import { WakeUps } from '../src/wake-ups.ts';

function iteratorOf(wakeUps: WakeUps, signal: AbortSignal): AsyncIterator<void> {
  return wakeUps.watch(signal)[Symbol.asyncIterator]();
}

test('wake-ups › when several come between two looks › they are one', async () => {
  const wakeUps = new WakeUps();
  const controller = new AbortController();
  const watch = iteratorOf(wakeUps, controller.signal);
  wakeUps.wake();
  wakeUps.wake();
  expect(await watch.next()).toEqual({ done: false, value: undefined });
  const next = watch.next();
  controller.abort();
  expect(await next).toEqual({ done: true, value: undefined });
});

test('wake-ups › when one comes before the first look › it is not missed', async () => {
  const wakeUps = new WakeUps();
  const watch = iteratorOf(wakeUps, new AbortController().signal);
  wakeUps.wake();
  expect((await watch.next()).done).toBe(false);
});

test('wake-ups › when there are several watchers › each wakes, and leaves alone', async () => {
  const wakeUps = new WakeUps();
  const [one, two] = [new AbortController(), new AbortController()];
  const watches = [iteratorOf(wakeUps, one.signal), iteratorOf(wakeUps, two.signal)];
  const woken = Promise.all(watches.map((watch) => watch.next()));
  wakeUps.wake();
  expect((await woken).map(({ done }) => done)).toEqual([false, false]);
  one.abort();
  expect(wakeUps.count).toBe(1);
  await watches[1]?.return?.();
  expect(wakeUps.count).toBe(0);
});

test('wake-ups › when they have ended › a new watch is over at once', async () => {
  const wakeUps = new WakeUps();
  wakeUps.end();
  expect((await iteratorOf(wakeUps, new AbortController().signal).next()).done).toBe(true);
});
