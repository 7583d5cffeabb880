// The faults that every store answers in the same words.
import { Fault } from './fault.ts';

/** The store was closed before the call: nothing of it was recorded. */
export function storeClosed(attempted: string): Fault {
  return new Fault({
    code: 'store-closed',
    attempted: `Cannot ${attempted}`,
    found: 'this store is closed',
    todo: 'Open it again and repeat the call.',
  });
}

/** The caller gave up before the store began: nothing of the call was recorded. */
export function aborted(attempted: string): Fault {
  return new Fault({
    code: 'store-aborted',
    attempted: `Cannot ${attempted}`,
    found: 'the caller gave up before the store began',
    todo: 'Repeat the call if it is still wanted; a repeated append records nothing twice.',
  });
}

/** The store writes one stream at a time; see `capabilities.multiStreamAppend`. */
export function appendUnsupported(storeName: string): Fault {
  return new Fault({
    code: 'append-unsupported',
    attempted: 'Cannot append to several streams at once',
    found: `a ${storeName} store writes and checks one stream in an append`,
    todo: 'Write one stream and check the others again later, or use a store that can.',
  });
}
