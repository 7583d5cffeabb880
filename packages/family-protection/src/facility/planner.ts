// Proposing times: what is lawful is listed, what is not is missing, and nothing says why.
import { instantOf, msOf, type Calendar, type Instant, type PolicyReader } from '@himaya/engine';
import type { BookingInput } from './booking.ts';
import { routeTo } from './routes.ts';
import type { Room, SiteMap } from './site.ts';

const MINUTE_MS = 60_000;

/** What a proposal is looked for: whom it concerns, what for, and between which instants. */
export interface SlotRequest {
  readonly siteId: string;
  readonly date: string;
  readonly purpose: BookingInput['purpose'];
  readonly minutes: number;
  readonly earliest: Instant;
  readonly latest: Instant;
  readonly visitor: Omit<BookingInput['visits'][number], 'entranceId' | 'arrives' | 'leaves'>;
}
/** A time, a room and an entrance; nothing else, so that nothing else can be read from it. */
export interface Slot {
  readonly roomId: string;
  readonly entranceId: string;
  readonly from: Instant;
  readonly to: Instant;
}
/** What the building offers, before anyone's safety is asked. */
export interface Building {
  readonly site: SiteMap;
  readonly rooms: readonly { readonly id: string; readonly context: Room }[];
  readonly policy: PolicyReader;
  readonly calendar: Calendar;
}

/** Every time, room and entrance that could be asked for: earliest first, prayer times last. */
export function candidateSlots(building: Building, request: SlotRequest): readonly Slot[] {
  const { site, rooms, policy } = building;
  const stepMs = policy.number('booking.step') * MINUTE_MS;
  const lengthMs = request.minutes * MINUTE_MS;
  const wanted = request.visitor.role === 'victim' ? ['victimIndependent'] : ORDINARY;
  const found: Slot[] = [];
  for (let at = msOf(request.earliest); at + lengthMs <= msOf(request.latest); at += stepMs) {
    for (const { id, context } of rooms) {
      if (!policy.list(`room.uses.${context.kind}`).includes(request.purpose)) continue;
      for (const { entranceId, kind } of site.entrances) {
        if (!wanted.includes(kind) || routeTo(site, entranceId, context).length === 0) continue;
        found.push({ roomId: id, entranceId, from: instantOf(at), to: instantOf(at + lengthMs) });
      }
    }
  }
  const isQuiet = (slot: Slot): boolean => !atPrayer(building, slot);
  return [...found.filter(isQuiet), ...found.filter((slot) => !isQuiet(slot))];
}

const ORDINARY = ['respondent', 'public'];

function atPrayer({ policy, calendar }: Building, { from, to }: Slot): boolean {
  const [start, end] = [from, to].map((at) => calendar.localText(at).slice(11));
  return policy.list('prayer.times').some((span) => {
    const [begins = '', ends = ''] = span.split('-');
    return (start ?? '') < ends && begins < (end ?? '');
  });
}

/** The command input that asks for a slot. */
export function slotInput(request: SlotRequest, slot: Slot): object {
  const { siteId, date, purpose, visitor } = request;
  const { roomId, entranceId, from, to } = slot;
  return { siteId, date, purpose, roomId, from, to, visits: [{ ...visitor, entranceId }] };
}

/**
 * The first lawful slots. `isLawful` asks the engine's `preview` of `BookRoom` with `slotInput`: the
 * rules themselves, so that nothing proposed is refused and nothing lawful is kept back.
 */
export async function lawfulSlots(
  candidates: readonly Slot[],
  countMax: number,
  isLawful: (slot: Slot) => Promise<boolean>,
): Promise<readonly Slot[]> {
  const found: Slot[] = [];
  for (const slot of candidates) {
    if (found.length >= countMax) break;
    if (await isLawful(slot)) found.push(slot);
  }
  return found;
}
