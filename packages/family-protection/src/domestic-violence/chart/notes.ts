// What the case notes in any state of its life cycle, without leaving that state.
import { assign } from 'xstate';
import { withHome, withoutHome, withPerson } from '../../household/links.ts';
import { added, namesOf, union } from '../../parties/facts.ts';
import type { Context, Party } from '../context.ts';
import { dangerNoted, isUnmetAfter } from '../../protection/first-action.ts';
import { machine, type StateConfig } from './machine-setup.ts';

/** The parties with something new about one of them. */
function withParty(
  parties: Context['parties'],
  partyId: string,
  news: (party: Party) => Partial<Party>,
): Context['parties'] {
  return Object.fromEntries(
    Object.entries(parties).map(([id, party]) => [
      id,
      id === partyId ? { ...party, ...news(party) } : party,
    ]),
  );
}

/** The parties, for whom somebody who turns out to be related to one of them interprets no more. */
function withoutInterpreter(parties: Context['parties'], staff: string): Context['parties'] {
  return Object.fromEntries(
    Object.entries(parties).map(([id, party]) => [
      id,
      party.interpreter === staff ? { ...party, interpreter: null } : party,
    ]),
  );
}

const takenOver = machine.createStateConfig({
  on: {
    CaseTakenOver: {
      actions: assign({
        predecessor: ({ event }) => event.data.predecessor,
        // Whoever answered for the file before answers for it here until somebody is assigned.
        office: ({ context, event }) => event.data.office ?? context.office,
        dutyOfficer: ({ event }) => event.data.accountable,
        conflicts: ({ event }) => event.data.conflicts,
        investigators: ({ event }) => event.data.investigators,
        conciliators: ({ event }) => event.data.conciliators,
        accessNeedsAnswered: ({ context, event }) =>
          context.accessNeedsAnswered || event.data.accessNeedsAnswered,
      }),
    },
    PartyTakenOver: {
      actions: assign({
        parties: ({ context, event: { data } }) => ({
          ...context.parties,
          [data.partyId]: {
            role: data.partyRole,
            isChild: data.isChild,
            ageBand: data.ageBand,
            ageAt: data.ageAt ?? null,
            toldBy: data.enteredBy,
            relation: data.relationToVictim,
            // What a building asks of visitors no file of another type knows: it is asked here.
            careNeeded: null,
            interviewerPreferred: null,
            interpreterNeeded: null,
            interpreter: null,
          },
        }),
      }),
    },
  },
});

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
            relation: data.relationToVictim,
            careNeeded: data.careNeeded ?? null,
            interviewerPreferred: data.interviewerPreferred ?? null,
            interpreterNeeded: data.interpreterNeeded ?? null,
            interpreter: null,
          },
        }),
      }),
    },
    PartyNeedsAnswered: {
      actions: assign({
        parties: ({ context, event: { data, actor } }) =>
          withParty(context.parties, data.partyId, ({ toldBy }) => {
            const { partyId: _, ...answered } = data;
            const isTold = data.interpreterNeeded === true;
            return isTold ? { ...answered, toldBy: union(toldBy, namesOf(actor)) } : answered;
          }),
      }),
    },
    // Whoever is given an interpreter needs one, whatever was told before.
    LanguageSupportAssigned: {
      actions: assign({
        parties: ({ context, event: { data } }) =>
          withParty(context.parties, data.partyId, () => ({
            interpreterNeeded: true,
            interpreter: data.interpreterId,
          })),
      }),
    },
    // Whoever is offered one needs it, whatever she says to the offer.
    CareRoomOffered: {
      actions: assign({
        parties: ({ context, event }) =>
          withParty(context.parties, event.data.partyId, () => ({ careNeeded: true })),
      }),
    },
    PartyAgeCorrected: {
      guard: ({ context, event }) => context.parties[event.data.partyId] !== undefined,
      actions: assign({
        parties: ({ context, event: { data, actor } }) =>
          withParty(context.parties, data.partyId, ({ toldBy }) => ({
            isChild: data.isChild,
            ageBand: data.ageBand,
            ageAt: data.ageAt ?? null,
            toldBy: union(toldBy, namesOf(actor)),
          })),
      }),
    },
    PartyRoleChanged: {
      actions: assign({
        parties: ({ context, event: { data, actor } }) =>
          withParty(context.parties, data.partyId, ({ toldBy }) => ({
            role: data.to,
            // Whether somebody may interpret for them depends on which side they are on.
            interpreter: null,
            toldBy: union(toldBy, namesOf(actor)),
          })),
      }),
    },
    PartyRemoved: {
      actions: assign({
        parties: ({ context, event: { data } }) =>
          Object.fromEntries(
            Object.entries(context.parties).filter(([id]) => id !== data.partyId),
          ),
      }),
    },
    RelationshipRecorded: {
      actions: assign({
        relationships: ({ context, event: { data } }) => [
          ...context.relationships.filter(({ a, b }) => a !== data.a || b !== data.b),
          { a: data.a, b: data.b, relation: data.relation, isStatutory: data.statutoryFamily },
        ],
        // What is said of somebody and the victim is how they stand to the victim.
        parties: ({ context, event: { data } }) =>
          context.parties[data.a]?.role === 'victim'
            ? withParty(context.parties, data.b, () => ({ relation: data.relation }))
            : context.parties,
      }),
    },
  },
});

const staff = machine.createStateConfig({
  on: {
    ConflictOfInterestDeclared: {
      actions: assign({
        conflicts: ({ context, event }) => added(context.conflicts, event.data.staff),
        // Whoever is related to a party answers for the case no longer: the duty officer does.
        lead: ({ context, event }) => (context.lead === event.data.staff ? null : context.lead),
        assigned: ({ context, event }) =>
          context.assigned.filter((member) => member !== event.data.staff),
        parties: ({ context, event }) => withoutInterpreter(context.parties, event.data.staff),
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
    // Whoever has heard a party of it has investigated.
    InterviewStarted: {
      actions: assign({
        investigators: ({ context, event }) => union(context.investigators, namesOf(event.actor)),
      }),
    },
    CaseReviewed: { actions: assign({ reviewsMissed: 0 }) },
    CaseReviewMissed: {
      actions: assign({ reviewsMissed: ({ context }) => context.reviewsMissed + 1 }),
    },
  },
});

const file = machine.createStateConfig({
  on: {
    AccessNeedsAnswered: { actions: assign({ accessNeedsAnswered: true }) },
    SafetyConcernNoted: {
      actions: assign({
        ...dangerNoted,
        dangersTold: ({ context }) => context.dangersTold + 1,
      }),
    },
    DangerTaken: { actions: assign({}) },
    ProtectiveMeasureStarted: { actions: assign({ dangerUnmet: isUnmetAfter }) },
    MedicalTransferOrdered: { actions: assign({ dangerUnmet: isUnmetAfter }) },
    ServiceFeedbackReceived: { actions: assign({ feedbackOffered: true }) },
    SafeContactSet: {
      actions: assign({
        safeContacts: ({ context, event: { data } }) => ({
          ...context.safeContacts,
          [data.partyId]: data.channels,
        }),
      }),
    },
    CaseUnlinked: {
      actions: assign({
        linkedCases: ({ context, event: { data } }) =>
          context.linkedCases.filter(
            ({ caseId, relation }) => caseId !== data.otherCaseId || relation !== data.relation,
          ),
      }),
    },
    CaseLinked: {
      actions: assign({
        linkedCases: ({ context, event: { data, actor } }) => [
          ...context.linkedCases,
          { caseId: data.otherCaseId, relation: data.relation, linkedBy: [...namesOf(actor)] },
        ],
      }),
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
    NoticeFailed: {
      guard: ({ event }) => event.data.cause === 'wrongPerson',
      // A way on which somebody else listens is none that is safe.
      actions: assign({
        safeContacts: ({ context: { safeContacts }, event: { data } }) => ({
          ...safeContacts,
          [data.recipient]: (safeContacts[data.recipient] ?? []).filter(
            ({ kind }) => kind !== data.channel,
          ),
        }),
      }),
    },
    DisclosureLogged: { actions: assign({}) },
    MandatoryDisclosureInvoked: { actions: assign({}) },
    ConfidentialityLimitsExplained: { actions: assign({}) },
    ConsentDeclined: { actions: assign({}) },
    CaseConferenceRequested: { actions: assign({}) },
    CaseConferenceHeld: {
      actions: assign({
        // An earlier one that is entered late takes nothing back.
        conferredAt: ({ context: { conferredAt }, event: { occurredAt } }) =>
          occurredAt > conferredAt ? occurredAt : conferredAt,
      }),
    },
    NeedsAssessed: { actions: assign({}) },
    VictimReassuranceContactMade: { actions: assign({}) },
    DeadlineDecisionRecorded: { actions: assign({}) },
  },
});

/** Transitions of the region `lifecycle` that leave its state as it is. */
export const notes: NonNullable<StateConfig['on']> = {
  ...takenOver.on,
  ...parties.on,
  ...staff.on,
  ...file.on,
};
