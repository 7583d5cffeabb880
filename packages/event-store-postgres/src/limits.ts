// Named limits of the PostgreSQL store, each with its reason.

/** Most appends in one statement: enough to pay for the round trip, short enough to wait for. */
export const BATCH_APPENDS_MAX = 512;

/** Most bytes of entries in one statement: the server keeps them, and what it makes of them, at once. */
export const BATCH_BYTES_MAX = 8 * 1024 * 1024;

/** Most appends that wait at once: more means that the server cannot follow, so say so. */
export const QUEUE_APPENDS_MAX = 65_536;

/** Default wait for the lock of the log and for a server that does not answer, in milliseconds. */
export const BUSY_TIMEOUT_MS = 5_000;

/** Longest time to reach the server when a store is opened, in milliseconds. */
export const CONNECT_TIMEOUT_MS = 10_000;

/** Pauses between two tries to reach a server that has gone, in milliseconds: the first, the most. */
export const RECONNECT_PAUSE_MS = { first: 25, most: 1_000 } as const;

/** Connections that read at once, beside the one that writes. */
export const READ_CONNECTIONS = 4;

/** How often a watched store looks by itself, in milliseconds: a notification may be lost. */
export const WATCH_POLL_MS = 1_000;

/** Rows of one question when the store's own index is checked. */
export const CHECK_ROWS_MAX = 20_000;

/** The oldest server whose behaviour this store was tried on; `server_version_num`. */
export const SERVER_VERSION_MIN = 150_000;
