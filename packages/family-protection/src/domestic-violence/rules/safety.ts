// Rules under which people of a violence case may be brought together at all, asked at every step.
import { addMs, elapsedMs, type Instant } from '@himaya/engine';
import { refuse } from '../../wording/wording.ts';
import { t, type View } from '../head.ts';
import { contactOrdersBetween } from '../orders.ts';
import { incidentKind } from '../parts/kinds.ts';
import { currentLevel, highestWithin } from '../risk.ts';

/** Steps that lead people towards one another. */
export const gathering = [
  'EligibilityAssessed',
  'ReconciliationOffered',
  'PartyConsented',
  'ReconciliationSessionScheduled',
  'SessionHeld',
  'SettlementSigned',
] as const;
type Gathering = Extract<View['event'], { readonly type: (typeof gathering)[number] }>;

/** Whom a step brings together: those it names, and all who take part in this round. */
export function gathered(event: Gathering, { context }: Pick<View, 'context'>): readonly string[] {
  const named = (): readonly string[] => {
    switch (event.type) {
      case 'EligibilityAssessed':
      case 'ReconciliationOffered':
        return event.data.participants;
      case 'PartyConsented':
        return [event.data.partyId];
      case 'SettlementSigned':
        return event.data.signatories;
      default:
        return event.data.attendees;
    }
  };
  const isNewRound = event.type === 'EligibilityAssessed';
  return [...new Set([...named(), ...(isNewRound ? [] : context.reconciliation.participants)])];
}

/** The instants at which a step must be safe: when it happens, is entered, and brings together. */
export function instantsOf(event: Gathering): readonly Instant[] {
  const { occurredAt, recordedAt } = event;
  return event.type === 'ReconciliationSessionScheduled'
    ? [occurredAt, recordedAt, event.data.start]
    : [occurredAt, recordedAt];
}

/**
 * Whether an order of one of these cases forbids any two of these people to meet. Other cases of the
 * household are asked by handing over their parts, too.
 */
export function areKeptApart(
  cases: readonly View['parts'][],
  people: readonly string[],
  at: Instant,
): boolean {
  return people.some((a, index) =>
    people
      .slice(index + 1)
      .some((b) => cases.some((parts) => contactOrdersBetween(parts, [a, b], at).length > 0)),
  );
}

/** Whether the level of risk, now and in the look-back, is one at which people may meet. */
export function isRiskLow({ context, policy, event }: Pick<View, 'context' | 'policy' | 'event'>) {
  const possible = policy.list('reconciliation.levels');
  const now = currentLevel(context);
  const highest = highestWithin(context, event.occurredAt, policy);
  return [now, highest].every((level) => level !== null && possible.includes(level));
}

/** Whether something is recorded for which there is no reconciliation, ever. */
export function isForbidden(view: Pick<View, 'parts' | 'policy' | 'context'>): boolean {
  const { parts, policy, context } = view;
  const excluded = policy.list('reconciliation.excludedViolence');
  const hasViolence = parts
    .all(incidentKind)
    .some(({ context: { told } }) => told.some((one) => excluded.includes(one)));
  const isChildVictim = Object.values(context.parties).some(
    ({ role, isChild }) => role === 'victim' && isChild,
  );
  const isChildHarmed = parts
    .all(incidentKind)
    .some(
      ({ context: { victim, isChildTargeted } }) =>
        isChildTargeted || context.parties[victim ?? '']?.isChild === true,
    );
  const isWorrying = Object.values(context.childScreenings).includes('concern');
  return hasViolence || isChildVictim || isChildHarmed || isWorrying;
}

/** Incidents whose instant lies within a window of policy before `at`, or after it. */
export function incidentsWithin(
  { parts, policy }: Pick<View, 'parts' | 'policy'>,
  window: string,
  at: Instant,
) {
  const from = addMs(at, -elapsedMs(policy.duration(window)));
  return parts.all(incidentKind).filter(({ context }) => context.latestFrom >= from);
}

/** What an assessment that finds no ground for eligibility does not have to prove. */
function isOnlyRefusing(event: Gathering): boolean {
  return event.type === 'EligibilityAssessed' && !event.data.eligible;
}

/** Rules of safety. */
export const safetyRules = {
  // Whoever would speak for a party, or about a child whom an order protects, is kept apart too.
  noOrderBetween: t.rule(gathering, {
    ...refuse(
      'RECONCILIATION_BLOCKED_BY_PROTECTION_ORDER',
      'INV-01',
      'No reconciliation while an order keeps people of this case apart.',
      'لا صلح ما دام أمر حماية يمنع اللقاء بين اثنين من أطراف القضية.',
    ),
    holds: (view) =>
      isOnlyRefusing(view.event) ||
      instantsOf(view.event).every(
        (at) => !areKeptApart([view.parts], Object.keys(view.context.parties), at),
      ),
  }),
  riskLow: t.rule(gathering, {
    ...refuse(
      'RECONCILIATION_BLOCKED_BY_RISK',
      'INV-02',
      'No reconciliation while the risk is high, was high lately, or waits to be assessed.',
      'لا صلح إذا كانت الخطورة مرتفعة أو كانت كذلك حديثا أو لم تقيم بعد آخر ما استجد.',
    ),
    holds: (view) =>
      isOnlyRefusing(view.event) || (view.in('assessment.current') && isRiskLow(view)),
  }),
  typePermits: t.rule(gathering, {
    ...refuse(
      'RECONCILIATION_FORBIDDEN_FOR_TYPE',
      'INV-03',
      'There is no reconciliation after sexual violence or where a child was harmed or may have been.',
      'لا صلح في العنف الجنسي أو إذا تعرض طفل لأذى أو خيف عليه منه.',
    ),
    holds: (view) => isOnlyRefusing(view.event) || !isForbidden(view),
  }),
};
