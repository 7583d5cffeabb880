// Random numbers, and random pairs of people who are kept apart, for the properties of a building.
import type { Building } from './building.ts';

/** Mulberry32: small, and the same on every machine. */
export function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** Two digits. */
export const pad = (value: number): string => String(value).padStart(2, '0');

/** Two households and a few pairs in them: who, whom, with which buffer, and how. */
export async function separations(
  building: Building,
  people: readonly string[],
  below: (count: number) => number,
  pick: <One>(list: readonly One[]) => One,
): Promise<readonly (readonly [string, string, number, string])[]> {
  await building.home('h1', people.slice(0, 4));
  await building.home('h2', people.slice(2));
  const found: (readonly [string, string, number, string])[] = [];
  for (let count = 1 + below(4); count > 0; count -= 1) {
    const home = pick([0, 2]);
    const a = people[home + below(2)] as string;
    const b = people[home + 2 + below(2)] as string;
    const bufferMin = pick([0, 30, 45, 240]);
    const mode = pick(['noOverlapZone', 'noOverlapBuilding']);
    await building.separate(home === 0 ? 'h1' : 'h2', { a, b, bufferMin, mode });
    found.push([a, b, Math.max(30, bufferMin), mode]);
  }
  return found;
}

