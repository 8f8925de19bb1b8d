/** Times of departures, earliest first. @module */

/** A binary heap of (time, request, number) in typed arrays. Equal times leave in the order they came. */
export class EventHeap {
  /** Number of entries. */
  size = 0;
  #times: Float64Array = new Float64Array(64);
  #orders: Float64Array = new Float64Array(64);
  #requests: Int32Array = new Int32Array(64);
  #pushed = 0;

  /** Time of the first entry; Infinity without one. */
  get firstTime(): number {
    return this.size > 0 ? this.#times[0]! : Number.POSITIVE_INFINITY;
  }

  /** Request of an entry, in no order. @param index - From 0 to size - 1. */
  requestAt(index: number): number {
    return this.#requests[index]!;
  }

  push(time: number, request: number): void {
    if (this.size === this.#times.length) this.#grow();
    const order = this.#pushed++;
    let at = this.size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.#times[parent]! <= time) break;
      this.#move(parent, at);
      at = parent;
    }
    this.#set(at, time, order, request);
  }

  /** Takes the first entry. @returns Its request. */
  pop(): number {
    const first = this.#requests[0]!;
    const last = --this.size;
    if (last === 0) return first;
    const time = this.#times[last]!;
    const order = this.#orders[last]!;
    let at = 0;
    for (let child = 1; child < last; child = 2 * at + 1) {
      if (child + 1 < last && this.#before(child + 1, child)) child++;
      if (this.#times[child]! > time || (this.#times[child] === time && this.#orders[child]! > order)) break;
      this.#move(child, at);
      at = child;
    }
    this.#set(at, time, order, this.#requests[last]!);
    return first;
  }

  /** Copies of the arrays, for {@link restore}. */
  snapshot(): readonly [Float64Array, Float64Array, Int32Array] {
    const times = new Float64Array(this.size + 1);
    times.set(this.#times.subarray(0, this.size));
    times[this.size] = this.#pushed;
    return [times, this.#orders.slice(0, this.size), this.#requests.slice(0, this.size)];
  }

  restore(times: Float64Array, orders: Float64Array, requests: Int32Array): void {
    this.size = requests.length;
    while (this.#times.length < this.size) this.#grow();
    this.#times.set(times.subarray(0, this.size));
    this.#orders.set(orders);
    this.#requests.set(requests);
    this.#pushed = times[this.size]!;
  }

  #before(a: number, b: number): boolean {
    const [first, second] = [this.#times[a]!, this.#times[b]!];
    return first < second || (first === second && this.#orders[a]! < this.#orders[b]!);
  }

  #move(from: number, to: number): void {
    this.#times[to] = this.#times[from]!;
    this.#orders[to] = this.#orders[from]!;
    this.#requests[to] = this.#requests[from]!;
  }

  #set(at: number, time: number, order: number, request: number): void {
    this.#times[at] = time;
    this.#orders[at] = order;
    this.#requests[at] = request;
  }

  #grow(): void {
    const [times, orders, requests] = [this.#times, this.#orders, this.#requests];
    this.#times = new Float64Array(2 * times.length);
    this.#orders = new Float64Array(2 * times.length);
    this.#requests = new Int32Array(2 * times.length);
    this.#times.set(times);
    this.#orders.set(orders);
    this.#requests.set(requests);
  }
}
