// A memory store whose single streams fail as a test says.
import { Fault, MemoryEventStore, type EventStore } from '@himaya/event-store';

/** A fault of a store. */
export const fault = (code: string): Fault =>
  new Fault({ code, attempted: 'x', found: 'y', todo: 'z' });

/** A store of which reading or appending fails as told. */
export function failingStore() {
  const inner = new MemoryEventStore();
  const faults = {
    read: (_: string): Fault | undefined => undefined,
    append: (_: string): Fault | undefined => undefined,
    all: (): Fault | undefined => undefined,
  };
  const check = (error: Fault | undefined): void => {
    if (error) throw error;
  };
  const store: EventStore = {
    capabilities: inner.capabilities,
    append: async (request) => {
      check(faults.append(request.writes[0].stream));
      return inner.append(request);
    },
    readStream: async (stream, ...rest) => {
      check(faults.read(stream));
      return inner.readStream(stream, ...rest);
    },
    readAll: async (...args) => {
      check(faults.all());
      return inner.readAll(...args);
    },
    watch: (signal) => inner.watch(signal),
    close: () => inner.close(),
  };
  return { store, faults };
}
