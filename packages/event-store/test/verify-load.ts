// Run as a process of its own: verifies as many streams as it is told, and prints what that took.
import { sealEntry } from '../src/codec.ts';
import type { GlobalPosition, RecordedEntry } from '../src/port.ts';
import { verifyStore } from '../src/verify-store.ts';

const count = Number(process.argv[2]);

/** Entry `index` of a log in which every stream has one entry: made when read, never held. */
function recorded(index: number): RecordedEntry {
  const { stream, position, type, hash, bytes } = sealEntry({
    v: 1,
    id: `01JD8ZQ4XK7T9N2M5P${index}`,
    stream: `case-01JD8ZQ4XK7T9N2M5P8R${String(index).padStart(7, '0')}`,
    position: 0,
    prev: null,
    type: 'CaseOpened',
    schema: 1,
    occurredAt: '2026-01-05T06:00:00.000Z',
    recordedAt: '2026-01-05T06:00:00.000Z',
    actor: { staff: 'staff-01JD8ZQ4XK7T9N2M', role: 'officer', office: 'north' },
    command: { id: `01JD8ZQ4XK7T9N2M5P${index}`, name: 'OpenCase' },
    correlation: `01JD8ZQ4XK7T9N2M5P${index}`,
    procedure: 'community.parkingDispute@1.0.0+baseline',
    data: { note: 'x'.repeat(300) },
  });
  return { stream, position, globalPosition: BigInt(index) as GlobalPosition, type, hash, bytes };
}

const report = await verifyStore({
  readAll: async (after, countMax) => {
    const start = Number(after) + 1;
    const length = Math.max(0, Math.min(countMax, count - start));
    const entries = Array.from({ length }, (_, offset) => recorded(start + offset));
    return { entries, next: entries.at(-1)?.globalPosition ?? after };
  },
  readStream: async (stream) => {
    const entry = recorded(Number(stream.slice(-7)));
    const { position, hash } = entry;
    const head = { position, hash, recordedAt: '2026-01-05T06:00:00.000Z' };
    return { entries: [entry], head };
  },
});
console.log(JSON.stringify({ ...report, maxRssKb: process.resourceUsage().maxRSS }));
