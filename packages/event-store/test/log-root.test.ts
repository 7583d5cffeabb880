// The root of a log: the order of all entries, which no chain of a stream shows, and the log's end.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hashEntry } from '../src/codec.ts';
import { logRootText, LogTree, parseLogRoot } from '../src/log-root.ts';
import type { RecordedEntry } from '../src/port.ts';
import { verifyStore } from '../src/verify-store.ts';
import { LogFixture } from './log-fixture.ts';

/** Inputs and roots of the tree that RFC 6962 implementations compare themselves with. */
const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657',
  '606162636465666768696a6b6c6d6e6f'];
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

/** The definition of RFC 6962, word for word and slow. */
function rootByDefinition(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return createHash('sha256').digest();
  if (leaves.length === 1) return leaves[0] as Buffer;
  let half = 1;
  while (half * 2 < leaves.length) half *= 2;
  const parts = [leaves.slice(0, half), leaves.slice(half)].map(rootByDefinition);
  return createHash('sha256').update(Buffer.concat([Buffer.of(1), ...parts])).digest();
}

describe('LogTree', () => {
  test('the known leaves › give the known roots', () => {
    const tree = new LogTree();
    for (const [index, leaf] of LEAVES.entries()) {
      tree.add(hashEntry(Buffer.from(leaf, 'hex')));
      const hash = Buffer.from(ROOTS[index] ?? '', 'hex').toString('base64url');
      expect(tree.root()).toEqual({ entries: index + 1, hash });
    }
  });

  test('any number of leaves › gives the root of the definition', () => {
    fc.assert(fc.property(fc.nat(300), (count) => {
      const tree = new LogTree();
      const leaves = Array.from({ length: count }, (_, index) =>
        createHash('sha256').update(String(index)).digest());
      for (const leaf of leaves) tree.add(leaf.toString('base64url'));
      expect(tree.root()).toEqual({
        entries: count, hash: rootByDefinition(leaves).toString('base64url'),
      });
    }), { seed: 1, numRuns: 60 });
  });
});

test('a root as text › is read back, and nothing else is', async () => {
  const { root } = await verifyStore(new LogFixture().fill());
  expect(parseLogRoot(logRootText(root))).toEqual(root);
  const { hash } = root;
  for (const text of ['', hash, `:${hash}`, `40:${hash}=`, `-1:${hash}`, `40:${hash.slice(1)}`]) {
    expect([text, parseLogRoot(text)]).toEqual([text, undefined]);
  }
});

/** Exchanges two entries of the log; each keeps its stream, its position and its bytes. */
function exchange(log: LogFixture, one: number, other: number): void {
  const [a, b] = [log.entries[one] as RecordedEntry, log.entries[other] as RecordedEntry];
  log.entries[one] = { ...b, globalPosition: a.globalPosition };
  log.entries[other] = { ...a, globalPosition: b.globalPosition };
}

describe('verifyStore since a root', () => {
  test('the log as it was, or with more behind it › is the same', async () => {
    const log = new LogFixture().fill();
    const { root } = await verifyStore(log);
    expect(await verifyStore(log, { since: root })).toMatchObject({ since: 'same', root });
    log.add('case-1');
    const later = await verifyStore(log, { since: root });
    expect(later).toMatchObject({ since: 'same', root: { entries: 41 } });
    expect(later.root.hash).not.toBe(root.hash);
  });

  test('a log that was empty › is the same, whatever follows', async () => {
    const { root } = await verifyStore(new LogFixture());
    expect(await verifyStore(new LogFixture().fill(), { since: root })).toMatchObject({
      since: 'same',
    });
  });

  test('entries of two streams exchanged › differs, though every chain holds', async () => {
    const log = new LogFixture().fill();
    const { root } = await verifyStore(log);
    exchange(log, 11, 12);
    const report = await verifyStore(log, { since: root });
    expect([report.firstBad, report.since]).toEqual([undefined, 'differs']);
  });

  test('a record written anew, with good chains › differs', async () => {
    const { root } = await verifyStore(new LogFixture(1).fill());
    const report = await verifyStore(new LogFixture(2).fill(), { since: root });
    expect([report.firstBad, report.since]).toEqual([undefined, 'differs']);
  });

  test('the end of the log cut off together with its heads › is shorter', async () => {
    const log = new LogFixture().fill();
    log.add('case-9');
    const { root } = await verifyStore(log);
    log.entries.pop();
    log.heads.delete('case-9');
    const report = await verifyStore(log, { since: root });
    expect([report.firstBad, report.since]).toEqual([undefined, 'shorter']);
  });

  test('a bad entry before that end › is named, and nothing is said of the root', async () => {
    const log = new LogFixture().fill();
    const { root } = await verifyStore(log);
    log.change('case-2', 4, { type: 'Other' });
    const report = await verifyStore(log, { since: root });
    expect([report.firstBad?.position, report.since]).toEqual([4, undefined]);
  });
});

describe('the time of the log', () => {
  const at = (minute: number) => new Date(Date.UTC(2026, 5, 1, 8, minute)).toISOString();
  const recorded = (log: LogFixture, stream: string, minute: number) =>
    log.add(stream, { recordedAt: at(minute), occurredAt: at(minute) });

  test('that never goes back › is not spoken of', async () => {
    const log = new LogFixture();
    for (const minute of [0, 0, 1, 5]) recorded(log, `case-${minute}`, minute);
    expect((await verifyStore(log)).stepBack).toBeUndefined();
  });

  test('that goes back between streams › is named where it does so furthest', async () => {
    const log = new LogFixture();
    for (const [index, minute] of [10, 9, 20, 5, 19].entries()) {
      recorded(log, `case-${index}`, minute);
    }
    const { firstBad, stepBack } = await verifyStore(log);
    expect(firstBad).toBeUndefined();
    expect(stepBack).toEqual({ stream: 'case-3', position: 0, byMs: 15 * 60_000 });
  });
});
