// Named limits of the EventStoreDB store, each with its reason.

/** Most bytes of one append that a server takes, as it is set where nobody changed it. */
export const SERVER_APPEND_BYTES = 1024 * 1024;

/** Most appends that wait at once: more means that the server cannot follow, so say so. */
export const QUEUE_APPENDS_MAX = 65_536;

/** Default wait for others and for a server that does not answer, in milliseconds. */
export const BUSY_TIMEOUT_MS = 10_000;

/** Longest time that each question may take when a store is opened, in milliseconds. */
export const OPEN_TIMEOUT_MS = 10_000;

/** How often a question is asked again when a store is opened and the leader has changed. */
export const LEADER_CHANGES_MAX = 3;

/** Tries that share one wait: a call that is never answered must leave time for another. */
export const TRIES_PER_WAIT = 3;

/** Pauses before a call is made again, in milliseconds: the first, the most. */
export const RETRY_PAUSE_MS = { first: 25, most: 1_000 } as const;

/** Longest time that letting the client go may take, in milliseconds: its own way may hang. */
export const DISPOSE_TIMEOUT_MS = 2_000;

/** Fewest events of one page of `$all`: what others record there is passed over in such steps. */
export const LOG_PAGE_EVENTS_MIN = 32;

/** Streams whose last known head is kept, so that an append need not ask for it. */
export const KNOWN_HEADS_MAX = 10_000;

/** Events of others after which a subscription tells how far it has come, in units of 32. */
export const CHECKPOINT_INTERVAL = 8;

/** The oldest server that tells the place in `$all` of what is read from a stream. */
export const SERVER_VERSION_MIN = [22, 10] as const;

/** Events that a member of a group has in hand at most: little is handed out again when it ends. */
export const GROUP_BUFFER_EVENTS = 10;

/** When an event that a group's member does not answer is handed out again, in milliseconds. */
export const GROUP_ANSWER_MS = 60_000;

/** How often that is done before the server parks it. */
export const GROUP_RETRIES_MAX = 10;

/** Which part of what was answered may be handed out again after a failover: few, and soon. */
export const GROUP_CHECKPOINT = { afterMs: 1_000, eventsMin: 1, eventsMax: 100 } as const;

/** How often a member asks whether the place of the one that works is free, in milliseconds. */
export const GROUP_PLACE_PAUSE_MS = 500;

/** How far a group's server reads ahead, in events. */
export const GROUP_AHEAD = { live: 500, page: 100, history: 500 } as const;
