// Ways through a building: the shortest from an entrance to a room, the same on every machine.
import type { Room, SiteMap } from './site.ts';

/** The zones from an entrance to one of a room's doors; none when there is no way. */
export function routeTo(
  site: SiteMap | null,
  entranceId: string,
  room: Room | undefined,
): string[] {
  const start = site?.entrances.find((one) => one.entranceId === entranceId)?.opensTo;
  if (!site || !room || start === undefined) return [];
  const ways: string[][] = [[start]];
  const visited = new Set([start]);
  for (const way of ways) {
    const last = way.at(-1) as string;
    if (room.zones.includes(last)) return way;
    for (const next of neighbours(site, last)) {
      if (visited.has(next)) continue;
      visited.add(next);
      ways.push([...way, next]);
    }
  }
  return [];
}

function neighbours({ adjacency }: SiteMap, zone: string): readonly string[] {
  return adjacency
    .flatMap(([a, b]) => (a === zone ? [b] : b === zone ? [a] : []))
    .sort((a, b) => (a < b ? -1 : 1));
}
