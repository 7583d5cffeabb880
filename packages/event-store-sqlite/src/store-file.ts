// Where the file really is, and whether it may be opened as a store, before SQLite touches it.
import { accessSync, constants, realpathSync, statSync, type Stats } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { storeForeign, storeMissing, storeReadOnly } from './sqlite-faults.ts';

const ATTEMPTED = 'Cannot open the store';
/** The smallest page, hence the smallest file, of SQLite. */
const PAGE_BYTES_MIN = 512;

/**
 * The real path of an existing store: absolute, so that a later change of the working folder means
 * nothing, and without links, since SQLite keeps the log beside the real file.
 *
 * Judges the file without opening it: closing a descriptor of one's own would drop the locks that
 * SQLite holds for another store of this process on the same file.
 */
export function existingFile(path: string): string {
  const stat = judged(path);
  if (stat === undefined) throw storeMissing(ATTEMPTED, path, 'there is no such file');
  if (stat.size === 0) throw storeForeign(path, 'it is empty');
  return realpathSync(path);
}

/** The real path of a file that this user may write, or may create where there is none. */
export function writableFile(path: string): string {
  const stat = judged(path);
  const real = stat === undefined ? join(folderOf(path), basename(path)) : realpathSync(path);
  // The log and its shared index are files of their own in that folder.
  for (const place of stat === undefined ? [dirname(real)] : [real, dirname(real)]) {
    try {
      accessSync(place, constants.W_OK);
    } catch (cause) {
      throw storeReadOnly(ATTEMPTED, path, cause);
    }
  }
  return real;
}

/** The file's entry if there is one; refuses what cannot be a store, whatever it holds. */
function judged(path: string): Stats | undefined {
  // SQLite takes these names for a database that ends with the process.
  if (path === '' || path === ':memory:') throw storeMissing(ATTEMPTED, path, 'it names no file');
  const stat = statOf(path, path);
  if (stat === undefined) return undefined;
  if (!stat.isFile()) throw storeForeign(path, 'it is not a file');
  // SQLite would take a shorter file for an empty database and write over it.
  if (stat.size > 0 && stat.size < PAGE_BYTES_MIN) {
    throw storeForeign(path, 'it is not a SQLite database');
  }
  return stat;
}

function folderOf(path: string): string {
  const folder = dirname(resolve(path));
  if (statOf(folder, path)?.isDirectory() === true) return realpathSync(folder);
  throw storeMissing(ATTEMPTED, path, 'the folder does not exist');
}

function statOf(place: string, path: string): Stats | undefined {
  try {
    return statSync(place, { throwIfNoEntry: false });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    // Something on the way is no folder, a circle of links, or not for this user.
    throw storeMissing(ATTEMPTED, path, `the file cannot be reached (${String(code)})`, cause);
  }
}
