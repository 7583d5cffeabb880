// Rules of a household: who belongs to it, and what keeps a case linked and people apart.
import type { EventOf, Instant, ReadsView, RuleView } from '@himaya/engine';
import { isSecond } from '../parties/rules.ts';
import { caseStream } from '../streams.ts';
import { refuse, separated } from '../wording/wording.ts';
import { boundIn } from './bound.ts';
import { isAssessed, isInvolved, type PartyFile } from './case-facts.ts';
import type { Household } from './context.ts';
import { t, type lifted, type Linked, type Pair } from './home-head.ts';
import { isInDanger } from './linked-dangers.ts';
import type { Homes } from './links.ts';
import { isRelatedAround, relatedAtHome } from './related.ts';
import { homesIn, linksOf, partiesIn, personStream, seen } from './separation.ts';

/** Somebody wants to end a separation. */
type Lifting = RuleView<Household, EventOf<{ SeparationPairLifted: typeof lifted }>>;

/** Whether a pair is of these two, whichever is named first. */
export const isOf = (pair: Pick<Pair, 'a' | 'b'>, { a, b }: Pick<Pair, 'a' | 'b'>): boolean =>
  (pair.a === a && pair.b === b) || (pair.a === b && pair.b === a);

/** Whom orders of a linked case keep apart at one of the instants. */
function boundBy({ caseId, as }: Linked, reads: ReadsView, instants: readonly Instant[]) {
  const file = seen(reads, caseStream(caseId));
  return file ? boundIn(file, as, instants) : [];
}

/** The cases of this household, and of the others that were read. */
function linksAround({ context, reads }: Lifting): Household['links'] {
  return [...context.links, ...homesIn(reads).flatMap(linksOf)];
}

/** Somebody as a party of such cases; who only stood by is not meant. */
function partyAround(view: Lifting, person: string): readonly PartyFile[] {
  return partiesIn(view.reads, linksAround(view), person).filter(isInvolved);
}

const ordered = (en: string, ar: string) => refuse('SEPARATION_ORDERED', 'INV-08', en, ar);

/** The rules by name. */
export const rules = t.rules({
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
  liftedBySecond: t.rule(['SeparationPairLifted'], {
    ...separated(
      'Whoever said that two are kept apart does not decide that they are not.',
      'من قرر الفصل بين شخصين لا يقرر رفعه.',
    ),
    holds: ({ context, event: { data, actor } }) =>
      context.pairs.every((pair) => !isOf(pair, data) || isSecond(actor, pair.declaredBy)),
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
          boundBy(one, reads, [event.occurredAt, event.recordedAt]).length === 0,
      ),
  }),
  noOrderBetween: t.rule(['SeparationPairLifted'], {
    ...ordered('An order keeps them apart.', 'يوجد أمر يفصل بينهما.'),
    holds: (view) => {
      const { occurredAt, data } = view.event;
      const bound = linksAround(view).flatMap((one) => boundBy(one, view.reads, [occurredAt]));
      // Whom no link names whom an order concerns, that may be the other one.
      return !bound.some(({ a, b }) =>
        b === null ? [data.a, data.b].includes(a) : isOf({ a, b }, data),
      );
    },
  }),
  noDangerBetween: t.rule(['SeparationPairLifted'], {
    ...refuse(
      'SEPARATION_NEEDED',
      'INV-08',
      'They are kept apart until a case about both has found that neither of them is in danger.',
      'يبقى الفصل بينهما إلى أن يثبت في قضية تخصهما معا أنه لا خطر على أي منهما.',
    ),
    holds: (view) => {
      const [some, others] = [view.event.data.a, view.event.data.b].map((one) =>
        partyAround(view, one),
      ) as [readonly PartyFile[], readonly PartyFile[]];
      // A pair is declared before any case says why: what no case has looked at, nobody has judged.
      const ofBoth = some.filter((one) =>
        others.some((other) => other.file.stream === one.file.stream),
      );
      const isSafe = ({ file }: PartyFile): boolean =>
        file.exists && !isInDanger(file, view.event.occurredAt, view.policy);
      return isAssessed(ofBoth) && [...some, ...others].every(isSafe);
    },
  }),
  unrelatedAround: t.rule(['SeparationPairLifted', 'CaseUnlinked'], {
    ...relatedAtHome,
    holds: (view) => !isRelatedAround(view),
  }),
});
