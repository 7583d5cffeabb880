// Command lines and files that nobody would write: each ends with a documented code and one clear line.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { seededRandom } from '@himaya/event-store/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { filledStore, himaya, SCENARIO, scratch, type Called } from './command-line.ts';

const NIGHTLY = process.env.HIMAYA_NIGHTLY === '1';
const SEED = Number(process.env.HIMAYA_SEED ?? (NIGHTLY ? Date.now() % 1_000_000 : 1));
const LINES = NIGHTLY ? 5_000 : 300;
const FILES = NIGHTLY ? 1_000 : 60;
const REPLAY = `seed=${SEED}; again: HIMAYA_SEED=${SEED} npm test -- auditor/test/fuzz`;
const PAGE_BYTES = 4_096;

const folder = scratch();
let store = '';
let caseId = '';
beforeAll(async () => {
  ({ store, caseId } = await filledStore(folder.path('store.db')));
});
afterAll(() => folder.remove());

const words = (): readonly string[] => [
  'cases', 'history', 'replay', 'explain', 'options', 'verify', 'scenario', 'run', 'schema',
  '--store', store, 'sqlite:', `sqlite:${folder.path('.')}`, '--lang', 'ar', 'en', 'fr', '--lang=ar',
  '--json', '--no-json', '--unredacted', '--at', '2027-05-09T09:00:00+03:00', 'noon', '',
  '--position', '0', '3', '99', '-1', '1e9', '999999999999', caseId, `case-${caseId}`, '../x',
  'audit-x', '--all', '--as', 'SUP', '__proto__', '--staff', 'constructor', '--limit', '5',
  'chart', 'test.permit', '--format', 'mermaid', 'scxml', 'svg', '--part',
  '--data', '--since', '12:x', '0:47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU', '--help', '--', '-',
  '\u0000', 'é', '٣', 'toString', '--steps', SCENARIO, folder.path('.'),
];

/** What is wrong with how a call ended, or nothing. */
function faultOf({ code, out, err }: Called): string | undefined {
  if (![0, 1, 2, 3].includes(code)) return `ended with ${code}`;
  if (/\n\s+at |\[object|\bNaN\b/.test(out + err)) return 'shows its inside';
  if (/^(?:Usage|الاستخدام): himaya/.test(err)) return code === 2 ? undefined : `help and ${code}`;
  if (!/^(himaya: [^\n]+\n)?$/.test(err)) return 'says more than one line';
  return code > 1 && err === '' ? 'says nothing' : undefined;
}

describe('himaya', () => {
  test(`${LINES} command lines at random › end with one line`, async () => {
    const random = seededRandom(SEED);
    const pick = (): string => words()[Math.floor(random() * words().length)] ?? '';
    for (let turn = 0; turn < LINES; turn += 1) {
      const argv = Array.from({ length: Math.floor(random() * 9) }, pick);
      const first = words()[Math.floor(random() * 6)] ?? '';
      const line = turn % 2 === 0 ? [first, ...argv, '--store', store] : argv;
      // A scenario would be run into the store that the next lines ask about.
      if (line.includes('run')) continue;
      const called = await himaya(line);
      const hint = `${JSON.stringify(line)}: ${called.err}; ${REPLAY}`;
      expect.soft(faultOf(called), hint).toBeUndefined();
    }
  }, 300_000);

  test(`${FILES} files damaged at random › end every question with one line`, async () => {
    const random = seededRandom(SEED * 31 + 7);
    const good = readFileSync(folder.path('store.db'));
    const path = folder.path('damaged.db');
    const questions = [['cases'], ['history', caseId], ['replay', caseId], ['replay', '--all'],
      ['explain', caseId, '3'], ['options', caseId, '--as', 'SUP'], ['verify']];
    for (let turn = 0; turn < FILES; turn += 1) {
      writeFileSync(path, damaged(good, turn % 4, random));
      for (const argv of questions) {
        const language = random() < 0.3 ? ['--lang', 'ar'] : [];
        const called = await himaya([...argv, ...language, '--store', `sqlite:${path}`]);
        const hint = `file ${turn}, ${argv[0]}: ${called.err}; ${REPLAY}`;
        expect.soft(faultOf(called), hint).toBeUndefined();
      }
      rmSync(path);
    }
  }, 600_000);
});

/** Bytes changed here and there, the end cut off, a stretch filled, or a page put over another. */
function damaged(good: Buffer, kind: number, random: () => number): Buffer {
  const bytes = Buffer.from(good);
  const place = (): number => Math.floor(random() * bytes.length);
  if (kind === 0) {
    for (let left = 1 + Math.floor(random() * 20); left > 0; left -= 1) {
      bytes[place()] = Math.floor(random() * 256);
    }
  }
  if (kind === 1) return bytes.subarray(0, place());
  if (kind === 2) {
    const from = place();
    bytes.fill(Math.floor(random() * 256), from, Math.min(bytes.length, from + 5_000));
  }
  if (kind === 3) {
    const page = (): number => Math.floor(place() / PAGE_BYTES) * PAGE_BYTES;
    const from = page();
    good.copy(bytes, page(), from, from + PAGE_BYTES);
  }
  return bytes;
}
