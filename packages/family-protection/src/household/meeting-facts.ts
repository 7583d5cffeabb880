// What cases say of people who are to meet or to be recorded: that they agreed, and that it is still on.
import type { Instant, PartView, ReadView } from '@himaya/engine';
import { sessionKind } from '../conciliation/parts.ts';
import { consentKind } from '../domestic-violence/parts/kinds.ts';
import { consentsOf } from '../domestic-violence/parts/reconciliation-kinds.ts';
import { isReconciling } from '../domestic-violence/reconciling.ts';
import { partsIn } from '../parts.ts';
import type { PartyFile } from './case-facts.ts';

/** Whether a party has agreed to be recorded, and the consent still lasts at `at`. */
export function mayBeRecorded(files: readonly PartyFile[], at: Instant): boolean {
  return files.some(({ file, partyId }) =>
    file.parts
      .all(consentKind)
      .some(
        (consent) =>
          consent.context.partyId === partyId &&
          consent.context.purpose === 'recording' &&
          isGiven(consent, at),
      ),
  );
}

/**
 * Whether both have agreed, in one and the same case, to meet in the round it is in, and both
 * consents still last at `at`. Whatever stops a reconciliation ends its consents with it.
 */
export function bothMayMeet(
  some: readonly PartyFile[],
  others: readonly PartyFile[],
  at: Instant,
): boolean {
  return some.some((one) =>
    others.some(
      (other) =>
        one.file.stream === other.file.stream && agreesToMeet(one, at) && agreesToMeet(other, at),
    ),
  );
}

/** Whether a case that knows reconciliations has none under way: nobody meets for it. */
export function hasNoReconciliation(file: ReadView): boolean {
  return file.context['reconciliation'] !== undefined && !isReconciling(file);
}

/** Whether a case had sessions at some time, and each of them was called off or put off. */
export function hasCalledOff(
  { parts }: Pick<ReadView, 'parts'>,
  { from, to }: { readonly from: Instant; readonly to: Instant },
): boolean {
  const then = parts
    .all(sessionKind)
    .filter(({ context: { start, end } }) => start < to && end > from);
  return then.length > 0 && partsIn(then, 'scheduled', 'held').length === 0;
}

function agreesToMeet({ file, partyId }: PartyFile, at: Instant): boolean {
  const { round } = (file.context['reconciliation'] ?? { round: 0 }) as { readonly round: number };
  return consentsOf(file.parts, partyId, round).some((consent) => isGiven(consent, at));
}

function isGiven(consent: PartView<{ readonly expiresAt: Instant }>, at: Instant): boolean {
  return consent.in('given') && at < consent.context.expiresAt;
}
