// Rules about the people of a case: whom events name, and how it is corrected what somebody is.
import { linkedParties } from '../../household/linked-files.ts';
import { isSecond } from '../../parties/rules.ts';
import { partyUnknown, refuse, separated } from '../../wording/wording.ts';
import type { Context, Party } from '../context.ts';
import { t, type DvEvent } from '../head.ts';
import { incidentKind, orderKind, type Incident } from '../parts/kinds.ts';

/** Roles for the sake of which others are kept away, and of those who are. */
const PROTECTING: readonly string[] = ['victim', 'child', 'allegedAggressor'];
/** Roles of those who are there for somebody else. */
const STANDING_BY: readonly string[] = ['witness', 'reporter', 'guardian', 'legalRepresentative'];

/** What somebody is asked, or agrees to, in words that they have to understand. */
const agreeing = [
  'ConsentGranted',
  'PartyConsented',
  'PreMeetingHeld',
  'SessionHeld',
  'SettlementSigned',
  'ComplaintWaiverRequested',
  'InterviewStarted',
  'UndertakingSigned',
] as const;

/** Who has to understand it. */
function askedBy(event: DvEvent<(typeof agreeing)[number]>): readonly string[] {
  if (event.type === 'SessionHeld') return event.data.attendees;
  if (event.type === 'SettlementSigned') return event.data.signatories;
  return [event.type === 'ComplaintWaiverRequested' ? event.data.byParty : event.data.partyId];
}

/** Whether somebody understands what is said, as far as anybody has asked. */
export function understands(party: Party | undefined): boolean {
  return party?.interpreterNeeded !== true || party.interpreter !== null;
}

/** Which parties of the case somebody is, whether named as one or as a person of its households. */
export function partiesOf(
  who: string,
  { parties, households }: Pick<Context, 'parties' | 'households'>,
): readonly string[] {
  const linked = households.flatMap(({ as }) => as).filter(({ person }) => person === who);
  const all = [...linked.map(({ partyId }) => partyId), who];
  return all.filter((partyId) => Object.hasOwn(parties, partyId));
}

/** Whether somebody is related to a party, or interprets for the other side of this one. */
export function isPartial(
  who: string,
  partyId: string,
  { parties, conflicts }: Pick<Context, 'parties' | 'conflicts'>,
): boolean {
  const others = Object.entries(parties).filter(([id]) => id !== partyId);
  return (
    conflicts.includes(who) ||
    others.some(
      ([, other]) =>
        other.interpreter === who &&
        [other.role, parties[partyId]?.role].includes('allegedAggressor'),
    )
  );
}

/** Rules about people. */
export const partyRules = {
  orderPartiesKnown: t.rule(['ProtectionOrderRequested', 'ProtectionOrderIssued'], {
    ...partyUnknown,
    holds: ({ event, context }) =>
      [event.data.against, ...event.data.protected].every(
        (partyId) => context.parties[partyId] !== undefined,
      ),
  }),
  incidentPartiesKnown: t.rule(['IncidentRecorded', 'IncidentCorrected'], {
    ...partyUnknown,
    holds: ({ event, context }) => {
      const { victim, alleged = [] } = event.data;
      const present = event.type === 'IncidentRecorded' ? event.data.childrenPresent : [];
      const children = present.map(({ partyId }) => partyId);
      const named = [...(victim === undefined ? [] : [victim]), ...alleged, ...children];
      return named.every((partyId) => context.parties[partyId] !== undefined);
    },
  }),
  relatedAreKnown: t.rule(['RelationshipRecorded'], {
    ...partyUnknown,
    holds: ({ event: { data }, context }) =>
      data.a !== data.b && [data.a, data.b].every((one) => context.parties[one] !== undefined),
  }),
  interpreterUnrelated: t.rule(['LanguageSupportAssigned'], {
    ...refuse(
      'CONFLICT_OF_INTEREST',
      'SoD-4',
      'Nobody of the case or its family interprets, nor anyone who interprets for the other side.',
      'لا يترجم أحد أطراف القضية أو من أسرهم، ولا من يترجم للطرف المقابل.',
    ),
    holds: ({ event: { data }, context }) =>
      data.conflictChecked &&
      partiesOf(data.interpreterId, context).length === 0 &&
      !isPartial(data.interpreterId, data.partyId, context),
  }),
  understood: t.rule(agreeing, {
    ...refuse(
      'LANGUAGE_SUPPORT_MISSING',
      'INV-04',
      'Whoever needs an interpreter has one before they are heard or agree to anything.',
      'من يحتاج إلى مترجم يوفر له قبل سماعه أو أخذ موافقته.',
    ),
    holds: ({ event, context: { parties } }) =>
      askedBy(event).every((one) => understands(parties[one])),
  }),
  needKept: t.rule(['PartyNeedsAnswered'], {
    ...separated(
      'That somebody needs no interpreter is found by a supervisor who has not told of the need.',
      'يقرر عدم حاجة شخص إلى مترجم مشرف لم يسبق له تدوين الحاجة.',
    ),
    holds: ({ event: { data, actor }, context }) => {
      const party = context.parties[data.partyId];
      const isTakenBack = party?.interpreterNeeded === true && data.interpreterNeeded === false;
      return !isTakenBack || isSecond(actor, party.toldBy);
    },
  }),
  partyUnneeded: t.rule(['PartyRemoved'], {
    ...refuse(
      'PARTY_NEEDED',
      'lifecycle',
      'Only a grown person who stands by is taken off the file, whom no household, incident or order names.',
      'لا يحذف من الملف إلا بالغ حضر لأجل غيره ولم يرد في منزل أو واقعة أو أمر.',
    ),
    holds: (view) => {
      const { partyId, from } = view.event.data;
      const { context, parts } = view;
      const isOfIncident = parts
        .all(incidentKind)
        .some(({ context: { victim, alleged } }) => [victim, ...alleged].includes(partyId));
      const isOfOrder = parts
        .all(orderKind)
        .some((order) => [order.context.against, ...order.context.protected].includes(partyId));
      const isChild = context.parties[partyId]?.isChild === true;
      return (
        STANDING_BY.includes(from) &&
        !isChild &&
        !linkedParties(context).includes(partyId) &&
        !isOfIncident &&
        !isOfOrder
      );
    },
  }),
  incidentPeopleKept: t.rule(['IncidentCorrected'], {
    ...separated(
      'That an incident was about others is decided by a supervisor who has not told of it.',
      'يقرر أن الواقعة تخص غير من ذكر فيها مشرف لم يسبق له تدوينها.',
    ),
    holds: ({ event: { data, actor }, part, context: { parties } }) => {
      const { victim, alleged = [], toldBy = [] } = (part?.context ?? {}) as Partial<Incident>;
      // Where nobody was named, it may have been each of them. Naming more is told by whoever learns it.
      const inRole = (role: string): readonly string[] =>
        Object.keys(parties).filter((one) => parties[one]?.role === role);
      const victims = victim ? [victim] : inRole('victim');
      const accused = alleged.length > 0 ? alleged : inRole('allegedAggressor');
      const isSame = data.victim === undefined || victims.every((one) => one === data.victim);
      const isNobodyLess =
        data.alleged === undefined || accused.every((one) => data.alleged?.includes(one));
      return (isSame && isNobodyLess) || isSecond(actor, toldBy);
    },
  }),
  concernKept: t.rule(['ChildSafeguardingScreened'], {
    ...separated(
      'That there is no concern for a child any more is found by a supervisor who has not found it.',
      'يقرر زوال القلق على طفل مشرف لم يسبق له تدوينه.',
    ),
    holds: ({ event: { data, actor }, context: { childScreenings, concernedBy } }) =>
      data.result === 'concern' ||
      childScreenings[data.partyId] !== 'concern' ||
      isSecond(actor, concernedBy[data.partyId] ?? []),
  }),
  linkKept: t.rule(['CaseUnlinked'], {
    ...separated(
      'That another case was linked by mistake is decided by a supervisor who did not link it.',
      'يقرر أن قضية ربطت خطأ مشرف لم يربطها بنفسه.',
    ),
    holds: ({ event: { data, actor }, context }) =>
      context.linkedCases
        .filter((one) => one.caseId === data.otherCaseId && one.relation === data.relation)
        .every(({ linkedBy }) => isSecond(actor, linkedBy)),
  }),
  roleKept: t.rule(['PartyRoleChanged'], {
    ...separated(
      'That somebody is no victim, child or accused is decided by a supervisor who did not enter them.',
      'يقرر أن شخصا ليس ضحية أو طفلا أو مدعى عليه مشرف لم يسجله بنفسه.',
    ),
    holds: ({ event: { data, actor }, context }) =>
      !PROTECTING.includes(data.from) ||
      isSecond(actor, context.parties[data.partyId]?.toldBy ?? []),
  }),
};
