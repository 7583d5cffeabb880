// What a danger brings with it: a file, an accountable officer, and an end to every mediation.
import type { Events, View } from '../head.ts';
import { consentKind, measureKind, offerKind, partsIn, sessionKind } from '../parts/kinds.ts';
import type { NewEvent } from '@himaya/engine';
import type { Consequence } from './kind.ts';

const emergencies = ['ProtectiveMeasureStarted', 'MedicalTransferOrdered'] as const;

/** Whether this case may bring people together at all. */
export function isMediationSafe(view: Pick<View, 'in' | 'parts'>): boolean {
  return (
    view.in('screening.negative') && partsIn(view.parts.all(measureKind), 'active').length === 0
  );
}

function hasMediation({ parts }: View): boolean {
  return (
    partsIn(parts.all(offerKind), 'open').length > 0 ||
    partsIn(parts.all(sessionKind), 'scheduled').length > 0 ||
    partsIn(parts.all(consentKind), 'given').some(({ context }) => context.purpose === 'mediation')
  );
}

function tripwire({ event, in: inState }: View) {
  if (inState('lifecycle.reclassified') || inState('lifecycle.merged')) return 'leftProcedure';
  if (inState('screening.positive')) return 'harmFound';
  return (emergencies as readonly string[]).includes(event.type)
    ? 'emergencyMeasure'
    : 'screeningOpen';
}

function cancelled(view: View, reason: 'safety' | 'consentWithdrawn'): NewEvent<Events>[] {
  return partsIn(view.parts.all(sessionKind), 'scheduled').map(({ id }) => ({
    type: 'SessionCancelled',
    data: { sessionId: id, reason },
  }));
}

/** Consequences of dangers, in the order in which they are judged. */
export const safetyConsequences: readonly Consequence[] = [
  {
    name: 'an emergency opens a file',
    on: emergencies,
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
    name: 'an emergency reopens what was closed',
    on: emergencies,
    when: (view) => view.in('lifecycle.closed'),
    record: () => [{ type: 'CaseReopened', data: { reasonCode: 'newIncident' } }],
  },
  {
    name: 'an emergency returns a proposed closure',
    on: emergencies,
    when: (view) => view.in('lifecycle.closureReview'),
    record: () => [{ type: 'ClosureReturned', data: { reasonCode: 'newIncident' } }],
  },
  {
    name: 'a danger stops mediation',
    on: [
      ...emergencies,
      'HiddenHarmScreened',
      'ViolenceScreeningCompleted',
      'PartyAdded',
      'FollowUpCompleted',
      'SessionTerminatedForSafety',
      'CaseReclassified',
      'DuplicateMerged',
    ],
    when: (view) =>
      hasMediation(view) &&
      (!isMediationSafe(view) || view.in('lifecycle.reclassified') || view.in('lifecycle.merged')),
    record: (view) => [
      { type: 'ReconciliationSuspended', data: { tripwire: tripwire(view) } },
      ...cancelled(view, 'safety'),
    ],
  },
  {
    name: 'a withdrawal leaves too few for a session',
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
