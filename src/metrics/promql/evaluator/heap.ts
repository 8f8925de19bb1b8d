/** A binary heap that moves its items as Go's container/heap does, which decides who stays among equals. @module */

/** A heap with its least item first. */
export class Heap<T> {
  readonly items: T[] = [];
  readonly #less: (a: T, b: T) => boolean;

  constructor(less: (a: T, b: T) => boolean) {
    this.#less = less;
  }

  /** Adds an item. */
  push(item: T): void {
    this.items.push(item);
    for (let child = this.items.length - 1; child > 0; ) {
      const parent = (child - 1) >> 1;
      if (!this.#less(this.items[child]!, this.items[parent]!)) break;
      this.#swap(parent, child);
      child = parent;
    }
  }

  /** Takes the least item away. */
  pop(): void {
    this.#swap(0, this.items.length - 1);
    this.items.pop();
    this.#sink();
  }

  /** Puts an item in the place of the least. */
  replaceTop(item: T): void {
    this.items[0] = item;
    this.#sink();
  }

  #sink(): void {
    for (let parent = 0; ; ) {
      let child = 2 * parent + 1;
      if (child >= this.items.length) break;
      if (child + 1 < this.items.length && this.#less(this.items[child + 1]!, this.items[child]!)) child++;
      if (!this.#less(this.items[child]!, this.items[parent]!)) break;
      this.#swap(parent, child);
      parent = child;
    }
  }

  #swap(a: number, b: number): void {
    const item = this.items[a]!;
    this.items[a] = this.items[b]!;
    this.items[b] = item;
  }
}
