// Named limits of entries, appends and reads, each with its reason.

/** Longest stream name in characters: fits every store's key column and a line of a report. */
export const STREAM_NAME_CHARS_MAX = 200;

/** Most entries in one append: a decision records few; a larger one would hold the only writer. */
export const APPEND_ENTRIES_MAX = 1000;

/** Largest entry in bytes: files belong in a document store, only their digest in an entry. */
export const ENTRY_BYTES_MAX = 256 * 1024;

/** Most bytes in one append: bounds what a group commit keeps in memory. */
export const APPEND_BYTES_MAX = 4 * 1024 * 1024;

/** Most streams in one append, written and unchanged together: a decision reads at most 32. */
export const APPEND_STREAMS_MAX = 64;

/**
 * Most entries in one page. A read that asks for more gets a page of at most this many: a page
 * may always be shorter than asked, and readers go on by `head` or `next`.
 */
export const READ_COUNT_MAX = 4096;

/** Deepest nesting of arrays and objects in canonical JSON: ends cycles, and every parser copes. */
export const JSON_DEPTH_MAX = 64;

/** Bytes of entries that verification aims to hold in one page. */
export const VERIFY_PAGE_BYTES = 1024 * 1024;

/** Most entries that verification asks for in one page. */
export const VERIFY_PAGE_ENTRIES_MAX = 1024;
