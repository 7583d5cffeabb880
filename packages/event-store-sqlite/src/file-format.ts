// What a file of ours is told by: how one is recognised, and how an empty one becomes one.
import type { Database } from './driver.ts';

/** What is found in a file that is not foreign. */
export type FileKind = 'store' | 'empty';

/** A kind of file. */
export interface FileFormat {
  /** Throws named faults for what is neither empty nor of this kind and version. */
  readonly inspect: (db: Database, path: string) => FileKind;
  /** Makes an empty file one of this kind, unless another process was quicker. */
  readonly create: (db: Database, path: string) => void;
}

/** The one number that a statement answers; 0 where it answers nothing. */
export function numberOf(db: Database, sql: string): number {
  return Number(Object.values(db.prepare(sql).get() ?? {})[0] ?? 0);
}
