/** Replicas with their slots and queues, and the load balancer's choice among them. @module */
import { Phase } from "../fields.js";
import type { StateLayout } from "../layout.js";
import type { Balancing, SimulatorModel } from "../model.js";
import { pagingSlowdown } from "../paging.js";

/** What a replica does with requests. */
export const Service = { none: 0, draining: 1, ready: 2 } as const;

const Field = { service: 0, size: 1, head: 2, tail: 3, waiting: 4, working: 5, width: 6 } as const;
const NONE = -1;

/** All replica slots of one environment, numbered through the tiers. */
export class Replicas {
  /** Number of slots. */
  readonly count: number;
  /** First slot of each tier. */
  readonly first: readonly number[];
  /** Tier of each slot. */
  readonly tierOf: Int32Array;
  /** Work done by tier since it was set to 0. Unit: slot-seconds. */
  readonly busySeconds: Float64Array;
  readonly #model: SimulatorModel;
  readonly #layout: StateLayout;
  readonly #ints: Int32Array;
  /** Work done by slot since it was asked for last, and until when it is counted. */
  readonly #work: Float64Array;
  readonly #since: Float64Array;
  readonly #balancing: readonly Balancing[];
  /** Ready slots, tier by tier, and how many they are. */
  readonly #ready: Int32Array;
  readonly #readyCount: Int32Array;
  readonly #failing: Int32Array;
  /** Where the load balancer's turn is, by tier. */
  readonly #turn: Int32Array;

  constructor(model: SimulatorModel, layout: StateLayout) {
    const { tiers } = model;
    this.#model = model;
    this.#layout = layout;
    this.first = tiers.map((_, t) => tiers.slice(0, t).reduce((sum, { maxReplicas }) => sum + maxReplicas, 0));
    this.tierOf = Int32Array.from(tiers.flatMap(({ maxReplicas }, t) => new Array<number>(maxReplicas).fill(t)));
    this.count = this.tierOf.length;
    this.busySeconds = new Float64Array(tiers.length);
    this.#ints = new Int32Array(this.count * Field.width);
    this.#work = new Float64Array(this.count);
    this.#since = new Float64Array(this.count);
    this.#balancing = tiers.map(({ kind }) => (kind === "database" ? "least_connections" : model.balancing));
    this.#ready = new Int32Array(this.count);
    this.#readyCount = new Int32Array(tiers.length);
    this.#failing = new Int32Array(tiers.length);
    this.#turn = new Int32Array(tiers.length);
    this.clear();
  }

  /** No requests, and nothing up. */
  clear(): void {
    this.#ints.fill(0);
    for (let slot = 0; slot < this.count; slot++) {
      this.#set(slot, Field.head, NONE);
      this.#set(slot, Field.tail, NONE);
    }
    this.#work.fill(0);
    this.#since.fill(0);
    this.#turn.fill(0);
    this.busySeconds.fill(0);
  }

  /** Reads the phases of an environment. @param base - Offset of its integers. */
  refresh(ints: Int32Array, base: number): void {
    this.#readyCount.fill(0);
    this.#failing.fill(0);
    for (let slot = 0; slot < this.count; slot++) {
      const t = this.tierOf[slot]!;
      const at = this.#layout.tiers[t]!;
      const own = slot - this.first[t]!;
      const phase = ints[base + at.phase + own]!;
      const ready = phase === Phase.ready;
      this.#set(
        slot,
        Field.service,
        ready ? Service.ready : phase === Phase.draining ? Service.draining : Service.none,
      );
      this.#set(slot, Field.size, ints[base + at.slotSize + own]!);
      if (ready) {
        this.#ready[this.first[t]! + this.#readyCount[t]!] = slot;
        this.#readyCount[t] = this.#readyCount[t]! + 1;
      }
      if (phase === Phase.failing) this.#failing[t] = this.#failing[t]! + 1;
    }
  }

  /**
   * The slot a request is sent to. A replica that has crashed and is not yet noticed gets its even share, and what it gets is lost.
   *
   * @param draw - Gives uniform numbers; called only where chance decides.
   * @returns -1 where the request is refused.
   */
  choose(tier: number, draw: () => number): number {
    const count = this.#readyCount[tier]!;
    if (count === 0) return NONE;
    const failing = this.#failing[tier]!;
    if (failing > 0 && draw() * (failing + count) < failing) return NONE;
    const slot = count === 1 ? this.#ready[this.first[tier]!]! : this.#pick(tier, count, draw);
    const { connections } = this.#sizeOf(slot);
    return this.inSystem(slot) < connections ? slot : NONE;
  }

  #pick(tier: number, count: number, draw: () => number): number {
    const from = this.first[tier]!;
    const policy = this.#balancing[tier]!;
    if (policy === "random") return this.#ready[from + Math.floor(draw() * count)]!;
    let index = this.#turn[tier]! % count;
    if (policy === "least_connections") index = this.#leastFrom(from, count, index);
    this.#turn[tier] = index + 1;
    return this.#ready[from + index]!;
  }

  /** Index of the ready slot with the fewest requests; among equals the next in turn. */
  #leastFrom(from: number, count: number, start: number): number {
    let best = start;
    let fewest = this.inSystem(this.#ready[from + start]!);
    for (let step = 1; step < count && fewest > 0; step++) {
      const index = (start + step) % count;
      const requests = this.inSystem(this.#ready[from + index]!);
      if (requests < fewest) {
        best = index;
        fewest = requests;
      }
    }
    return best;
  }

  inSystem(slot: number): number {
    return this.#get(slot, Field.waiting) + this.#get(slot, Field.working);
  }

  waiting(slot: number): number {
    return this.#get(slot, Field.waiting);
  }

  serves(slot: number): boolean {
    return this.#get(slot, Field.service) !== Service.none;
  }

  hasFreeSlot(slot: number): boolean {
    return this.#get(slot, Field.working) < this.#sizeOf(slot).slots && this.serves(slot);
  }

  /** How much longer work takes for want of memory. */
  slowdown(slot: number): number {
    const tier = this.#model.tiers[this.tierOf[slot]!]!;
    if (tier.memoryPerRequestBytes <= 0) return 1;
    const used = tier.idleMemoryBytes + this.inSystem(slot) * tier.memoryPerRequestBytes;
    return pagingSlowdown(used / this.#sizeOf(slot).memoryBytes);
  }

  headOf(slot: number): number {
    return this.#get(slot, Field.head);
  }

  tailOf(slot: number): number {
    return this.#get(slot, Field.tail);
  }

  /** A request has joined the queue of a slot, or left it: the queue's ends and length are now these. */
  queued(slot: number, head: number, tail: number, change: number): void {
    this.#set(slot, Field.head, head);
    this.#set(slot, Field.tail, tail);
    this.#set(slot, Field.waiting, this.#get(slot, Field.waiting) + change);
  }

  /** A request has begun or ended its work. */
  worked(slot: number, change: number, now: number): void {
    this.settle(slot, now);
    this.#set(slot, Field.working, this.#get(slot, Field.working) + change);
  }

  /** The replica is gone with all it had. */
  lose(slot: number, now: number): void {
    this.settle(slot, now);
    this.#work[slot] = 0;
    this.#set(slot, Field.head, NONE);
    this.#set(slot, Field.tail, NONE);
    this.#set(slot, Field.waiting, 0);
    this.#set(slot, Field.working, 0);
  }

  /** Counts a slot's work up to now. */
  settle(slot: number, now: number): void {
    const work = this.#get(slot, Field.working) * (now - this.#since[slot]!);
    const t = this.tierOf[slot]!;
    this.#since[slot] = now;
    this.#work[slot] = this.#work[slot]! + work;
    this.busySeconds[t] = this.busySeconds[t]! + work;
  }

  /** The share of its slots at work since this was asked last. */
  takeUtilization(slot: number, seconds: number): number {
    const share = Math.min(1, this.#work[slot]! / (seconds * this.#sizeOf(slot).slots));
    this.#work[slot] = 0;
    return share;
  }

  /** Copies of the arrays, for {@link restore}. */
  snapshot(): readonly [Int32Array, Int32Array, Float64Array, Float64Array] {
    return [this.#ints.slice(), this.#turn.slice(), this.#work.slice(), this.#since.slice()];
  }

  restore(ints: Int32Array, turn: Int32Array, work: Float64Array, since: Float64Array): void {
    this.#ints.set(ints);
    this.#turn.set(turn);
    this.#work.set(work);
    this.#since.set(since);
    this.busySeconds.fill(0);
  }

  #sizeOf(slot: number): SimulatorModel["tiers"][number]["sizes"][number] {
    return this.#model.tiers[this.tierOf[slot]!]!.sizes[this.#get(slot, Field.size)]!;
  }

  #get(slot: number, field: number): number {
    return this.#ints[slot * Field.width + field]!;
  }

  #set(slot: number, field: number, value: number): void {
    this.#ints[slot * Field.width + field] = value;
  }
}
