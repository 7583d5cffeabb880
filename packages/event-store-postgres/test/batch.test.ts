// Judging a batch without a server: what is kept, what is left, and what each left one had found.
import { EntryMaker } from '@himaya/event-store/contract';
import { headOf, type Append, type Entry, type Head } from '@himaya/event-store';
import { expect, test } from 'vitest';
import { conflictOf, judge } from '../src/batch.ts';

const make = new EntryMaker(1);
const [a, b] = [make.stream(), make.stream()];
const nothing = new Map<string, Head | 'none'>();

/** One entry for `stream`, and where it leaves it. */
function write(stream: string, expected: Head | 'none'): { request: Append; after: Head } {
  const entry: Entry = make.entry(stream, expected);
  return { request: { writes: [{ stream, expected, entries: [entry] }] }, after: headOf(entry) };
}

test('judge › appends that build on one another › are one statement with one check', () => {
  const first = write(a, 'none');
  const second = write(a, first.after);
  const batch = judge([first.request, second.request], nothing);
  expect(batch.kept).toEqual([0, 1]);
  expect(batch.checked).toEqual([{ stream: a, due: 'none', moved: second.after }]);
  expect(batch.entries).toHaveLength(2);
});

test('judge › two creates of one stream › keeps the first, and the other finds it', () => {
  const [one, other] = [write(a, 'none'), write(a, 'none')];
  const { kept, left } = judge([one.request, other.request], nothing);
  expect(kept).toEqual([0]);
  expect(conflictOf(other.request, left.get(1) ?? nothing)).toMatchObject({ found: one.after });
});

test('judge › an append that is left out › teaches nothing about its other streams', () => {
  const one = write(a, 'none');
  const wrong: Append = {
    ...write(a, 'none').request, unchanged: [{ stream: b, head: write(b, 'none').after }],
  };
  const other = write(b, 'none');
  const { kept, left, checked } = judge([one.request, wrong, other.request], nothing);
  expect(kept).toEqual([0, 2]);
  const due = checked.map((check) => [check.stream, check.due]);
  expect(due).toEqual([[a, 'none'], [b, 'none']]);
  // When its turn came, the stream that a later one created was not there.
  expect(left.get(1)?.get(b)).toBe('none');
});

test('judge › with what the server has found › leaves out what differs', () => {
  const behind = write(a, 'none');
  const found = write(a, 'none').after;
  const onTop = write(a, found);
  const { kept, checked } = judge([behind.request, onTop.request], new Map([[a, found]]));
  expect(kept).toEqual([1]);
  expect(checked).toEqual([{ stream: a, due: found, moved: onTop.after }]);
});

test('judge › streams that are only read › come after those that are written', () => {
  const read: Head = write(b, 'none').after;
  const one: Append = { ...write(a, 'none').request, unchanged: [{ stream: b, head: read }] };
  const { checked } = judge([one], nothing);
  expect(checked.map(({ stream, moved }) => [stream, moved !== undefined])).toEqual([
    [a, true], [b, false],
  ]);
});
