// What the case notes in any state of its life cycle, without leaving that state.
import { assign } from 'xstate';
import { withHome, withoutHome, withPerson } from '../../household/links.ts';
import { added, agesAt, namesOf, union } from '../../parties/facts.ts';
import { mediating } from '../parts/kinds.ts';
import { countsFrom, dangers } from './dangers.ts';
import { machine } from './machine-setup.ts';

const parties = machine.createStateConfig({
  on: {
    PartyAdded: {
      actions: assign({
        parties: ({ context, event: { data, actor } }) => ({
          ...context.parties,
          [data.partyId]: {
            role: data.partyRole,
            isChild: data.isChild,
            ageBand: data.ageBand,
            ageAt: data.ageAt ?? null,
            toldBy: [...namesOf(actor)],
            relation: data.relationToComplainant,
            formerly: [],
          },
        }),
        screenFrom: ({ context, event }) =>
          mediating.includes(event.data.partyRole)
            ? countsFrom({ context, event })
            : context.screenFrom,
      }),
    },
    PartyAgeCorrected: {
      guard: ({ context, event }) => context.parties[event.data.partyId] !== undefined,
      actions: assign({
        parties: ({ context, event: { data, actor } }) =>
          Object.fromEntries(
            Object.entries(context.parties).map(([id, party]) =>
              id === data.partyId
                ? [
                    id,
                    {
                      ...party,
                      toldBy: union(party.toldBy, namesOf(actor)),
                      isChild: data.isChild,
                      ageBand: data.ageBand,
                      ageAt: data.ageAt ?? null,
                    },
                  ]
                : [id, party],
            ),
          ),
        screenFrom: countsFrom,
        // Someone who turns out to be an adult needs no child procedure that is not open yet.
        childRoutes: ({ context, event: { data } }) =>
          Object.fromEntries(
            Object.entries(context.childRoutes).filter(
              ([id, route]) => data.isChild || id !== data.partyId || route !== null,
            ),
          ),
      }),
    },
    PartyRelationCorrected: {
      actions: assign({
        parties: ({ context, event: { data } }) =>
          Object.fromEntries(
            Object.entries(context.parties).map(([id, party]) => [
              id,
              id === data.partyId
                ? {
                    ...party,
                    relation: data.relationToComplainant,
                    formerly: added(party.formerly, party.relation),
                  }
                : party,
            ]),
          ),
        screenFrom: countsFrom,
      }),
    },
    ChildRerouted: {
      actions: assign({
        childRoutes: ({ context, event }) => ({
          ...context.childRoutes,
          [event.data.partyId]: context.childRoutes[event.data.partyId] ?? null,
        }),
      }),
    },
    SuccessorOpened: {
      guard: ({ context, event }) =>
        event.data.partyId !== undefined && context.childRoutes[event.data.partyId] === null,
      actions: assign({
        childRoutes: ({ context, event: { data } }) => ({
          ...context.childRoutes,
          ...(data.partyId === undefined ? {} : { [data.partyId]: data.caseId }),
        }),
      }),
    },
  },
});

const file = machine.createStateConfig({
  on: {
    AccessNeedsAnswered: { actions: assign({ accessNeedsAnswered: true }) },
    ComplaintCorrected: {
      actions: assign({
        complaint: ({ context, event: { data } }) =>
          context.complaint && {
            subType: data.subType ?? context.complaint.subType,
            place: data.place ?? context.complaint.place,
            block: data.block ?? context.complaint.block,
            incidentAt: data.incidentAt ?? context.complaint.incidentAt,
          },
        parties: ({ context, event }) =>
          event.data.incidentAt === undefined
            ? context.parties
            : agesAt(context.parties, event.data.incidentAt),
      }),
    },
    ConflictOfInterestDeclared: {
      actions: assign({
        conflicts: ({ context, event }) => added(context.conflicts, event.data.staff),
        // Whoever is related to a party answers for the case no longer: the duty officer does.
        lead: ({ context, event }) => (context.lead === event.data.staff ? null : context.lead),
        assigned: ({ context, event }) =>
          context.assigned.filter((staff) => staff !== event.data.staff),
      }),
    },
    CaseHandedOver: [
      {
        guard: ({ context, event }) => context.lead !== null && context.lead === event.data.from,
        actions: assign({
          lead: ({ event }) => event.data.to,
          assigned: ({ context, event }) => added(context.assigned, event.data.to),
        }),
      },
      {
        guard: ({ context, event }) =>
          context.lead === null && context.dutyOfficer === event.data.from,
        actions: assign({ dutyOfficer: ({ event }) => event.data.to }),
      },
    ],
    CaseReviewed: { actions: assign({ reviewsMissed: 0 }) },
    CaseReviewMissed: {
      actions: assign({ reviewsMissed: ({ context }) => context.reviewsMissed + 1 }),
    },
    HouseholdLinked: {
      actions: assign({
        households: ({ context, event }) => withHome(context.households, event),
      }),
    },
    HouseholdLinkCorrected: {
      actions: assign({
        households: ({ context, event }) => withPerson(context.households, event),
      }),
    },
    HouseholdUnlinked: {
      actions: assign({
        households: ({ context, event }) =>
          withoutHome(context.households, event.data.householdId),
      }),
    },
    VisitorNoted: {
      actions: assign({
        visitors: ({ context, event }) => union(context.visitors, [event.data.person]),
      }),
    },
    HouseholdReviewed: { actions: assign({}) },
    DangerTaken: { actions: assign({}) },
    ServiceFeedbackReceived: { actions: assign({ feedbackOffered: true }) },
    ReconciliationSuspended: { actions: assign({ round: ({ context }) => context.round + 1 }) },
    NoAgreementRecorded: { actions: assign({ round: ({ context }) => context.round + 1 }) },
    NeighbourhoodAgreementSigned: {
      actions: assign({ round: ({ context }) => context.round + 1 }),
    },
  },
});

/** Transitions of the region `lifecycle` that leave its state as it is. */
export const notes = { ...parties.on, ...file.on, ...dangers.on };
