// The seam to cases: what a household and a building ask of a linked case, whatever its type.
import type { Instant, Moment, PartView, PolicyReader, ReadView } from '@himaya/engine';
import { contactOrdersBetween, ordersInForce } from '../domestic-violence/orders.ts';
import {
  incidentKind,
  orderKind,
  undertakingKind,
  type Incident,
} from '../domestic-violence/parts/kinds.ts';
import { settlementKind } from '../domestic-violence/parts/reconciliation-kinds.ts';
import { highestWithin, isHigh, permitsMeeting } from '../domestic-violence/risk.ts';

/** A party in a case that was read. */
export interface PartyFile {
  readonly file: ReadView;
  readonly partyId: string;
}

/** What a case says of a party, in its context under `parties` by the party's id. */
export interface PartyFacts {
  readonly role?: string;
  readonly partyRole?: string;
  readonly isChild?: boolean;
  readonly ageBand?: string;
  /** She is pregnant, nursing, or has an infant with her. */
  readonly careNeeded?: boolean | null;
  readonly interviewerPreferred?: 'female' | 'male' | 'none' | null;
}

/** Orders of this case that forbid contact between two of its parties at `at`. */
export function ordersBetween(
  file: ReadView,
  a: string,
  b: string,
  at: Instant,
): readonly PartView[] {
  return contactOrdersBetween(file.parts, [a, b], at);
}

/** Whether an order binds somebody in one of the cases, whomever it protects. */
export function isBound(files: readonly PartyFile[], at: Instant): boolean {
  return files.some(({ file, partyId }) =>
    ordersInForce(file.parts, at).some(({ context }) => context.against === partyId),
  );
}

/** The parties of a case whom its orders protect from one of them. */
export function protectedFrom({ file, partyId }: PartyFile, at: Instant): readonly string[] {
  return ordersInForce(file.parts, at)
    .filter(({ context }) => context.against === partyId)
    .flatMap(({ context }) => context.protected);
}

/** Whether an order protects somebody in one of the cases, from whomever. */
export function isShielded(files: readonly PartyFile[], at: Instant): boolean {
  return files.some(({ file, partyId }) =>
    ordersInForce(file.parts, at).some(({ context }) => context.protected.includes(partyId)),
  );
}

function partiesOf({ context }: ReadView): Readonly<Record<string, PartyFacts>> {
  return (context['parties'] ?? {}) as Readonly<Record<string, PartyFacts>>;
}

/** What the case says of a party. */
function partyOf({ file, partyId }: PartyFile): PartyFacts {
  return partiesOf(file)[partyId] ?? {};
}

/** What someone is called who is accused of harm. */
const ACCUSED = ['alleged', 'allegedAggressor'];

/** Whether a case accuses someone of harm: as a party, or by one of its incidents. */
export function isAccused({ file, partyId }: PartyFile): boolean {
  const isAlleged = ACCUSED.includes(roleOf(partiesOf(file)[partyId]) ?? '');
  const incidents = file.parts.all(incidentKind);
  return isAlleged || incidents.some(({ context }) => context.alleged.includes(partyId));
}

/** Whether a case accuses someone of harm to this party: by their roles, an incident or an order. */
function accuses({ file, partyId }: PartyFile, other: string): boolean {
  const parties = partiesOf(file);
  const [own = '', theirs = ''] = [roleOf(parties[partyId]), roleOf(parties[other])];
  return (
    (ACCUSED.includes(own) && ['victim', 'child'].includes(theirs)) ||
    file.parts
      .all(incidentKind)
      .some(({ context }) => context.victim === other && context.alleged.includes(partyId)) ||
    file.parts
      .all(orderKind)
      .some(({ context }) => context.against === partyId && context.protected.includes(other))
  );
}

/** Whether any case, whichever it is, accuses the one of harm to the other. */
export function standsAgainst(
  some: readonly PartyFile[],
  others: readonly PartyFile[],
): boolean {
  return some.some((one) =>
    others.some(
      ({ file, partyId }) => file.stream === one.file.stream && accuses(one, partyId),
    ),
  );
}

/** What the cases know of someone goes before what a desk was told; a victim is one everywhere. */
export function roleIn<Role extends string>(
  files: readonly PartyFile[],
  told: Role,
): Role | 'victim' | 'alleged' {
  const known = files.map(partyOf).map(({ role, partyRole }) => role ?? partyRole ?? '');
  if (known.includes('victim')) return 'victim';
  return known.some((role) => ACCUSED.includes(role)) ? 'alleged' : told;
}

/** Whether some case knows somebody as a child. */
export function isKnownChild(files: readonly PartyFile[]): boolean {
  return files.some((one) => partyOf(one).isChild === true);
}

/** The ages as which cases know somebody as a child; of whom one says no more, it may be any. */
export function knownBands(files: readonly PartyFile[]): readonly string[] {
  return files
    .map(partyOf)
    .flatMap(({ isChild, ageBand = 'under15' }) => (isChild === true ? [ageBand] : []));
}

/** Whether somebody is a child: as the cases know it, or where none does, as the desk was told. */
export function countsAsChild(files: readonly PartyFile[], ageBand: string): boolean {
  const known = files.map((one) => partyOf(one).isChild).filter((answer) => answer !== undefined);
  return known.length > 0 ? known.includes(true) : ageBand !== 'adult';
}

/** Whether some case says that she is pregnant, nursing, or has an infant with her. */
export function needsCare(files: readonly PartyFile[]): boolean {
  return files.some((one) => partyOf(one).careNeeded === true);
}

/** Officers who have declared to be related to a party of a case. */
export function relatedTo({ file }: Pick<PartyFile, 'file'>): readonly string[] {
  return (file.context['conflicts'] ?? []) as readonly string[];
}

/** Whom someone would rather talk to, where they mind. */
export function interviewersPreferred(files: readonly PartyFile[]): readonly string[] {
  return files
    .map((one) => partyOf(one).interviewerPreferred ?? 'none')
    .filter((wish) => wish !== 'none');
}

/** Whether one of the cases is at high risk, or was within the look-back before `at`. */
export function isHighRisk(
  files: readonly PartyFile[],
  at: Instant,
  policy: PolicyReader,
): boolean {
  return files.some(({ file }) => isHigh(highestWithin({ levels: levelsOf(file) }, at, policy)));
}

/** Whether one of the cases has assessed the risk. Each that has not is asked for its own. */
export function isAssessed(files: readonly PartyFile[]): boolean {
  return files.some(({ file }) => levelsOf(file).length > 0);
}

function levelsOf({ context }: ReadView): Levels {
  return (context['levels'] ?? []) as Levels;
}

type Levels = Parameters<typeof highestWithin>[0]['levels'];

/** Roles of those who are in a case for somebody else's sake. */
const STANDING_BY = ['witness', 'reporter', 'guardian', 'legalRepresentative', 'representative'];

/** Whether a case is about a party. Of whom it does not know the role, it may be. */
export function isInvolved(one: PartyFile): boolean {
  const { role, partyRole } = partyOf(one);
  return !STANDING_BY.includes(role ?? partyRole ?? '');
}

/**
 * Whether a case that looks at risks has found one too high for a meeting, now or in the look-back,
 * or has not looked yet. A file that went on elsewhere is not looked at any more.
 */
export function isRiskTooHigh(file: ReadView, at: Instant, policy: PolicyReader): boolean {
  const { levels, successor } = file.context;
  const goesOn = (successor ?? null) !== null;
  if (!goesOn && isUnanswered(file)) return true;
  if (!Array.isArray(levels)) return false;
  if (levels.length === 0) return !goesOn;
  return !permitsMeeting({ levels: levels as Levels }, at, policy);
}

/** Whether a case knows of a danger that nobody has met, or has judged the risk by, since. */
function isUnanswered({ context }: ReadView): boolean {
  const { dangerUnmet, lastAlarm, assessed, screened } = context;
  const alarm = lastAlarm as Moment | null | undefined;
  const last = assessed as { readonly at: Moment } | null | undefined;
  const isStale = alarm && last ? last.at.occurredAt < alarm.occurredAt : false;
  const isHarmed = Object.values(screened ?? {}).includes('positive');
  return dangerUnmet === true || isStale || isHarmed;
}

/** Whether harm has become known to a case since an instant. */
export function hasHarmSince({ context }: ReadView, since: Instant): boolean {
  const harm = context['lastHarm'] as Moment | null | undefined;
  return (harm ?? null) !== null && (harm as Moment).recordedAt >= since;
}

/** Whether an undertaking was broken, or a settlement that nobody found since to hold all the same. */
export function hasBrokenPromise({ parts }: Pick<ReadView, 'parts'>): boolean {
  return (
    parts.all(settlementKind).some(({ context: { brokenAt = null } }) => brokenAt !== null) ||
    parts.all(undertakingKind).some((undertaking) => undertaking.in('breached'))
  );
}

/** Whether a child is a victim in a case. */
export function isChildVictim(file: ReadView): boolean {
  const parties = partiesOf(file);
  const isChild = (partyId: string | null): boolean => parties[partyId ?? '']?.isChild === true;
  return (
    Object.keys(parties).some((id) => roleOf(parties[id]) === 'victim' && isChild(id)) ||
    file.parts
      .all(incidentKind)
      .some(({ context: { victim, isChildTargeted } }) => isChildTargeted || isChild(victim))
  );
}

function roleOf(party: PartyFacts | undefined): string | undefined {
  return party?.role ?? party?.partyRole;
}

/** Incidents of a case among these of its parties; where nobody is named, it may be them. */
export function incidentsAmong(
  file: ReadView,
  parties: readonly string[],
): readonly PartView<Incident>[] {
  return file.parts.all(incidentKind).filter(({ context: { victim, alleged } }) => {
    const isVictim = victim === null || parties.includes(victim);
    return isVictim && (alleged.length === 0 || alleged.some((one) => parties.includes(one)));
  });
}

/** The first of the cases that asks for such needs, where she was not asked before she came. */
export function careAsker(
  files: readonly PartyFile[],
): { readonly caseId: string; readonly partyId: string } | undefined {
  const found = files.find((one) => partyOf(one).careNeeded !== undefined);
  return found && { caseId: found.file.stream.slice('case-'.length), partyId: found.partyId };
}
