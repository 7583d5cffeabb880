// A cache of what was worked out for objects lately, small enough not to slow the garbage collector.

/** Entries of one generation: V8 walks a whole WeakMap at each collection, so it must stay small. */
const GENERATION_MAX = 2_048;

/** Remembers a value per object for a while; what is forgotten is worked out again. */
export class Recent<Key extends object, Value> {
  #young = new WeakMap<Key, Value>();
  #old = new WeakMap<Key, Value>();
  #count = 0;

  get(key: Key): Value | undefined {
    const found = this.#young.get(key);
    if (found !== undefined) return found;
    const older = this.#old.get(key);
    if (older !== undefined) this.set(key, older);
    return older;
  }

  set(key: Key, value: Value): void {
    if (this.#count >= GENERATION_MAX) {
      this.#old = this.#young;
      this.#young = new WeakMap();
      this.#count = 0;
    }
    this.#count += 1;
    this.#young.set(key, value);
  }
}
