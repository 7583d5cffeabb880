// The guards G4 to G9 of eligibility, and the approval: what must be true before anything is offered.
import { addMs, elapsedMs, type PartView } from '@himaya/engine';
import { hasBrokenPromise } from '../../household/case-facts.ts';
import { casesOfHome } from '../../household/links.ts';
import { refuse, separated } from '../../wording/wording.ts';
import { graveIn } from '../gravity.ts';
import { t, type DvEvent, type View } from '../head.ts';
import { breachKind, incidentKind, type Breach, type Incident } from '../parts/kinds.ts';
import { understands } from './parties.ts';
import { gathering, incidentsWithin, isOnlyRefusing } from './safety.ts';

const assessed = ['EligibilityAssessed'] as const;
type Assessing = Omit<View, 'event'> & { readonly event: DvEvent<'EligibilityAssessed'> };

/** A guard: it need not be true of a case that is found not to be eligible. */
function guard(holds: (view: Assessing) => boolean): (view: Assessing) => boolean {
  return (view) => !view.event.data.eligible || holds(view);
}

type Incidents = readonly PartView<Incident>[];

/** Whether one of these incidents is so grave, and so recent, that no reconciliation is possible. */
export function isGrave(incidents: Incidents, view: Pick<View, 'policy' | 'event'>): boolean {
  const window = 'reconciliation.gravityWindow';
  return incidentsWithin(incidents, view, window, view.event.occurredAt).some(
    ({ context }) => graveIn(context, view.policy).length > 0,
  );
}

/** Whether these incidents make a pattern; violence against an order is violence again. */
export function isPattern(
  incidents: Incidents,
  breaches: readonly PartView<Breach>[],
  { policy, event }: Pick<View, 'policy' | 'event'>,
): boolean {
  const window = 'reconciliation.patternWindow';
  const from = addMs(event.occurredAt, -elapsedMs(policy.duration(window)));
  const violent = breaches.filter(({ context }) => context.withViolence && context.at >= from);
  const recent = incidentsWithin(incidents, { policy }, window, event.occurredAt);
  return recent.length + violent.length >= policy.number('reconciliation.patternCount');
}

/** How an offence may end without judgment; what policy does not name may not. */
export function conciliabilityOf(
  offenceCode: string,
  { policy }: Pick<View, 'policy'>,
): 'no' | 'waiver' | 'sulh' | 'tasaluh' {
  const table = policy.value('offence.conciliability') as Readonly<Record<string, unknown>>;
  const entry = Object.hasOwn(table, offenceCode) ? table[offenceCode] : 'no';
  return entry === 'waiver' || entry === 'sulh' || entry === 'tasaluh' ? entry : 'no';
}

/** Whether somebody was screened alone, with a clear result, within the term before the event. */
function isScreened({ context, event, policy }: Assessing, partyId: string): boolean {
  const screening = Object.hasOwn(context.screened, partyId)
    ? context.screened[partyId]
    : undefined;
  if (!screening || screening.result === 'unsure') return false;
  const length = elapsedMs(policy.duration('reconciliation.screeningValid'));
  const until = addMs(screening.at.occurredAt as Assessing['event']['occurredAt'], length);
  return (
    screening.at.occurredAt <= event.occurredAt &&
    event.occurredAt <= until &&
    event.recordedAt <= until
  );
}

/** Rules of eligibility and of the approval. */
export const eligibilityRules = {
  nothingGrave: t.rule(assessed, {
    ...refuse(
      'RECONCILIATION_BLOCKED_BY_RISK',
      'G4',
      'Something so grave happened that no reconciliation is possible.',
      'وقع ما يمنع الصلح لجسامته.',
    ),
    holds: guard((view) => !isGrave(view.parts.all(incidentKind), view)),
  }),
  eachScreened: t.rule(assessed, {
    ...refuse(
      'VIOLENCE_SCREENING_REQUIRED',
      'G5',
      'Each participant is screened for violence first, alone and lately.',
      'يجرى فرز العنف لكل مشارك على انفراد وحديثا قبل ذلك.',
    ),
    holds: guard((view) =>
      view.event.data.participants.every((partyId) => isScreened(view, partyId)),
    ),
  }),
  offencesConciliable: t.rule(assessed, {
    ...refuse(
      'OFFENCE_NOT_CONCILIABLE',
      'G6',
      'An offence is recorded for which policy permits no conciliation.',
      'من الجرائم المسجلة ما لا تجيز السياسة الصلح فيه.',
    ),
    holds: guard((view) =>
      view.context.offences.every((code) => conciliabilityOf(code, view) !== 'no'),
    ),
  }),
  householdSought: t.rule(gathering, {
    ...refuse(
      'HOUSEHOLD_NOT_LINKED',
      'INV-33',
      'The case is first linked to the household; where another case is named, there is one.',
      'تربط القضية بمنزل المشاركين أولا ما لم يثبت عدم العثور عليه، ولا يثبت ذلك مع ربطها بأخرى.',
    ),
    holds: ({ event, context }) => {
      if (isOnlyRefusing(event) || context.households.length > 0) return true;
      // Whoever names another case of the household has found one: an order may stand there.
      if (casesOfHome(context.linkedCases).length > 0) return false;
      return event.type !== 'EligibilityAssessed' || event.data.noHouseholdFound;
    },
  }),
  participantsSuitable: t.rule(assessed, {
    ...refuse(
      'MEDIATION_PARTY_UNSUITABLE',
      'adults',
      'Each participant is an adult party with capacity, and understands what is said.',
      'كل مشارك طرف بالغ كامل الأهلية يفهم ما يقال.',
    ),
    holds: guard(({ event: { data }, context }) => {
      const isSuitable = (partyId: string): boolean =>
        context.parties[partyId]?.ageBand === 'adult' &&
        data.capacityConfirmed.includes(partyId) &&
        understands(context.parties[partyId]);
      return data.interpretersArranged && data.participants.every(isSuitable);
    }),
  }),
  severalTakePart: t.rule(assessed, {
    ...refuse(
      'SESSION_NEEDS_TWO_PARTIES',
      'protocol',
      'Reconciliation is between two different people at least.',
      'الصلح بين شخصين مختلفين على الأقل.',
    ),
    holds: ({ event }) => new Set(event.data.participants).size === event.data.participants.length,
  }),
  conciliatorCompetent: t.rule(assessed, {
    ...refuse(
      'COMPETENCY_REQUIRED',
      'competency',
      'The conciliator lacks a competency that this needs.',
      'لا تتوفر لدى أخصائي التوفيق الكفاءة المطلوبة.',
    ),
    holds: guard(({ event }) => event.data.competencyChecked),
  }),
  conciliatorUnrelated: t.rule(assessed, {
    ...refuse(
      'CONFLICT_OF_INTEREST',
      'SoD-4',
      'The conciliator stands in a relation to a party.',
      'لأخصائي التوفيق صلة بأحد الأطراف.',
    ),
    holds: guard(
      ({ event: { data }, context }) =>
        data.conflictChecked && !context.conflicts.includes(data.conciliator),
    ),
  }),
  conciliatorApart: t.rule(assessed, {
    ...separated(
      'Whoever investigated or interviewed a child does not conciliate.',
      'من تحرى أو أجرى مقابلة طفل لا يتولى التوفيق.',
    ),
    holds: guard(
      ({ event: { data }, context }) => !context.investigators.includes(data.conciliator),
    ),
  }),
  noPattern: t.rule(assessed, {
    ...refuse(
      'RECONCILIATION_BLOCKED_BY_RISK',
      'G9',
      'Violence was repeated, or an earlier settlement or undertaking was broken.',
      'تكرر العنف أو سبق الإخلال بصلح أو تعهد.',
    ),
    holds: guard(
      (view) =>
        !isPattern(view.parts.all(incidentKind), view.parts.all(breachKind), view) &&
        !hasBrokenPromise(view),
    ),
  }),
  prosecutionAgrees: t.rule(['ReconciliationApproved'], {
    ...refuse(
      'PROSECUTION_APPROVAL_REQUIRED',
      'prosecutor',
      'Once there is a report, the prosecution agrees first.',
      'متى وجد بلاغ وجبت موافقة النيابة أولا.',
    ),
    holds: ({ event, context, policy }) =>
      context.report === null ||
      policy.text('reconciliation.prosecutorApproval') !== 'required' ||
      event.data.ppApprovalRef !== undefined,
  }),
};
