// The region of the life cycle: from the first contact to the closed file, and who is accountable.
import { assign } from 'xstate';
import { added, agesAt, namesOf, union } from '../../parties/facts.ts';
import { dangerNoted } from '../../protection/first-action.ts';
import { officeOf } from '../../staff/readers.ts';
import type { Context } from '../context.ts';
import { machine, type StateConfig } from './machine-setup.ts';
import { notes } from './notes.ts';

/** What is remembered of a matter, whether it is told as a complaint or as a report. */
function matterOf({
  subType,
  incidentId,
  incidentAt,
  nonStatutoryFamily,
}: Omit<NonNullable<Context['matter']>, 'complaintNo'>) {
  return { subType, incidentId, incidentAt, nonStatutoryFamily };
}

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
        ...dangerNoted,
        dangersTold: ({ context, event }) =>
          context.dangersTold + (event.data.immediateDanger ? 1 : 0),
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
    ReportRegistered: {
      target: 'registered',
      actions: assign({
        matter: ({ event: { data } }) => ({ ...matterOf(data), complaintNo: null }),
        parties: ({ context, event }) => agesAt(context.parties, event.data.incidentAt),
      }),
    },
    ComplaintRegistered: {
      target: 'registered',
      actions: assign({
        matter: ({ event: { data } }) => ({ ...matterOf(data), complaintNo: data.complaintNo }),
        parties: ({ context, event }) => agesAt(context.parties, event.data.incidentAt),
      }),
    },
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
          reviewers: [],
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
    ClosureReviewed: {
      actions: assign({
        closure: ({ context, event: { data, actor } }) =>
          context.closure && {
            ...context.closure,
            reviewers: union(context.closure.reviewers, [data.reviewer, ...namesOf(actor)]),
          },
      }),
    },
    ClosureReturned: { target: 'active', actions: assign({ closure: null }) },
    CaseClosed: 'closed',
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
    // Whoever is protected stays so: the file does everything but close until another goes on.
    reclassified: {
      on: {
        CaseReclassified: leaving.on.CaseReclassified,
        SuccessorOpened: {
          target: 'transferred',
          actions: assign({ successor: ({ event }) => event.data.caseId }),
        },
      },
    },
    transferred: {},
    merged: {},
  },
});
