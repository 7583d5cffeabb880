// Named limits of the SQLite store, each with its reason.

/** Most appends in one transaction: enough to pay for a disk flush, short enough to wait for. */
export const BATCH_APPENDS_MAX = 512;

/** Most bytes of entries in one transaction: bounds the write-ahead log's growth at a stroke. */
export const BATCH_BYTES_MAX = 8 * 1024 * 1024;

/** Most appends that wait at once: more means that the disk cannot follow, so say so. */
export const QUEUE_APPENDS_MAX = 65_536;

/**
 * Flushes of a single append before one turn of the event loop is waited for: callers that come
 * from other events of the loop show only then, and a lone caller pays for one turn in so many.
 */
export const SOLO_FLUSHES_MAX = 16;

/** Streams whose head is kept in memory: about 20 MB, and more than an office writes in a day. */
export const HEADS_CACHED_MAX = 65_536;

/** Default wait for another process's transaction, in milliseconds. */
export const BUSY_TIMEOUT_MS = 5_000;

/** Longest single call that waits for another process: the event loop stands still meanwhile. */
export const BUSY_CALL_MS = 4;

/** Longest pause between two tries for the write lock, in milliseconds. */
export const BUSY_PAUSE_MS_MAX = 25;

/** How often a watched store looks for other processes' commits, in milliseconds. */
export const WATCH_POLL_MS = 50;

/** Pages of log between checkpoints: a short log is reused soon, a growing file syncs slower. */
export const CHECKPOINT_PAGES = 1_000;

/** Rows of one question when the index is checked: a few milliseconds of the event loop. */
export const CHECK_ROWS_MAX = 2_048;
