// A map that is copied for every decision and changed by few of them.

/** A map whose copies share its content until one of them is changed. */
export class ForkedMap<Key, Value> {
  #content: Map<Key, Value>;
  #shared = false;

  constructor(content: Map<Key, Value> = new Map()) {
    this.#content = content;
  }

  /** An independent copy. */
  fork(): ForkedMap<Key, Value> {
    this.#shared = true;
    const forked = new ForkedMap(this.#content);
    forked.#shared = true;
    return forked;
  }

  get size(): number {
    return this.#content.size;
  }

  has(key: Key): boolean {
    return this.#content.has(key);
  }

  get(key: Key): Value | undefined {
    return this.#content.get(key);
  }

  keys(): Iterable<Key> {
    return this.#content.keys();
  }

  values(): Iterable<Value> {
    return this.#content.values();
  }

  set(key: Key, value: Value): void {
    this.#own().set(key, value);
  }

  delete(key: Key): void {
    this.#own().delete(key);
  }

  #own(): Map<Key, Value> {
    if (this.#shared) this.#content = new Map(this.#content);
    this.#shared = false;
    return this.#content;
  }
}
