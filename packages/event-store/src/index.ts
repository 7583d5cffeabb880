// The public face of the event store: port, entries, codec, chain, faults and the memory store.
export { canonicalize } from './canonical-json.ts';
export * from './chain.ts';
export * from './check-append.ts';
export * from './codec.ts';
export { copyLog, type CopyOptions, type CopyOutcome, type CopyProgress } from './copy-log.ts';
export * from './entry.ts';
export { envelopeProblem, isHash, isInstant } from './envelope.ts';
export * from './fault.ts';
export * from './limits.ts';
export * from './log-root.ts';
export { appended, MemoryEventStore } from './memory-store.ts';
export { plainCopy } from './plain-copy.ts';
export * from './port.ts';
export { isSealed } from './sealed-entry.ts';
export * from './store-faults.ts';
export { checkStreamName, isStreamName } from './stream-name.ts';
export * from './verify-store.ts';
export { WakeUps } from './wake-ups.ts';
