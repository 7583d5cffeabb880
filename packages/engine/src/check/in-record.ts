// Where a recorded case breaks claims: each decision of the record, seen as claims see it.
import { Fault, type RecordedEntry } from '@himaya/event-store';
import type { CaseType } from '../compiled.ts';
import { foldEntries, type Procedures } from '../fold.ts';
import { invariantView } from '../invariants.ts';
import type { Policy } from '../policy.ts';
import type { RecordedEvent } from '../recorded-event.ts';
import type { Draft } from '../state.ts';
import type { Claim, DecidedEvent, StateView } from './abstraction.ts';
import { isAbout } from './verdicts.ts';

/** The procedures that a record may be pinned to. */
interface Definitions {
  readonly caseTypes: readonly CaseType[];
  readonly policies: readonly Policy[];
}

/** An event of a decision, with the state before it. */
interface Step {
  readonly event: RecordedEvent;
  readonly before: StateView;
}

/**
 * The position, by claim, of the last event of the first decision that breaks it. Claims that the
 * record does not break are not in it.
 *
 * @throws Fault `case-unfoldable` when its procedure is not among the definitions: nothing was judged
 */
export function brokenInRecord(
  claims: readonly Claim[],
  entries: readonly RecordedEntry[],
  definitions: Definitions,
): ReadonlyMap<Claim, number> {
  const broken = new Map<Claim, number>();
  let decision: Step[] = [];
  let last: { readonly event: RecordedEvent; readonly state: StateView } | undefined;
  const judge = (): void => {
    if (!last) return;
    const { event, state } = last;
    for (const claim of claims) {
      if (!broken.has(claim) && isBroken(claim, decision, state)) broken.set(claim, event.position);
    }
    decision = [];
  };
  const onEvent = (event: RecordedEvent, draft: Draft): void => {
    if (last && last.event.command.id !== event.command.id) judge();
    if (last) decision.push({ event, before: last.state });
    last = { event, state: stateView(draft) };
  };
  const folded = foldEntries(undefined, entries, proceduresIn(definitions), { onEvent });
  if (folded !== undefined && 'reason' in folded) throw unfoldable(folded.reason);
  judge();
  return broken;
}

function unfoldable(found: string): Fault {
  return new Fault({
    code: 'case-unfoldable',
    attempted: 'Cannot judge a recorded case by claims',
    found,
    todo: 'Give the procedure that it is pinned to among the definitions',
  });
}

/** Finds definitions by name and version. */
export function proceduresIn({ caseTypes, policies }: Definitions): Procedures {
  const isCalled = (name: string, version: string) => (one: CaseType | Policy) =>
    one.name === name && one.version === version;
  return {
    caseType: (name, version) => caseTypes.find(isCalled(name, version)),
    policy: (name, version) => policies.find(isCalled(name, version)),
  };
}

/** A state as claims see it; it stays as it is when the fold goes on. */
export function stateView({ pin, chart, parts, deadlines }: Draft): StateView {
  return {
    ...invariantView({ pin, chart, parts: parts.fork() }),
    deadlines: deadlines.pending.map(({ name, part }) => ({ name, part })),
  };
}

function isBroken(claim: Claim, decision: readonly Step[], after: StateView): boolean {
  if (claim.never?.(after) === true) return true;
  const events: readonly DecidedEvent[] = decision.map(({ event }) => event as DecidedEvent);
  return decision.some(({ event, before }, index) => {
    if (!isAbout(claim, event.type)) return false;
    const seen = { before, after, event: event as DecidedEvent, followed: events.slice(index + 1) };
    return claim.neverBy?.(seen) === true;
  });
}
