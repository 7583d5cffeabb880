// What the server's own metadata hides of the store: streams that it lets forget.
import { LOG_START, VERIFY_PAGE_ENTRIES_MAX, type Misplaced } from '@himaya/event-store';
import type { ClientEvent } from './client.ts';
import type { Reader } from './reader.ts';

/** Settings of a stream by which its oldest entries are no longer read, and are removed in time. */
const HIDING = ['$maxAge', '$maxCount', '$tb'] as const;

/**
 * The first stream of the store whose metadata lets the server forget entries. The log shows its
 * entries until they are scavenged, and a read of its end shows no gap: only this notices it.
 */
export async function findHidden(reader: Reader, prefix: string): Promise<Misplaced | undefined> {
  const hiding = new Map<string, readonly string[]>();
  for await (const event of reader.allEvents(LOG_START, VERIFY_PAGE_ENTRIES_MAX)) {
    if (event.type !== '$metadata' || !event.streamId.startsWith(`$$${prefix}`)) continue;
    const found = settingsIn(event);
    if (found.length === 0) hiding.delete(event.streamId);
    else hiding.set(event.streamId, found);
  }
  for (const [name, settings] of hiding) {
    const stream = name.slice(`$$${prefix}`.length);
    const sentence = `metadata lets the server forget its stream (${settings.join(', ')})`;
    return { stream, position: 0, sentence };
  }
  return undefined;
}

function settingsIn({ data }: ClientEvent): readonly string[] {
  if (typeof data !== 'object' || data === null) return [];
  return HIDING.filter((key) => Object.hasOwn(data, key));
}
