// What a store hands to the contract: how to open it, and what else can be done to its records.
import type { EventStore } from '../port.ts';
import type { EntryMaker } from './entries.ts';

/** An attempt to change what was recorded, behind the port's back. */
export interface Tampering {
  readonly name: string;
  /** Must throw or reject, and must change nothing. */
  readonly attempt: () => unknown;
}

/** A store on records of its own, and the ways to those records. */
export interface OpenedStore {
  readonly store: EventStore;
  /** Opens the same records after `store` was closed. Every durable store has it. */
  readonly reopen?: () => Promise<EventStore>;
  /** Opens the same records while `store` is open, as another process would. */
  readonly second?: () => Promise<EventStore>;
  /** Attempts that the store's medium must refuse; the records hold at least one entry then. */
  readonly tamper?: () => readonly Tampering[];
  /** Removes the records; called last. */
  readonly dispose?: () => Promise<void> | void;
}

/** A kind of store under test. */
export interface ContractSubject {
  /** Shown in front of each test. */
  readonly name: string;
  /** Opens a store on new, empty records. */
  readonly open: () => Promise<OpenedStore>;
  /** Rounds of the racing creates; default 200, and 50 at most of races of several streams. */
  readonly raceRounds?: number;
}

/** What one case of the contract gets. */
export interface CaseContext extends OpenedStore {
  readonly make: EntryMaker;
  readonly subject: ContractSubject;
}

/** One case: a name `<when> › <present-tense fact>`, and what must hold. */
export interface ContractCase {
  readonly name: string;
  readonly run: (context: CaseContext) => Promise<void>;
}
