// The household: members, linked cases and separation pairs. Orders are asked of the cases.
import type { CaseType, RuleView } from '@himaya/engine';
import { assign, setup } from 'xstate';
import { z } from 'zod';
import { roles } from '../roles.ts';
import { namesOf, union } from '../parties/facts.ts';
import { keptBy, noAuditor } from '../staff/duties.ts';
import { officeOf } from '../staff/readers.ts';
import { relations as noted, type Household } from './context.ts';
import { pairSchema } from './fields.ts';
import { lifted, linked, member, met, questioned, relinked, t, unlinked } from './home-head.ts';
import type { Linked } from './home-head.ts';
import { isOf, rules } from './home-rules.ts';
import { labels } from './labels.ts';
import { withLink, withOffice, withPair, withPerson } from './remembering.ts';
import { protectingHome as protecting, releasingHome } from './link-commands.ts';
import { danger } from '../protection/following.ts';
import { caseStream } from '../streams.ts';
import { concealedAtHome, isHomeReader } from './readers.ts';
import { unrelatedAtHome } from './related.ts';
import { personStream, separationReads } from './separation.ts';

/** The engine enters what the case itself has recorded. */
const isByTheCase = ({ actor }: RuleView['event']): boolean => actor.role === 'SYS';

/** SoD-5, SoD-4 and the office: what taking protection away asks of whoever does it. */
const releasing = [noAuditor, unrelatedAtHome, keptBy<Household>(({ offices }) => offices)];

/** The cases that a household lists. */
const casesOf = ({ links }: Household) => links.map(({ caseId }) => caseStream(caseId));

/** The chart of a household. */
export const householdChart = setup({ types: t.types }).createMachine({
  id: 'household',
  context: {
    householdId: '',
    members: [],
    links: [],
    pairs: [],
    meetings: [],
    offices: [],
    conflicts: [],
  },
  initial: 'known',
  states: {
    known: {
      on: {
        MemberAdded: {
          actions: assign({
            householdId: ({ event }) => event.data.household,
            offices: ({ context, event }) => withOffice(context.offices, officeOf(event.actor)),
            members: ({ context, event }) => [...new Set([...context.members, event.data.person])],
          }),
        },
        CaseLinked: {
          actions: assign({
            links: ({ context, event }) =>
              withLink(context.links, event.data, isByTheCase(event)),
            // Nobody but the case says which office it is of.
            offices: ({ context, event }) =>
              withOffice(context.offices, officeOf(event.actor) ?? event.data.office),
          }),
        },
        CaseLinkCorrected: {
          actions: assign({
            links: ({ context, event }) => withPerson(context.links, event.data),
          }),
        },
        CaseUnlinked: {
          actions: assign({
            links: ({ context, event }) =>
              context.links.filter(({ caseId }) => caseId !== event.data.caseId),
          }),
        },
        SeparationPairDeclared: {
          actions: assign({
            pairs: ({ context, event }) => withPair(context.pairs, event),
            offices: ({ context, event }) => withOffice(context.offices, officeOf(event.actor)),
          }),
        },
        SeparationPairLifted: {
          actions: assign({
            pairs: ({ context, event }) => context.pairs.filter((one) => !isOf(one, event.data)),
          }),
        },
        RelationsNoted: {
          actions: assign({
            conflicts: ({ context, event }) => union(context.conflicts, event.data.staff),
          }),
        },
        BookingsQuestioned: { actions: assign({}) },
        CasesQuestioned: { actions: assign({}) },
        MeetingNoted: {
          actions: assign({
            meetings: ({ context, event }) => [...context.meetings, event.data.meeting],
          }),
        },
      },
    },
  },
});

/**
 * The members whose bookings have to be looked at anew, each in their own file. Whoever joins a home
 * that no case concerns is kept from nobody by it.
 */
function reviews({ context, event }: RuleView<Household>) {
  if (event.type === 'MemberAdded' && context.links.length === 0) return [];
  return context.members.map((one) => ({
    name: 'ReviewBookings',
    input: { cause: causeOf(event), from: context.householdId },
    caseId: personStream(one),
  }));
}

/**
 * The cases of both are told that they met, once; where no case has both, those of either. Whatever
 * its type, a case takes it as a danger: the risk is looked at anew, and nobody is brought together.
 */
function dangers({ context, event }: RuleView<Household>) {
  const { meeting, a, b, told } = event.data as z.output<typeof met>;
  if (context.meetings.filter((one) => one === meeting).length > 1) return [];
  const has = (someone: string) => (one: Household['links'][number]) =>
    one.as.some(({ person }) => person === someone);
  const ofBoth = context.links.filter(has(a)).filter(has(b));
  const ofEither = context.links.filter((one) => has(a)(one) || has(b)(one));
  return (ofBoth.length > 0 ? ofBoth : ofEither)
    .filter(({ caseId }) => !told.includes(caseId))
    .map(({ caseId }) => ({ name: 'NoteSafetyConcern', input: danger, caseId }));
}

function causeOf({ type, data }: RuleView['event']): string {
  if (type === 'BookingsQuestioned') return (data as { readonly cause: string }).cause;
  return type === 'SeparationPairDeclared' ? 'pair' : 'case';
}

/** The cases that have to look whether what they plan is still safe, but for the one that knows. */
function caseReviews({ context, event: { data } }: RuleView<Household>) {
  const { source } = data as { readonly source?: string };
  return context.links
    .filter(({ agreed, caseId }) => agreed && caseId !== source)
    .map(({ caseId }) => ({ name: 'ReviewHousehold', input: {}, caseId }));
}

/** Whoever is related to a party is shown the file of no member, of those who join later neither. */
function relations({ context, event }: RuleView<Household>) {
  const isJoining = event.type === 'MemberAdded';
  const { person } = event.data as z.output<typeof member>;
  const staff = isJoining ? context.conflicts : (event.data as z.output<typeof noted>).staff;
  const input = { staff };
  return (staff.length === 0 ? [] : isJoining ? [person] : context.members).map((one) => ({
    name: 'NoteRelations',
    input,
    caseId: personStream(one),
  }));
}

/** What somebody entered here is told to the case; what the case has told it knows. */
function tellCase({ context, event }: RuleView<Household>) {
  const { caseId, as } = event.data as Linked;
  const input = { householdId: context.householdId, as, enteredBy: namesOf(event.actor) };
  return isByTheCase(event) ? [] : [{ name: 'LinkHousehold', input, caseId }];
}

/** After what bookings and the linked cases are looked at anew. */
const looks = [
  'MemberAdded',
  'BookingsQuestioned',
  'SeparationPairDeclared',
  'CaseLinked',
  'CaseLinkCorrected',
] as const;

/** Who lives together, which cases concern them, and who is kept apart from whom. */
export const household: CaseType = t.define({
  chart: householdChart,
  requires: {
    MemberAdded: rules.allOf('registered'),
    CaseLinked: rules.allOf('linkedMembers'),
    CaseUnlinked: rules.allOf('unlinkedThereFirst', 'noOrderInCase', 'unrelatedAround'),
    SeparationPairDeclared: rules.allOf('membersOnly'),
    SeparationPairLifted: rules.allOf(
      'pairKnown',
      'liftedBySecond',
      'noOrderBetween',
      'noDangerBetween',
      'unrelatedAround',
    ),
  },
  commands: {
    AddMember: {
      input: member,
      polarity: 'neutral',
      by: protecting,
      opens: true,
      keyedBy: (input) => input.household,
      reads: (input) => [personStream(input.person)],
      records: 'MemberAdded',
    },
    LinkCase: { input: linked, polarity: 'protective', by: protecting, records: 'CaseLinked' },
    CorrectLink: {
      input: relinked,
      polarity: 'protective',
      by: ['SYS'],
      records: 'CaseLinkCorrected',
    },
    UnlinkCase: {
      input: unlinked,
      polarity: 'restricted',
      by: releasingHome,
      duties: releasing,
      reads: ({ caseId }, { context }) => [caseStream(caseId), ...casesOf(context)],
      records: 'CaseUnlinked',
    },
    DeclareSeparationPair: {
      input: pairSchema,
      polarity: 'protective',
      by: protecting,
      records: 'SeparationPairDeclared',
    },
    LiftSeparationPair: {
      input: lifted,
      polarity: 'restricted',
      by: ['SUP', 'HEAD'],
      duties: releasing,
      // What is known of them in other homes counts as well.
      reads: ({ a, b }, { context, reads }) => [
        ...casesOf(context),
        ...separationReads(reads, [a, b]),
      ],
      records: 'SeparationPairLifted',
    },
    QuestionBookings: {
      input: questioned,
      polarity: 'protective',
      by: protecting,
      records: 'BookingsQuestioned',
    },
    TellCasesOfMeeting: {
      input: met,
      polarity: 'protective',
      by: ['SYS', 'SUP', 'HEAD'],
      records: 'MeetingNoted',
    },
    NoteRelations: {
      input: noted,
      polarity: 'protective',
      by: ['SYS'],
      records: 'RelationsNoted',
    },
    ReviewCases: {
      input: z.strictObject({}),
      polarity: 'protective',
      by: releasingHome,
      records: 'CasesQuestioned',
    },
  },
  reactions: [
    {
      name: 'review bookings of members',
      on: looks,
      commands: reviews,
    },
    { name: 'a meeting is a danger in the cases', on: ['MeetingNoted'], commands: dangers },
    {
      name: 'tell the files of its people who is related',
      on: ['RelationsNoted', 'MemberAdded'],
      commands: relations,
    },
    { name: 'tell the case that it is linked', on: ['CaseLinked'], commands: tellCase },
    {
      name: 'review what linked cases plan',
      on: [...looks, 'CasesQuestioned'],
      commands: caseReviews,
    },
  ],
  readers: isHomeReader,
  conceals: concealedAtHome,
  labels: { ...labels, roles },
});
