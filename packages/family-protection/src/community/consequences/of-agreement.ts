// What follows from signing, from breaking and from keeping an agreement.
import type { Events, View } from '../head.ts';
import type { NewEvent, PartView } from '@himaya/engine';
import { partsIn } from '../../parts.ts';
import { agreementKind, obligationKind } from '../parts/kinds.ts';
import type { Agreement, Obligation } from '../parts/kinds.ts';
import { reached } from '../../deadlines/reached.ts';
import type { Consequence } from './kind.ts';

function obligationsOf(view: View, agreementId: string): readonly PartView<Obligation>[] {
  return view.parts
    .all(obligationKind)
    .filter(({ context }) => context.agreementId === agreementId);
}

/** Agreements whose monitoring is over and of which nothing with a date is left to do. */
function keptAgreements(view: View): readonly PartView<Agreement>[] {
  return partsIn(view.parts.all(agreementKind), 'monitored').filter(({ id }) =>
    partsIn(obligationsOf(view, id), 'open', 'overdue').every(
      ({ context }) => context.due === null,
    ),
  );
}

/** Whether an agreement was monitored when the event happened, whenever that is entered. */
function isMonitored({ parts, event }: View, agreementId: string): boolean {
  return parts.one(agreementKind, agreementId)?.wasIn('inForce', event.occurredAt) === true;
}

/** Whether someone owes under a clause that holds as long as the agreement is monitored. */
function owedLastingly(view: View, agreementId: string, obligor: string): boolean {
  return obligationsOf(view, agreementId).some(
    ({ context }) => context.due === null && context.owing.includes(obligor),
  );
}

const fulfilled = (view: View): NewEvent<Events>[] =>
  keptAgreements(view).map(({ id }) => ({
    type: 'SettlementFulfilled',
    data: { agreementId: id },
  }));

/** Consequences of agreements, in the order in which they are judged. */
export const agreementConsequences: readonly Consequence[] = [
  {
    name: 'each clause that is signed obliges those it names',
    records: ['ObligationOpened'],
    on: ['NeighbourhoodAgreementSigned'],
    record: ({ event }) => {
      if (event.type !== 'NeighbourhoodAgreementSigned') return [];
      const { agreementId, clauses } = event.data;
      return clauses.map(({ clauseId, obligors, due }) => ({
        type: 'ObligationOpened' as const,
        data: {
          obligationId: `${agreementId}-${clauseId}`,
          agreementId,
          clauseId,
          obligors: [...new Set(obligors)],
          ...(due === undefined ? {} : { due }),
        },
      }));
    },
  },
  {
    name: 'a repetition by a signer breaks what they signed',
    records: ['ObligationBreached'],
    on: ['RecurrenceDetected'],
    record: (view) => {
      const { event } = view;
      if (event.type !== 'RecurrenceDetected' || !isOnTheSpot(view)) return [];
      const { respondent } = event.data;
      return partsIn(view.parts.all(obligationKind), 'open')
        .filter(({ context }) => context.owing.includes(respondent) && context.due === null)
        .filter(({ context }) => isMonitored(view, context.agreementId))
        .map(({ id }) => ({
          type: 'ObligationBreached',
          data: { obligationId: id, obligor: respondent, cause: 'recurrence' },
        }));
    },
  },
  {
    name: 'a repetition within the monitoring breaks the agreement when it becomes known later',
    records: ['SettlementBreached'],
    on: ['RecurrenceDetected'],
    record: (view) => {
      const { event } = view;
      if (event.type !== 'RecurrenceDetected' || !isOnTheSpot(view)) return [];
      const obligor = event.data.respondent;
      return partsIn(view.parts.all(agreementKind), 'fulfilled')
        .filter(({ id }) => isMonitored(view, id) && owedLastingly(view, id, obligor))
        .map(({ id }) => ({ type: 'SettlementBreached', data: { agreementId: id, obligor } }));
    },
  },
  {
    name: 'the first breach breaks the agreement',
    records: ['SettlementBreached'],
    on: ['ObligationBreached'],
    record: (view) => {
      const { event } = view;
      if (event.type !== 'ObligationBreached') return [];
      const broken = view.parts.one(obligationKind, event.data.obligationId)?.context;
      if (!broken) return [];
      const { agreementId } = broken;
      const { obligor } = event.data;
      const breaches = partsIn(obligationsOf(view, agreementId), 'breached');
      return breaches.length === 1
        ? [{ type: 'SettlementBreached', data: { agreementId, obligor } }]
        : [];
    },
  },
  {
    name: 'an agreement kept to the end of its monitoring is fulfilled',
    records: ['SettlementFulfilled'],
    on: ['DeadlineReached', 'ObligationFulfilled'],
    when: (view) => view.event.type === 'ObligationFulfilled' || isMonitoringEnd(view),
    record: fulfilled,
  },
];

/** Whether a repetition happened where the complaint, and so the agreement, is about. */
function isOnTheSpot({ event, context }: View): boolean {
  return event.type === 'RecurrenceDetected' && event.data.place === context.complaint?.place;
}

function isMonitoringEnd(view: View): boolean {
  return reached(view)?.name === 'monitoringEnd';
}
