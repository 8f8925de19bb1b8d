/** A table of records by id: what the emulator remembers of one kind of thing. @module */

/** How long new records stay unseen, for the fault of eventual consistency. */
export interface Visibility {
  /** Number of the request being answered. */
  request: number;
  /** For how many requests a new record is not seen. @returns 0 for at once */
  delay(): number;
}

/** Records by id, in the order in which they were made. */
export class Table<R extends { readonly id: string | number }> {
  readonly #records = new Map<string, R>();
  /** Number of the first request that sees a record, for those not seen yet. */
  readonly #hidden = new Map<string, number>();
  readonly #visibility: Visibility;

  constructor(visibility: Visibility) {
    this.#visibility = visibility;
  }

  /** How many there are, seen or not. */
  get size(): number {
    return this.#records.size;
  }

  /** The record a client sees under an id. */
  get(id: string | number): R | undefined {
    const key = String(id);
    return this.#hidden.size > 0 && this.#isHidden(key) ? undefined : this.#records.get(key);
  }

  /** The record under an id, also where clients do not see it yet. */
  peek(id: string | number): R | undefined {
    return this.#records.get(String(id));
  }

  /** What a client sees, oldest first. */
  list(): R[] {
    const all = [...this.#records.values()];
    return this.#hidden.size === 0 ? all : all.filter(({ id }) => !this.#isHidden(String(id)));
  }

  /** All of them, seen or not. */
  all(): IterableIterator<R> {
    return this.#records.values();
  }

  /** Adds a record; what eventual consistency hides, it hides from the next request on. */
  add(record: R): R {
    const key = String(record.id);
    this.#records.set(key, record);
    const delay = this.#visibility.delay();
    if (delay > 0) this.#hidden.set(key, this.#visibility.request + delay);
    return record;
  }

  /** Adds a record as it was saved. */
  restore(record: R): void {
    this.#records.set(String(record.id), record);
  }

  /** @returns Whether it was there. */
  delete(id: string | number): boolean {
    this.#hidden.delete(String(id));
    return this.#records.delete(String(id));
  }

  #isHidden(key: string): boolean {
    const until = this.#hidden.get(key);
    if (until === undefined) return false;
    if (this.#visibility.request <= until) return true;
    this.#hidden.delete(key);
    return false;
  }
}
