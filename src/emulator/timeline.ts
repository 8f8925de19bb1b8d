/** What will happen: transitions by the time they are due. @module */

/** Something that will happen to a record. */
export interface Transition {
  /** When. Unit: seconds since 1970-01-01 UTC. */
  readonly at: number;
  /** Breaks ties: the earlier made comes first. */
  readonly order: number;
  /** What: a name such as `droplet.active`. */
  readonly kind: string;
  /** To which record. */
  readonly subject: string;
}

/** Transitions in a binary heap, the earliest on top. */
export class Timeline {
  #heap: Transition[] = [];
  #order = 0;

  /** When the next one is due, or undefined where nothing is to come. */
  get nextAt(): number | undefined {
    return this.#heap[0]?.at;
  }

  /** Notes a transition. */
  add(at: number, kind: string, subject: string): void {
    this.#push({ at, kind, subject, order: this.#order++ });
  }

  /** Takes the earliest one out if it is due by then. */
  takeDue(until: number): Transition | undefined {
    const top = this.#heap[0];
    if (top === undefined || top.at > until) return undefined;
    const last = this.#heap.pop()!;
    if (this.#heap.length > 0) {
      this.#heap[0] = last;
      this.#sink();
    }
    return top;
  }

  /** All of them, for saving. */
  toJSON(): readonly Transition[] {
    return [...this.#heap].sort((a, b) => (isBefore(a, b) ? -1 : 1));
  }

  /** Takes over what was saved. */
  restore(transitions: readonly Transition[]): void {
    for (const { at, kind, subject } of transitions) this.add(at, kind, subject);
  }

  #push(transition: Transition): void {
    const heap = this.#heap;
    heap.push(transition);
    for (let i = heap.length - 1; i > 0; ) {
      const parent = (i - 1) >> 1;
      if (!isBefore(heap[i]!, heap[parent]!)) return;
      swap(heap, i, parent);
      i = parent;
    }
  }

  #sink(): void {
    const heap = this.#heap;
    for (let i = 0; ; ) {
      let least = i;
      for (const child of [2 * i + 1, 2 * i + 2]) {
        if (child < heap.length && isBefore(heap[child]!, heap[least]!)) least = child;
      }
      if (least === i) return;
      swap(heap, i, least);
      i = least;
    }
  }
}

function isBefore(a: Transition, b: Transition): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

function swap(heap: Transition[], i: number, j: number): void {
  [heap[i], heap[j]] = [heap[j]!, heap[i]!];
}
