// P4: ten thousand random bookings for random pairs through the real rules; nobody meets.
import { describe, expect, test } from 'vitest';
import { Building, time, visit } from './building.ts';
import { numbers, pad, separations } from './pairs.ts';

const SEED = Number(process.env['HIMAYA_SEED'] ?? 20_270_622);
const BOOKINGS = 10_000;
const MINUTE_MS = 60_000;

interface Stay {
  readonly person: string;
  readonly route: readonly string[];
  readonly entranceId: string;
  readonly arrives: string;
  readonly leaves: string;
}

describe('random bookings', () => {
  test(`separation › of ${BOOKINGS} bookings, seed ${SEED} › is never broken`, async () => {
    const below = numbers(SEED);
    const pick = <One>(list: readonly One[]): One => list[below(list.length)] as One;
    let asked = 0;
    let refusedApart = 0;
    let accepted = 0;
    for (let world = 0; asked < BOOKINGS; world += 1) {
      const building = await new Building(undefined, `p4x${SEED}x${world}x`).build();
      const people = ['a', 'b', 'c', 'd', 'e', 'f'];
      const pairs = await separations(building, people, below, pick);
      const stays: Stay[] = [];
      for (let at = 0; at < 250; at += 1) {
        asked += 1;
        const date = pick(['2027-06-22', '2027-06-23']);
        const start = below(96) * 15;
        const clock = (minutes: number) =>
          time(`${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`, date);
        const end = Math.min(start + 15 + below(6) * 15, 1_439);
        const input = {
          date,
          from: clock(start),
          to: clock(end),
          roomId: pick(['INT1', 'INT2', 'FOR1', 'REC1']),
          purpose: pick(['interview', 'interview', 'preMeeting']),
          visits: [visit(pick(people), pick(['E-V', 'E-R', 'E-P']))],
        };
        const outcome = await building.book(input);
        if (outcome.kind === 'accepted') {
          accepted += 1;
          for (const { type, data } of outcome.events) {
            if (type !== 'BookingConfirmed') continue;
            stays.push(...(data as unknown as { readonly visits: readonly Stay[] }).visits);
          }
        } else if (outcome.kind === 'refused') {
          const found = outcome.violations.some(({ code }) => code === 'SEPARATION_CONFLICT');
          refusedApart += found ? 1 : 0;
        }
      }
      for (const [a, b, bufferMin, mode] of pairs) check(stays, a, b, bufferMin, mode);
    }
    // The sequences reach both answers often enough to mean something.
    expect(accepted).toBeGreaterThan(500);
    expect(refusedApart).toBeGreaterThan(500);
  }, 300_000);
});

/** Written apart from the rules, so that a mistake of theirs is not repeated here. */
function check(
  stays: readonly Stay[],
  a: string,
  b: string,
  bufferMin: number,
  mode: string,
): void {
  const bufferMs = bufferMin * MINUTE_MS;
  for (const one of stays.filter(({ person }) => person === a)) {
    for (const other of stays.filter(({ person }) => person === b)) {
      const isNear =
        Date.parse(one.arrives) < Date.parse(other.leaves) + bufferMs &&
        Date.parse(other.arrives) < Date.parse(one.leaves) + bufferMs;
      if (!isNear) continue;
      expect(mode, `${a} and ${b} in one building`).toBe('noOverlapZone');
      const shared = one.route.filter((zone) => other.route.includes(zone));
      expect(shared, `${a} and ${b} at ${one.arrives}`).toEqual([]);
      expect(one.entranceId).not.toBe(other.entranceId);
    }
  }
}
