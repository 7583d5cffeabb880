// The household: members, linked cases and separation pairs. Orders are asked of the cases.
import {
  caseType,
  type CaseType,
  type Instant,
  type ReadsView,
  type RuleView,
} from '@himaya/engine';
import { assign, setup } from 'xstate';
import { z } from 'zod';
import { roles } from '../roles.ts';
import { contextSchema, joined, link, type Household } from './context.ts';
import { compoundRef, ref } from '../fields.ts';
import { cause, pairSchema, words } from './fields.ts';
import { labels } from './labels.ts';
import { protectingHome as protecting, releasingHome } from './link-commands.ts';
import type { Homes } from './links.ts';
import { ordersBetween } from './case-facts.ts';
import { caseStream } from '../streams.ts';
import { personStream, seen } from './separation.ts';
import { refuse } from '../wording/wording.ts';

const member = z.strictObject({ household: ref, person: ref });
/** `source`: the case in which it happened, which has drawn its own conclusions. */
const questioned = z.strictObject({ cause, source: ref.exactOptional() });
const two = z.strictObject({ a: ref, b: ref });
const met = two.extend({ meeting: compoundRef });
type Pair = Household['pairs'][number];
type Link = Household['links'][number];
type Linked = z.output<typeof link>;

const t = caseType({
  name: 'family.household',
  version: '1.0.0',
  category: 'household',
  policy: 'baseline',
  title: words('Household', 'منزل الأسرة'),
  context: contextSchema,
  events: {
    MemberAdded: member,
    CaseLinked: link,
    CaseUnlinked: z.strictObject({ caseId: ref, reason: z.string().min(1).max(500) }),
    SeparationPairDeclared: pairSchema,
    SeparationPairLifted: two.extend({ reason: z.string().min(1).max(500) }),
    BookingsQuestioned: questioned,
    CasesQuestioned: z.strictObject({}),
    MeetingNoted: met,
  },
});

/** The engine enters what the case itself has recorded. */
const isByTheCase = ({ actor }: RuleView['event']): boolean => actor.role === 'SYS';

const isOf = (pair: Pick<Pair, 'a' | 'b'>, { a, b }: Pick<Pair, 'a' | 'b'>): boolean =>
  (pair.a === a && pair.b === b) || (pair.a === b && pair.b === a);

/** What was declared before holds on: declaring it anew may only make it stricter. */
function withPair(pairs: readonly Pair[], pair: Pair): Pair[] {
  const before = pairs.find((one) => isOf(one, pair));
  const strict = before?.mode === 'noOverlapBuilding' ? before.mode : pair.mode;
  const bufferMin = Math.max(before?.bufferMin ?? 0, pair.bufferMin);
  return [...pairs.filter((one) => !isOf(one, pair)), { ...pair, bufferMin, mode: strict }];
}

/** Who was linked before stays linked: linking anew adds people, and takes nobody out of an order. */
function withLink(links: readonly Link[], { caseId, as }: Linked, isAgreed: boolean): Link[] {
  const before = links.find((one) => one.caseId === caseId);
  const agreed = isAgreed || before?.agreed === true;
  const all = before ? joined(before.as, as) : as;
  return [...links.filter((one) => one.caseId !== caseId), { caseId, as: all, agreed }];
}

/** Whether an order of a linked case keeps any two of its people apart. */
function isOrdered({ caseId, as }: Linked, reads: ReadsView, at: Instant): boolean {
  const file = seen(reads, caseStream(caseId));
  if (!file) return false;
  return as.some((one, place) =>
    as
      .slice(place + 1)
      .some((other) => ordersBetween(file, one.partyId, other.partyId, at).length > 0),
  );
}

const ordered = (en: string, ar: string) => refuse('SEPARATION_ORDERED', 'INV-08', en, ar);

const rules = t.rules({
  registered: t.rule(['MemberAdded'], {
    ...refuse(
      'PERSON_NOT_REGISTERED',
      'household',
      'First the household is entered in the file of the person.',
      'يسجل المنزل أولا في ملف الشخص.',
    ),
    holds: ({ event, reads }) => {
      const file = seen(reads, personStream(event.data.person));
      const known = (file?.context['households'] ?? []) as readonly string[];
      return known.includes(event.data.household);
    },
  }),
  membersOnly: t.rule(['SeparationPairDeclared'], {
    ...refuse(
      'NOT_A_MEMBER',
      'household',
      'Both people have to be members of the household, and two.',
      'يجب أن يكون الاثنان من أفراد المنزل ومختلفين.',
    ),
    holds: ({ context, event: { data } }) =>
      data.a !== data.b && [data.a, data.b].every((one) => context.members.includes(one)),
  }),
  linkedMembers: t.rule(['CaseLinked'], {
    ...refuse(
      'NOT_A_MEMBER',
      'household',
      'Everyone who is linked has to be a member of the household.',
      'يجب أن يكون كل من يربط من أفراد المنزل.',
    ),
    holds: ({ context, event }) =>
      event.data.as.every(({ person }) => context.members.includes(person)),
  }),
  unlinkedThereFirst: t.rule(['CaseUnlinked'], {
    ...refuse(
      'CASE_STILL_LINKED',
      'INV-33',
      'First the case takes back that it belongs to this household.',
      'تفك القضية ربطها بهذا المنزل أولا.',
    ),
    holds: ({ context, event, reads }) => {
      const homes = seen(reads, caseStream(event.data.caseId))?.context['households'];
      return !((homes ?? []) as Homes).some((one) => one.householdId === context.householdId);
    },
  }),
  pairKnown: t.rule(['SeparationPairLifted'], {
    ...refuse('NOT_SEPARATED', 'household', 'They are not kept apart.', 'لا يوجد فصل بينهما.'),
    holds: ({ context, event }) => context.pairs.some((pair) => isOf(pair, event.data)),
  }),
  noOrderInCase: t.rule(['CaseUnlinked'], {
    ...ordered(
      'An order of this case keeps people of the household apart until it ends.',
      'في هذه القضية أمر يفصل بين أفراد المنزل إلى أن ينتهي.',
    ),
    holds: ({ context, event, reads }) =>
      context.links.every(
        (one) =>
          one.caseId !== event.data.caseId ||
          [event.occurredAt, event.recordedAt].every((at) => !isOrdered(one, reads, at)),
      ),
  }),
  noOrderBetween: t.rule(['SeparationPairLifted'], {
    ...ordered('An order keeps them apart.', 'يوجد أمر يفصل بينهما.'),
    holds: ({ context, event, reads }) =>
      !context.links.some(({ caseId, as }) => {
        const [a, b] = [event.data.a, event.data.b].map(
          (one) => as.find(({ person }) => person === one)?.partyId,
        );
        const file = seen(reads, caseStream(caseId));
        return a && b && file && ordersBetween(file, a, b, event.occurredAt).length > 0;
      }),
  }),
});

const chart = setup({ types: t.types }).createMachine({
  id: 'household',
  context: { householdId: '', members: [], links: [], pairs: [], meetings: [] },
  initial: 'known',
  states: {
    known: {
      on: {
        MemberAdded: {
          actions: assign({
            householdId: ({ event }) => event.data.household,
            members: ({ context, event }) => [...new Set([...context.members, event.data.person])],
          }),
        },
        CaseLinked: {
          actions: assign({
            links: ({ context, event }) =>
              withLink(context.links, event.data, isByTheCase(event)),
          }),
        },
        CaseUnlinked: {
          actions: assign({
            links: ({ context, event }) =>
              context.links.filter(({ caseId }) => caseId !== event.data.caseId),
          }),
        },
        SeparationPairDeclared: {
          actions: assign({ pairs: ({ context, event }) => withPair(context.pairs, event.data) }),
        },
        SeparationPairLifted: {
          actions: assign({
            pairs: ({ context, event }) => context.pairs.filter((one) => !isOf(one, event.data)),
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

/** The members whose bookings have to be looked at anew, each in their own file. */
function reviews({ context, event }: RuleView<Household>) {
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
  const { meeting, a, b } = event.data as z.output<typeof met>;
  if (context.meetings.filter((one) => one === meeting).length > 1) return [];
  const has = (someone: string) => (one: Household['links'][number]) =>
    one.as.some(({ person }) => person === someone);
  const ofBoth = context.links.filter(has(a)).filter(has(b));
  const ofEither = context.links.filter((one) => has(a)(one) || has(b)(one));
  return (ofBoth.length > 0 ? ofBoth : ofEither).map(({ caseId }) => ({
    name: 'NoteSafetyConcern',
    input: { concerns: ['danger'], immediateDanger: false },
    caseId,
  }));
}

function causeOf({ type, data }: RuleView['event']): string {
  if (type === 'BookingsQuestioned') return (data as { readonly cause: string }).cause;
  return type === 'CaseLinked' ? 'case' : 'pair';
}

/** The cases that have to look whether what they plan is still safe, but for the one that knows. */
function caseReviews({ context, event: { data } }: RuleView<Household>) {
  const { source } = data as { readonly source?: string };
  return context.links
    .filter(({ agreed, caseId }) => agreed && caseId !== source)
    .map(({ caseId }) => ({ name: 'ReviewHousehold', input: {}, caseId }));
}

/** What somebody entered here is told to the case; what the case has told it knows. */
function tellCase({ context, event }: RuleView<Household>) {
  const { caseId, as } = event.data as Linked;
  const input = { householdId: context.householdId, as };
  return isByTheCase(event) ? [] : [{ name: 'LinkHousehold', input, caseId }];
}

/** Who lives together, which cases concern them, and who is kept apart from whom. */
export const household: CaseType = t.define({
  chart,
  requires: {
    MemberAdded: rules.allOf('registered'),
    CaseLinked: rules.allOf('linkedMembers'),
    CaseUnlinked: rules.allOf('unlinkedThereFirst', 'noOrderInCase'),
    SeparationPairDeclared: rules.allOf('membersOnly'),
    SeparationPairLifted: rules.allOf('pairKnown', 'noOrderBetween'),
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
    LinkCase: { input: link, polarity: 'protective', by: protecting, records: 'CaseLinked' },
    UnlinkCase: {
      input: z.strictObject({ caseId: ref, reason: z.string().min(1).max(500) }),
      polarity: 'restricted',
      by: releasingHome,
      reads: ({ caseId }) => [caseStream(caseId)],
      records: 'CaseUnlinked',
    },
    DeclareSeparationPair: {
      input: pairSchema,
      polarity: 'protective',
      by: protecting,
      records: 'SeparationPairDeclared',
    },
    LiftSeparationPair: {
      input: two.extend({ reason: z.string().min(1).max(500) }),
      polarity: 'restricted',
      by: ['SUP', 'HEAD'],
      reads: (_input, { context }) => context.links.map(({ caseId }) => caseStream(caseId)),
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
      on: ['BookingsQuestioned', 'SeparationPairDeclared', 'CaseLinked'],
      commands: reviews,
    },
    { name: 'a meeting is a danger in the cases', on: ['MeetingNoted'], commands: dangers },
    { name: 'tell the case that it is linked', on: ['CaseLinked'], commands: tellCase },
    {
      name: 'review what linked cases plan',
      on: ['BookingsQuestioned', 'SeparationPairDeclared', 'CaseLinked', 'CasesQuestioned'],
      commands: caseReviews,
    },
  ],
  labels: { ...labels, roles },
});
