// Rows of the two tables as heads and entries of the port.
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

/** The entry in a row with the columns of `entries`. */
export function entryOfRow(row: Row, stream: StreamName): RecordedEntry {
  const { entry } = row;
  return {
    stream,
    position: Number(row.position),
    globalPosition: BigInt(String(row.global_position)) as GlobalPosition,
    type: String(row.type),
    hash: hashText(row.hash),
    bytes: Buffer.isBuffer(entry) ? new Uint8Array(entry) : new Uint8Array(),
  };
}
