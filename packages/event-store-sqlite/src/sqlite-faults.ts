// Every failure of SQLite as a named fault that says what to do.
import { Fault, type FaultParts } from '@himaya/event-store';

/** Primary result codes of SQLite that have a fault of their own. */
const ERROR = 1;
const BUSY = 5;
const LOCKED = 6;
const READONLY = 8;
const CORRUPT = 11;
const FULL = 13;
const CANTOPEN = 14;
const CONSTRAINT = 19;
const NOTADB = 26;
/** Extended code: the shared index of the log could not grow, which is a full disk too. */
const IOERR_SHMSIZE = 4874;

/** SQLite's texts for these codes: the package's reads throw them without the code. */
const CODE_OF_TEXT: ReadonlyMap<string, number> = new Map([
  ['database is locked', BUSY],
  ['database table is locked', LOCKED],
  ['attempt to write a readonly database', READONLY],
  ['database disk image is malformed', CORRUPT],
  ['database or disk is full', FULL],
  ['unable to open database file', CANTOPEN],
  ['file is not a database', NOTADB],
]);

/** The result code in an error of the driver, or `undefined` if SQLite did not raise it. */
function resultCode(error: unknown): number | undefined {
  const { code, errcode, message } = (error ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof errcode === 'number') return errcode;
  return code === 'ERR_SQLITE_ERROR' ? (CODE_OF_TEXT.get(String(message)) ?? ERROR) : undefined;
}

/** Whether another connection holds a lock that this one needs. */
export function isBusy(error: unknown): boolean {
  const primary = (resultCode(error) ?? 0) & 0xff;
  return primary === BUSY || primary === LOCKED;
}

/** Whether the file's first page is not that of a SQLite database. */
export function isNotADatabase(error: unknown): boolean {
  return ((resultCode(error) ?? 0) & 0xff) === NOTADB;
}

/** The fault for an error of the driver; what SQLite did not raise is returned as it is. */
export function sqliteFault(error: unknown, attempted: string, path: string): unknown {
  const code = resultCode(error);
  if (code === undefined) return error;
  if (code === IOERR_SHMSIZE) return storeFull(attempted, path, error);
  switch (code & 0xff) {
    case BUSY:
    case LOCKED:
      return storeBusy(attempted, path);
    case READONLY:
      return storeReadOnly(attempted, path, error);
    case FULL:
      return storeFull(attempted, path, error);
    case CORRUPT:
    case NOTADB:
    case CONSTRAINT:
      return storeCorrupt(attempted, path, messageOf(error), error);
    case CANTOPEN:
      return storeMissing(attempted, path, 'the file cannot be opened', error);
    default:
      // The statements are fixed: what they name and SQLite misses was taken out of the file.
      if (/^no such|has no column/.test(messageOf(error))) {
        return storeCorrupt(attempted, path, messageOf(error), error);
      }
      return storeFailed(attempted, path, error);
  }
}

/** Another process held the lock for the whole wait. */
export function storeBusy(attempted: string, path: string): Fault {
  return fault('store-busy', attempted, path, {
    found: 'another process kept the file locked for the whole wait',
    todo: 'Repeat the call, an append with the same entries; if it stays so, find the process ' +
      'that holds the file.',
  });
}

/** More appends wait than the queue takes: nothing of this one was recorded. */
export function storeOverloaded(path: string, waiting: number): Fault {
  return fault('store-busy', 'Cannot append to', path, {
    found: `${waiting} appends are waiting already`,
    todo: 'Append the same entries again when some of those have been answered.',
  });
}

/** SQLite does not keep this file the way that durability needs. */
export function storeNotDurable(path: string, found: string): Fault {
  return fault('store-not-durable', 'Cannot open the store', path, {
    found,
    todo: 'Put the file on a local disk of this machine; nothing was recorded.',
  });
}

/** The file may not be written. */
export function storeReadOnly(attempted: string, path: string, cause?: unknown): Fault {
  return fault('store-read-only', attempted, path, {
    found: 'the file may only be read',
    todo: 'Open it without readOnly, as a user who may write the file and its folder.',
    cause,
  });
}

/** A crash left entries in the log beside the file, and this place may not be written. */
export function storeLogLeft(path: string, cause: unknown): Fault {
  return fault('store-read-only', 'Cannot open the store', path, {
    found: 'a writer that crashed left entries in its -wal file, and without a -shm file they ' +
      'can be read only where the folder may be written',
    todo: 'Copy the file together with its -wal file into another folder, and open the copy.',
    cause,
  });
}

/** Nothing of the append was recorded: there is no room. */
export function storeFull(attempted: string, path: string, cause?: unknown): Fault {
  return fault('store-full', attempted, path, {
    found: 'there is no room for it; nothing of it was recorded',
    todo: 'Free space on that disk, then append the same entries again; the store stays open.',
    cause,
  });
}

/** The file is a store that is damaged. */
export function storeCorrupt(
  attempted: string,
  path: string,
  found: string,
  cause?: unknown,
): Fault {
  return fault('store-corrupt', attempted, path, {
    found: `the file is damaged (${found})`,
    todo: 'Keep it, restore a backup beside it, and verify both.',
    cause,
  });
}

/** The file is not a store of this kind at all. */
export function storeForeign(path: string, found: string): Fault {
  return fault('store-foreign', 'Cannot open the store', path, {
    found,
    todo: 'Check the path; a store is created only where there is no file.',
  });
}

/** The file, or its folder, is not there. */
export function storeMissing(
  attempted: string,
  path: string,
  found: string,
  cause?: unknown,
): Fault {
  return fault('store-missing', attempted, path, {
    found,
    todo: 'Check the path, create the folder, or restore the file from a backup.',
    cause,
  });
}

/** The file was written by a version of this package that this one does not know. */
export function storeSchemaUnknown(path: string, found: number, known: number): Fault {
  return fault('store-schema-unknown', 'Cannot open the store', path, {
    found: `its schema is version ${found} and this package knows version ${known}`,
    todo: 'Use the version of this package that wrote the file; nothing was changed.',
  });
}

/** The file is a store of this version whose tables, indexes or triggers are not as created. */
export function storeSchemaChanged(path: string, differences: readonly string[]): Fault {
  return fault('store-schema-changed', 'Cannot trust the store', path, {
    found: `its schema was changed (${differences.join('; ')})`,
    todo: 'Find out who changed it; keep the file, restore a backup beside it, and verify both.',
    data: { differences },
  });
}

/** A read of a stream does not find what its head or its index promises. */
export function streamCorrupt(
  path: string,
  stream: string,
  position: number,
  found: string,
): Fault {
  return fault('store-corrupt', `Cannot read ${JSON.stringify(stream)} at ${position} in`, path, {
    found: `the file is damaged (${found})`,
    todo: 'Keep it, restore a backup beside it, and verify both.',
    data: { stream, position },
  });
}

function storeFailed(attempted: string, path: string, cause: unknown): Fault {
  return fault('store-failed', attempted, path, {
    found: `SQLite says ${JSON.stringify(messageOf(cause))}`,
    todo: 'Check the disk and its cables, then repeat the call.',
    cause,
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function fault(
  code: string,
  attempted: string,
  path: string,
  { data, ...rest }: Pick<FaultParts, 'found' | 'todo' | 'cause' | 'data'>,
): Fault {
  const what = `${attempted} ${JSON.stringify(path)}`;
  return new Fault({ code, attempted: what, ...rest, data: { path, ...data } });
}
