// The read store in memory passes the contract of read stores.
import { MemoryReadStore, type ReadStore } from '../src/index.ts';
import { readStoreContract } from '../src/contract/index.ts';

/** The same read store through another face, as a second process would have it. */
function faceOf(store: ReadStore): ReadStore {
  return new Proxy(store, {
    get: (target, name) => {
      if (name === 'close') return async () => undefined;
      const found = Reflect.get(target, name, target) as unknown;
      return typeof found === 'function' ? found.bind(target) : found;
    },
  });
}

readStoreContract({
  name: 'memory',
  open: async () => {
    const store = new MemoryReadStore();
    return { store, second: async () => faceOf(store) };
  },
});
