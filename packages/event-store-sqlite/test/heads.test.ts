// Heads in memory: bounded, and the same whether they were kept or read again.
import { EntryMaker } from '@himaya/event-store/contract';
import { expect, test } from 'vitest';
import { sqliteDriver } from '../src/driver.ts';
import { hashBytes, headOfRow, Heads } from '../src/heads.ts';
import { HEADS_CACHED_MAX } from '../src/limits.ts';
import { LOG_FORMAT } from '../src/schema.ts';

test('heads › when more streams are written than are kept › every head is still right', () => {
  const db = sqliteDriver().open(':memory:', false);
  LOG_FORMAT.create(db, ':memory:');
  const heads = new Heads(db);
  const entry = new EntryMaker(1).entry('case-1', 'none');
  const hash = hashBytes(entry.hash);
  const perTransaction = Math.ceil(HEADS_CACHED_MAX / 3);
  for (let turn = 0; turn < 4; turn += 1) {
    db.exec('BEGIN');
    heads.refresh();
    for (let made = 0; made < perTransaction; made += 1) {
      heads.create(`case-${turn}-${made}`, entry, hash);
    }
    heads.write();
    db.exec('COMMIT');
  }
  const { position, recordedAt } = entry;
  const head = { position, hash: entry.hash, recordedAt };
  for (const name of ['case-0-0', 'case-3-0', `case-1-${perTransaction - 1}`]) {
    expect(heads.find(name)).toMatchObject({ name, head, row: 'clean' });
  }
  expect(heads.find('case-0-0')?.key).toBe(0);
  expect(heads.find('case-4-0')).toBeUndefined();
  expect(Object.values(db.prepare('SELECT count(*) FROM streams').get() ?? {})).toEqual([
    perTransaction * 4,
  ]);
  db.close();
});

test('headOfRow › of a row whose hash is no BLOB any more › has a hash that nothing has', () => {
  for (const hash of [null, 7, 'x']) {
    const recordedAt = '2026-01-05T06:00:00.000Z';
    expect(headOfRow({ id: 1, position: 3, hash, recorded_at: recordedAt })).toEqual({
      position: 3, hash: '', recordedAt,
    });
  }
});
