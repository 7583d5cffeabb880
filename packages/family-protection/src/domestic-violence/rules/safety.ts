// Rules under which people of a violence case may be brought together at all, asked at every step.
import { addMs, elapsedMs, type Instant, type PartView } from '@himaya/engine';
import { meetingWordings } from '../../conciliation/wordings.ts';
import { excludedIn } from '../gravity.ts';
import { t, type View } from '../head.ts';
import { contactOrdersBetween, isOrderAsked } from '../orders.ts';
import { incidentKind, type Incident } from '../parts/kinds.ts';
import { permitsMeeting } from '../risk.ts';

/** Steps that lead people towards one another. */
export const gathering = [
  'EligibilityAssessed',
  'ReconciliationOffered',
  'PartyConsented',
  'ReconciliationSessionScheduled',
  'SessionHeld',
  'SettlementSigned',
] as const;
/** One of these steps. */
export type Gathering = Extract<View['event'], { readonly type: (typeof gathering)[number] }>;

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
export function instantsOf(event: Gathering): readonly [Instant, ...Instant[]] {
  const { occurredAt, recordedAt } = event;
  return event.type === 'ReconciliationSessionScheduled'
    ? [occurredAt, recordedAt, event.data.start]
    : [occurredAt, recordedAt];
}

/** Whether an order of this case forbids any two of these people to meet. */
function areKeptApart(parts: View['parts'], people: readonly string[], at: Instant): boolean {
  return people.some((a, index) =>
    people.slice(index + 1).some((b) => contactOrdersBetween(parts, [a, b], at).length > 0),
  );
}

/** Whether something is recorded for which there is no reconciliation, ever. */
export function isForbidden(view: Pick<View, 'parts' | 'policy' | 'context'>): boolean {
  const { parts, policy, context } = view;
  const hasViolence = parts
    .all(incidentKind)
    .some((incident) => excludedIn(incident.context, policy).length > 0);
  const isWorrying = Object.values(context.childScreenings).includes('concern');
  return hasViolence || isWorrying || hasChildVictim({ parts, context });
}

/** Whether a child is a victim in this case. */
export function hasChildVictim({ parts, context }: Pick<View, 'parts' | 'context'>): boolean {
  return (
    Object.values(context.parties).some(({ role, isChild }) => role === 'victim' && isChild) ||
    parts
      .all(incidentKind)
      .some(
        ({ context: { victim, isChildTargeted } }) =>
          isChildTargeted || context.parties[victim ?? '']?.isChild === true,
      )
  );
}

/** Which of these incidents lie within a window of policy before `at`, or after it. */
export function incidentsWithin(
  incidents: readonly PartView<Incident>[],
  { policy }: Pick<View, 'policy'>,
  window: string,
  at: Instant,
): readonly PartView<Incident>[] {
  const from = addMs(at, -elapsedMs(policy.duration(window)));
  return incidents.filter(({ context }) => context.latestFrom >= from);
}

/** What an assessment that finds no ground for eligibility does not have to prove. */
export function isOnlyRefusing(event: Gathering): boolean {
  return event.type === 'EligibilityAssessed' && !event.data.eligible;
}

/** Rules of safety. */
export const safetyRules = {
  // Whoever would speak for a party, or about a child whom an order protects, is kept apart too.
  noOrderBetween: t.rule(gathering, {
    ...meetingWordings.order,
    holds: (view) =>
      isOnlyRefusing(view.event) ||
      (!isOrderAsked(view.parts) &&
        instantsOf(view.event).every(
          (at) => !areKeptApart(view.parts, Object.keys(view.context.parties), at),
        )),
  }),
  riskLow: t.rule(gathering, {
    ...meetingWordings.risk,
    holds: (view) =>
      isOnlyRefusing(view.event) ||
      (view.in('assessment.current') &&
        !view.context.dangerUnmet &&
        permitsMeeting(view.context, view.event.occurredAt, view.policy)),
  }),
  typePermits: t.rule(gathering, {
    ...meetingWordings.type,
    holds: (view) => isOnlyRefusing(view.event) || !isForbidden(view),
  }),
};
