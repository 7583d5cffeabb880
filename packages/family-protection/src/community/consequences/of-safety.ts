// What a danger brings with it: a file, an accountable officer, and an end to every mediation.
import type { Events, View } from '../head.ts';
import { measureKind } from '../../protection/parts.ts';
import { consentKind, offerKind, offersOf } from '../parts/kinds.ts';
import { partsIn } from '../../parts.ts';
import { sessionKind } from '../../conciliation/parts.ts';
import type { NewEvent } from '@himaya/engine';
import type { Consequence } from './kind.ts';

const emergencies = ['ProtectiveMeasureStarted', 'MedicalTransferOrdered'] as const;
const dangers = [...emergencies, 'SafetyConcernNoted'] as const;
const screenings = ['HiddenHarmScreened', 'ViolenceScreeningCompleted'] as const;

/** Whether this case may bring people together at all. */
export function isMediationSafe(view: Pick<View, 'in' | 'parts' | 'context'>): boolean {
  return (
    view.in('screening.negative') &&
    !view.context.dangerUnmet &&
    partsIn(view.parts.all(measureKind), 'active').length === 0
  );
}

/** Whether another case of a household stands against the mediation. */
function isElsewhere({ event }: Pick<View, 'event'>): boolean {
  return event.type === 'HouseholdReviewed' && event.data.endangers;
}

/** Whether a mediation is under way. */
export function hasMediation({ parts }: Pick<View, 'parts'>): boolean {
  return (
    partsIn(parts.all(offerKind), 'open').length > 0 ||
    partsIn(parts.all(sessionKind), 'scheduled').length > 0 ||
    partsIn(parts.all(consentKind), 'given').some(({ context }) => context.purpose === 'mediation')
  );
}

function tripwire({ event, in: inState }: View) {
  if (hasLeft({ in: inState })) return 'leftProcedure';
  if (inState('screening.positive')) return 'harmFound';
  if (isElsewhere({ event })) return 'householdDanger';
  return (emergencies as readonly string[]).includes(event.type)
    ? 'emergencyMeasure'
    : 'screeningOpen';
}

/** A danger that is told, or a screening that did not rule it out. */
function isDanger(view: View): boolean {
  return (
    !(screenings as readonly string[]).includes(view.event.type) || !view.in('screening.negative')
  );
}

function hasLeft(view: Pick<View, 'in'>): boolean {
  return ['reclassified', 'merged', 'transferred'].some((state) => view.in(`lifecycle.${state}`));
}

function cancelled(view: View, reason: 'safety' | 'consentWithdrawn'): NewEvent<Events>[] {
  return partsIn(view.parts.all(sessionKind), 'scheduled').map(({ id }) => ({
    type: 'SessionCancelled',
    data: { sessionId: id, reason },
  }));
}

/** Refusals of those who were absent from two sessions of this round of mediation. */
function deemedDeclined({ parts, context: { round } }: View): NewEvent<Events>[] {
  const adjourned = partsIn(parts.all(sessionKind), 'adjourned').filter(
    ({ context }) => context.round === round,
  );
  return partsIn(offersOf(parts, round), 'open', 'accepted')
    .filter(({ context: { partyId } }) => {
      const missed = adjourned.filter(({ context }) => context.absent.includes(partyId));
      return missed.length >= 2;
    })
    .map(({ id, context: { partyId } }) => ({
      type: 'PartyDeclined',
      data: { offerId: id, partyId },
    }));
}

/** Consequences of dangers, in the order in which they are judged. */
export const safetyConsequences: readonly Consequence[] = [
  {
    name: 'a danger opens a file',
    records: ['IntakeStarted'],
    on: dangers,
    when: (view) => view.in('lifecycle.draft') || view.in('lifecycle.abandoned'),
    record: () => [
      {
        type: 'IntakeStarted',
        data: {
          channel: 'patrol',
          intakeKind: 'report',
          concerns: ['danger'],
          immediateDanger: false,
        },
      },
    ],
  },
  {
    name: 'a danger, or harm found later, reopens what was closed',
    records: ['CaseReopened'],
    on: [...dangers, ...screenings],
    when: (view) => view.in('lifecycle.closed') && isDanger(view),
    record: () => [{ type: 'CaseReopened', data: { reasonCode: 'newIncident' } }],
  },
  {
    name: 'a repetition reopens what was closed',
    records: ['CaseReopened'],
    on: ['RecurrenceDetected'],
    when: (view) => view.in('lifecycle.closed'),
    record: () => [{ type: 'CaseReopened', data: { reasonCode: 'newIncident' } }],
  },
  {
    name: 'a danger, or harm found meanwhile, returns a proposed closure',
    records: ['ClosureReturned'],
    on: [...dangers, ...screenings],
    when: (view) => view.in('lifecycle.closureReview') && isDanger(view),
    record: () => [{ type: 'ClosureReturned', data: { reasonCode: 'newIncident' } }],
  },
  {
    name: 'a danger stops mediation',
    records: ['ReconciliationSuspended', 'SessionCancelled'],
    on: [
      ...dangers,
      ...screenings,
      'PartyAdded',
      'PartyAgeCorrected',
      'PartyRelationCorrected',
      'FollowUpCompleted',
      'SessionTerminatedForSafety',
      'CaseReclassified',
      'DuplicateMerged',
      'CaseTransferred',
      'HouseholdReviewed',
    ],
    when: (view) =>
      hasMediation(view) && (!isMediationSafe(view) || hasLeft(view) || isElsewhere(view)),
    record: (view) => [
      { type: 'ReconciliationSuspended', data: { tripwire: tripwire(view) } },
      ...cancelled(view, 'safety'),
    ],
  },
  {
    name: 'who does not come a second time is taken to decline',
    records: ['PartyDeclined'],
    on: ['SessionAdjourned'],
    record: (view) => (view.event.type === 'SessionAdjourned' ? deemedDeclined(view) : []),
  },
  {
    name: 'who declines takes their consent back',
    records: ['ConsentWithdrawn'],
    on: ['PartyDeclined'],
    record: ({ event, parts }) => {
      if (event.type !== 'PartyDeclined') return [];
      const { partyId } = event.data;
      return partsIn(parts.all(consentKind), 'given')
        .filter(({ context }) => context.purpose === 'mediation' && context.partyId === partyId)
        .map(({ id }) => ({ type: 'ConsentWithdrawn', data: { consentId: id, partyId } }));
    },
  },
  {
    name: 'a withdrawal leaves too few for a session',
    records: ['SessionCancelled'],
    on: ['ConsentWithdrawn'],
    record: (view) => {
      const left = (attendees: readonly string[]): number =>
        attendees.filter((partyId) =>
          partsIn(view.parts.all(consentKind), 'given').some(
            ({ context }) => context.purpose === 'mediation' && context.partyId === partyId,
          ),
        ).length;
      return partsIn(view.parts.all(sessionKind), 'scheduled')
        .filter(({ context }) => left(context.attendees) < 2)
        .map(({ id }) => ({
          type: 'SessionCancelled',
          data: { sessionId: id, reason: 'consentWithdrawn' },
        }));
    },
  },
];
