// What the record of a violence case says, read event by event and apart from every rule of the office.

/** Fields of events that the oracle looks at. */
export interface Data {
  readonly [field: string]: unknown;
  readonly partyId: string;
  readonly partyRole: string;
  readonly isChild: boolean;
  readonly ageBand: string;
  readonly incidentId: string;
  readonly victim?: string;
  readonly violenceTypes?: readonly string[];
  readonly contextFlags?: readonly string[];
  readonly band: string;
  readonly finalLevel: string;
  readonly judgement?: { readonly level: string };
  readonly instrument: { readonly id: string };
  readonly score?: number;
  readonly full: boolean;
  readonly to: string;
  readonly from: string;
  readonly orderId: string;
  readonly protected: readonly string[];
  readonly against: string;
  readonly conditions: readonly string[];
  readonly until: string;
  readonly newUntil: string;
  readonly servedAt: string;
  readonly at: string;
  readonly breachId: string;
  readonly participants: readonly string[];
  readonly eligible: boolean;
  readonly conciliator: string;
  readonly offerId: string;
  readonly consentId: string;
  readonly expiresAt: string;
  readonly informed: boolean;
  readonly obtainedPrivately: boolean;
  readonly coercionSigns: boolean;
  readonly sessionId: string;
  readonly attendees: readonly string[];
  readonly start: string;
  readonly settlementId: string;
  readonly clauses: readonly { readonly kinds: readonly string[]; readonly text: string }[];
  readonly signatories: readonly string[];
  readonly waiverId: string;
  readonly byParty: string;
  readonly offenceCodes: readonly string[];
  readonly offenceCode: string;
  readonly ppApprovalRef?: string;
  readonly conductedPrivately: boolean;
  readonly conductedAlone: boolean;
  readonly accompaniedBy?: { readonly guardian?: string; readonly specialist?: string };
  readonly result: string;
  readonly safetyAnswer: string;
  readonly newIncident: boolean;
  readonly recordIds: readonly string[];
  readonly recipient: string;
  readonly recipients: readonly string[];
  readonly scopeFields: readonly string[];
  readonly agencyId: string;
  readonly fields: readonly string[];
  readonly fieldsShared: readonly string[];
  readonly basis: { readonly kind: string; readonly code?: string; readonly consentId?: string };
  readonly channel: string;
  readonly channels: readonly {
    readonly kind: string;
    readonly from: string;
    readonly to: string;
  }[];
  readonly capacity: string;
  readonly staff: string;
}

/** An event as it stands in the record. */
export interface Recorded {
  readonly type: string;
  readonly position: number;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly lateReason?: string;
  readonly actor: {
    readonly staff: string;
    readonly role: string;
    readonly onBehalfOf?: string;
  };
  readonly command: { readonly id: string; readonly name: string };
  readonly data: Data;
}

/** When something happened, and when it was entered. */
export type When = Pick<Recorded, 'occurredAt' | 'recordedAt'>;

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
/** Milliseconds of an instant. */
export const ms = (at: string): number => Date.parse(at);
/** The later of the two instants at which something happened and was entered. */
export const later = ({ occurredAt, recordedAt }: When): number =>
  Math.max(ms(occurredAt), ms(recordedAt));
/** The names that stand behind an act. */
export const names = ({ actor }: Recorded): readonly string[] =>
  actor.onBehalfOf === undefined ? [actor.staff] : [actor.staff, actor.onBehalfOf];

const LEVELS = ['standard', 'medium', 'high', 'imminent'];
/** The place of a level; nothing known is below all of them. */
export const height = (level: string | undefined): number => LEVELS.indexOf(level ?? '');
/** Whether a level is high or more. */
export const isHigh = (level: string | undefined): boolean => height(level) >= 2;

/** An order of protection as the record tells it. */
export interface Order {
  readonly people: readonly string[];
  readonly against: string;
  readonly conditions: readonly string[];
  readonly until: string;
  readonly servedAt?: string;
  readonly revokedAt?: string;
}

const APART = ['noContact', 'stayAway', 'leaveHome'];

/** Whether an order keeps two of these people apart at an instant. */
export function keepsApart(order: Order, people: readonly string[], at: string): boolean {
  const isOver = ms(order.until) <= ms(at) || ms(order.revokedAt ?? '9999-01-01') <= ms(at);
  const areBoth =
    people.includes(order.against) && order.people.some((one) => people.includes(one));
  return !isOver && areBoth && order.conditions.some((one) => APART.includes(one));
}
