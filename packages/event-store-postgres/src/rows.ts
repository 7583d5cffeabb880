// Rows of the two tables as heads and entries of the port, and lists of bytes for the server.
import { Buffer } from 'node:buffer';
import type { GlobalPosition, Head, RecordedEntry, StreamName } from '@himaya/event-store';
import type { Row } from './connection.ts';

/** A hash as entries and heads name it; a cell that is none has a hash that nothing has. */
export function hashText(cell: unknown): string {
  return Buffer.isBuffer(cell) ? cell.toString('base64url') : '';
}

/** The head in a row with `position`, `hash` and `recorded_at`. */
export function headOfRow(row: Row): Head {
  return {
    position: Number(row.position),
    hash: hashText(row.hash),
    recordedAt: String(row.recorded_at),
  };
}

/** A row as the texts that its cells are read as: in the order asked for, no cell parsed. */
export type Cells = readonly (string | null)[];

/**
 * How entries are asked for: their bytes come as they are, and are read as the UTF-8 that they are.
 * As digits they would take twice the way and three times the work. Every other cell has to be a
 * text, since what is no UTF-8 is not read as it was.
 */
export const AS_TEXTS = {
  rowMode: 'array',
  binary: true,
  types: { getTypeParser: () => (cell: string) => cell },
} as const;

/** The columns of `entries` as {@link entryOfCells} takes them. */
export const ENTRY_CELLS =
  "e.global_position::text, e.position::text, e.type, encode(e.hash, 'base64'), e.entry";

const encoder = new TextEncoder();

/**
 * The entry in the cells of {@link ENTRY_CELLS}. Bytes that somebody made to be no UTF-8 come as
 * others, which do not have the hash.
 */
export function entryOfCells(cells: Cells, stream: StreamName): RecordedEntry {
  const [globalPosition, position, type, hash, entry] = cells;
  return {
    stream,
    position: Number(position),
    globalPosition: BigInt(globalPosition ?? -1) as GlobalPosition,
    type: type ?? '',
    hash: hashOfText(hash ?? ''),
    bytes: encoder.encode(entry ?? ''),
  };
}

/** The columns of `streams` in one text, as {@link headOfText} takes it. */
export const HEAD_TEXT =
  "s.position::text || ' ' || s.recorded_at || ' ' || encode(s.hash, 'base64')";

/** The head in the text of {@link HEAD_TEXT}. */
export function headOfText(text: string): Head {
  const [position, recordedAt = '', hash = ''] = text.split(' ');
  return {
    position: Number(position),
    hash: hashOfText(hash),
    recordedAt,
  };
}

/** A hash in the server's base64 as entries and heads name it; a server before 18 has no other. */
function hashOfText(text: string): string {
  return text.replaceAll('+', '-').replaceAll('/', '_').replace(/[=\n]+/g, '');
}

/** The object identifier of `bytea`, fixed for every server. */
const BYTEA_OID = 17;

/**
 * Bytes for a parameter of type `bytea[]`, in the format of `array_recv`: written as a text they
 * would be twice as many, and the server would read them digit by digit.
 */
export function bytesList(items: readonly Uint8Array[]): Buffer {
  const length = items.reduce((sum, item) => sum + 4 + item.byteLength, 0);
  const list = Buffer.allocUnsafe(20 + length);
  // One dimension, no nulls, the type, how many, and the index of the first.
  let at = 0;
  for (const word of [1, 0, BYTEA_OID, items.length, 1]) at = list.writeInt32BE(word, at);
  for (const item of items) {
    at = list.writeInt32BE(item.byteLength, at);
    list.set(item, at);
    at += item.byteLength;
  }
  return list;
}
