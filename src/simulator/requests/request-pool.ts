/** Requests under way, in typed arrays that grow and are copied as they are. @module */

/** What is known of a request's whereabouts. */
export const RequestState = {
  free: 0,
  /** Waits for a slot of its replica. */
  waiting: 1,
  /** At work in a slot. */
  working: 2,
  /** At work in a slot, but its client has gone. */
  abandoned: 3,
  /** Its replica is gone, and only its departure is still to come. */
  lost: 4,
} as const;

const NONE = -1;
/** Integers of a request before those of its levels: state, replica, depth, neighbours in the queue and among the clients. */
const Field = { state: 0, replica: 1, depth: 2, before: 3, after: 4, older: 5, younger: 6, levels: 7 } as const;
/** Integers of a level: its tier, the call that is made, and how often it is still to be made. */
const LEVEL_INTS = 3;

/** A request is a stack of levels: at the entry, in a tier that the entry calls, and so on. */
export class RequestPool {
  /** Oldest and youngest request whose client waits, or -1, and how many there are. */
  oldest: number = NONE;
  youngest: number = NONE;
  clients = 0;
  readonly #width: number;
  readonly #levels: number;
  #ints: Int32Array;
  /** When each level was entered. */
  #times: Float64Array;
  #free: number = NONE;
  #used = 0;

  /** @param levels - Most levels of a request: the number of tiers. */
  constructor(levels: number) {
    this.#levels = levels;
    this.#width = Field.levels + LEVEL_INTS * levels;
    this.#ints = new Int32Array(256 * this.#width);
    this.#times = new Float64Array(256 * levels);
  }

  /** Makes a request, the youngest, not yet anywhere. */
  open(): number {
    let request = this.#free;
    if (request !== NONE) this.#free = this.#get(request, Field.after);
    else {
      request = this.#used++;
      if (request * this.#width >= this.#ints.length) this.#grow();
    }
    this.#set(request, Field.state, RequestState.free);
    this.#set(request, Field.depth, NONE);
    this.#set(request, Field.older, this.youngest);
    this.#set(request, Field.younger, NONE);
    if (this.youngest === NONE) this.oldest = request;
    else this.#set(this.youngest, Field.younger, request);
    this.youngest = request;
    this.clients++;
    return request;
  }

  /** Its client has its answer, or has gone. */
  leave(request: number): void {
    const older = this.#get(request, Field.older);
    const younger = this.#get(request, Field.younger);
    if (older === NONE) this.oldest = younger;
    else this.#set(older, Field.younger, younger);
    if (younger === NONE) this.youngest = older;
    else this.#set(younger, Field.older, older);
    this.clients--;
  }

  /** Takes back its place. */
  free(request: number): void {
    this.#set(request, Field.state, RequestState.free);
    this.#set(request, Field.after, this.#free);
    this.#free = request;
  }

  stateOf(request: number): number {
    return this.#get(request, Field.state);
  }

  setState(request: number, state: number): void {
    this.#set(request, Field.state, state);
  }

  replicaOf(request: number): number {
    return this.#get(request, Field.replica);
  }

  setReplica(request: number, replica: number): void {
    this.#set(request, Field.replica, replica);
  }

  beforeOf(request: number): number {
    return this.#get(request, Field.before);
  }

  afterOf(request: number): number {
    return this.#get(request, Field.after);
  }

  /** Puts a request between two others of a queue, or -1. */
  link(request: number, before: number, after: number): void {
    this.#set(request, Field.before, before);
    this.#set(request, Field.after, after);
    if (before !== NONE) this.#set(before, Field.after, request);
    if (after !== NONE) this.#set(after, Field.before, request);
  }

  /** Joins the neighbours of a request that leaves its queue. */
  unlink(request: number): void {
    const before = this.#get(request, Field.before);
    const after = this.#get(request, Field.after);
    if (before !== NONE) this.#set(before, Field.after, after);
    if (after !== NONE) this.#set(after, Field.before, before);
  }

  /** The innermost level: 0 at the entry; -1 before it. */
  depthOf(request: number): number {
    return this.#get(request, Field.depth);
  }

  tierOf(request: number, level: number): number {
    return this.#get(request, Field.levels + LEVEL_INTS * level);
  }

  /** When a level was entered. Unit: seconds since the episode's start. */
  startOf(request: number, level: number): number {
    return this.#times[request * this.#levels + level]!;
  }

  pushLevel(request: number, tier: number, time: number): void {
    const depth = this.#get(request, Field.depth) + 1;
    const at = Field.levels + LEVEL_INTS * depth;
    this.#set(request, Field.depth, depth);
    this.#set(request, at, tier);
    this.#set(request, at + 1, NONE);
    this.#set(request, at + 2, 0);
    this.#times[request * this.#levels + depth] = time;
  }

  popLevel(request: number): void {
    this.#set(request, Field.depth, this.#get(request, Field.depth) - 1);
  }

  /** Index of the call a level makes; -1 before the first. */
  callOf(request: number, level: number): number {
    return this.#get(request, Field.levels + LEVEL_INTS * level + 1);
  }

  /** How often the call is still to be made. */
  leftOf(request: number, level: number): number {
    return this.#get(request, Field.levels + LEVEL_INTS * level + 2);
  }

  setCall(request: number, level: number, call: number, left: number): void {
    const at = Field.levels + LEVEL_INTS * level;
    this.#set(request, at + 1, call);
    this.#set(request, at + 2, left);
  }

  /** Copies of the arrays, for {@link restore}. */
  snapshot(): readonly [Int32Array, Float64Array, Int32Array] {
    const list = Int32Array.of(this.oldest, this.youngest, this.clients, this.#free, this.#used);
    return [this.#ints.slice(0, this.#used * this.#width), this.#times.slice(0, this.#used * this.#levels), list];
  }

  restore(ints: Int32Array, times: Float64Array, list: Int32Array): void {
    while (this.#ints.length < ints.length) this.#grow();
    this.#ints.set(ints);
    this.#times.set(times);
    this.oldest = list[0]!;
    this.youngest = list[1]!;
    this.clients = list[2]!;
    this.#free = list[3]!;
    this.#used = list[4]!;
  }

  /** Forgets all requests. */
  clear(): void {
    this.oldest = NONE;
    this.youngest = NONE;
    this.clients = 0;
    this.#free = NONE;
    this.#used = 0;
  }

  #get(request: number, field: number): number {
    return this.#ints[request * this.#width + field]!;
  }

  #set(request: number, field: number, value: number): void {
    this.#ints[request * this.#width + field] = value;
  }

  #grow(): void {
    const [ints, times] = [this.#ints, this.#times];
    this.#ints = new Int32Array(2 * ints.length);
    this.#times = new Float64Array(2 * times.length);
    this.#ints.set(ints);
    this.#times.set(times);
  }
}
