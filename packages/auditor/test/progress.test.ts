// Progress: silent while short, a line that is written over on a terminal, lines now and then else.
import { expect, test } from 'vitest';
import { Output } from '../src/output.ts';
import { Progress } from '../src/progress.ts';
import { speech } from '../src/words.ts';

interface Watched {
  readonly progress: Progress;
  text(): string;
  pass(ms: number): void;
}

function watched(isTTY: boolean): Watched {
  let text = '';
  let now = 0;
  const write = (more: string): boolean => {
    text += more;
    return true;
  };
  const err = new Output({ write, once: () => undefined, isTTY }, {});
  const progress = new Progress(err, speech('en'), () => now);
  return { progress, text: () => text, pass: (ms) => (now += ms) };
}

test('progress › of a short run › says nothing', () => {
  const { progress, text, pass } = watched(true);
  pass(400);
  progress.read(64);
  progress.clear();
  expect(text()).toBe('');
});

test('progress › in a pipe › says so within two seconds, then every ten', () => {
  const { progress, text, pass } = watched(false);
  for (let second = 0; second < 12; second += 1) {
    pass(1_000);
    progress.read(100);
    progress.clear();
  }
  expect(text()).toBe('himaya: 100 entries read\nhimaya: 1100 entries read\n');
});

test('progress › on a terminal › is one line that is taken off before the answer', () => {
  const { progress, text, pass } = watched(true);
  pass(600);
  progress.read(100);
  pass(100);
  progress.read(100);
  pass(100);
  progress.read(100);
  progress.clear();
  expect(text()).toBe('\r100 entries read\u001b[K\r300 entries read\u001b[K\r\u001b[K');
});
