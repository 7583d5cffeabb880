// The region of the life cycle: from the first contact to the closed file, and who is accountable.
import { assign } from 'xstate';
import { machine, type StateConfig } from './machine-setup.ts';
import { added, agesAt, namesOf, union } from '../../parties/facts.ts';
import { dangerNoted } from '../../protection/first-action.ts';
import { officeOf } from '../../staff/readers.ts';
import { countsFrom } from './dangers.ts';
import { notes } from './notes.ts';

const leaving = machine.createStateConfig({
  on: {
    CaseReclassified: {
      target: 'reclassified',
      actions: assign({ reclassifiedTo: ({ event }) => event.data.to }),
    },
    DuplicateMerged: {
      target: 'merged',
      actions: assign({ successor: ({ event }) => event.data.survivingCaseId }),
    },
  },
});

const retriage = machine.createStateConfig({
  on: { CaseTriaged: { actions: assign({ triageLevel: ({ event }) => event.data.level }) } },
});

const takesIntake = machine.createStateConfig({
  on: {
    IntakeStarted: {
      target: 'intake',
      actions: assign({
        concerns: ({ context, event }) => union(context.concerns, event.data.concerns),
        ...dangerNoted,
        dangersTold: ({ context, event }) =>
          context.dangersTold + (event.data.immediateDanger ? 1 : 0),
        screenFrom: countsFrom,
        accessNeedsAnswered: ({ context, event }) =>
          context.accessNeedsAnswered || event.data.accessNeeds !== undefined,
        office: ({ event }) => officeOf(event.actor),
        dutyOfficer: ({ event }) => event.actor.staff,
      }),
    },
  },
});

const intake = machine.createStateConfig({
  on: {
    ...leaving.on,
    ComplaintRegistered: {
      target: 'registered',
      actions: assign({
        complaint: ({ event: { data, occurredAt } }) => ({
          subType: data.subType,
          place: data.place,
          block: data.block,
          incidentAt: data.incidentAt ?? occurredAt,
        }),
        screenFrom: countsFrom,
        parties: ({ context, event: { data, occurredAt } }) =>
          agesAt(context.parties, data.incidentAt ?? occurredAt),
      }),
    },
    IntakeAbandoned: 'abandoned',
  },
});

const registered = machine.createStateConfig({
  on: {
    ...leaving.on,
    CaseTriaged: {
      target: 'triaged',
      actions: assign({ triageLevel: ({ event }) => event.data.level }),
    },
  },
});

const joins = machine.createStateConfig({
  on: {
    CaseAssigned: {
      guard: ({ event }) => event.data.capacity !== 'caseworker',
      actions: assign({ assigned: ({ context, event }) => added(context.assigned, event.data.to) }),
    },
  },
});

const triaged = machine.createStateConfig({
  on: {
    ...leaving.on,
    ...retriage.on,
    CaseAssigned: [
      {
        guard: ({ event }) => event.data.capacity === 'caseworker',
        target: 'active',
        actions: assign({
          lead: ({ event }) => event.data.to,
          assigned: ({ context, event }) => added(context.assigned, event.data.to),
        }),
      },
      joins.on.CaseAssigned,
    ],
  },
});

const reassigns = machine.createStateConfig({
  on: {
    CaseReassigned: {
      guard: ({ context, event }) => (context.lead ?? 'nobody') === event.data.from,
      actions: assign({
        lead: ({ event }) => event.data.to,
        assigned: ({ context, event }) =>
          added(context.assigned, event.data.to).filter((staff) => staff !== event.data.from),
      }),
    },
  },
});

const active = machine.createStateConfig({
  on: {
    ...leaving.on,
    ...retriage.on,
    ...joins.on,
    ...reassigns.on,
    ClosureProposed: {
      target: 'closureReview',
      actions: assign({
        closure: ({ event: { data, actor } }) => ({
          proposers: union([data.proposer], namesOf(actor)),
          reasonCode: data.reasonCode,
        }),
        feedbackOffered: ({ context, event }) =>
          context.feedbackOffered || event.data.feedbackOffered,
      }),
    },
    CaseTransferred: {
      target: 'transferred',
      actions: assign({ successor: ({ event }) => event.data.successor }),
    },
  },
});

const closureReview = machine.createStateConfig({
  on: {
    ...leaving.on,
    ...reassigns.on,
    ClosureReturned: { target: 'active', actions: assign({ closure: null }) },
    CaseClosed: 'closed',
  },
});

const reclassified = machine.createStateConfig({
  on: {
    // What becomes known meanwhile may need another type than the one that was chosen.
    CaseReclassified: leaving.on.CaseReclassified,
    SuccessorOpened: [
      {
        guard: ({ event }) => event.data.partyId === undefined,
        target: 'transferred',
        actions: assign({ successor: ({ event }) => event.data.caseId }),
      },
      {
        guard: ({ context, event }) =>
          event.data.partyId !== undefined && context.childRoutes[event.data.partyId] === null,
        actions: notes.SuccessorOpened.actions,
      },
    ],
  },
});

/** The region `lifecycle`. None of its states is final: a closed case still takes emergencies. */
export const lifecycle: StateConfig = machine.createStateConfig({
  initial: 'draft',
  on: notes,
  states: {
    draft: takesIntake,
    intake,
    registered,
    triaged,
    active,
    closureReview,
    closed: {
      on: {
        CaseReopened: {
          target: 'active',
          actions: assign({ closure: null, reopenedAt: ({ event }) => event.recordedAt }),
        },
      },
    },
    reclassified,
    transferred: {},
    merged: {},
    abandoned: takesIntake,
  },
});
