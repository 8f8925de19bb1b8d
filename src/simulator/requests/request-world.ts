/** Every request of one environment, from its arrival to its answer. @module */
import { workFactor } from "../daily-swing.js";
import type { StateLayout } from "../layout.js";
import type { SimulatorModel } from "../model.js";
import { modelBounds } from "../recorded-latency.js";
import type { SimulatorEpisode } from "../simulator.js";
import { EventHeap } from "./event-heap.js";
import { Replicas } from "./replicas.js";
import { RequestDraws } from "./request-draws.js";
import { RequestPool, RequestState } from "./request-pool.js";
import { type Quantile, serviceTimeQuantile } from "./service-times.js";
import { Tally } from "./tally.js";

const NONE = -1;

/** One environment. Time is in seconds since the episode's start. */
export class RequestWorld {
  readonly tally: Tally;
  readonly replicas: Replicas;
  /** The end of the last tick. */
  now = 0;
  readonly #model: SimulatorModel;
  readonly #pool: RequestPool;
  readonly #departures: EventHeap = new EventHeap();
  readonly #quantiles: readonly Quantile[];
  /** Model time at which the episode began. */
  #start = 0;
  readonly #draws: RequestDraws = new RequestDraws();

  constructor(model: SimulatorModel, layout: StateLayout) {
    const tiers = model.tiers.length;
    this.#model = model;
    this.#pool = new RequestPool(tiers);
    this.replicas = new Replicas(model, layout);
    this.#quantiles = model.tiers.map(serviceTimeQuantile);
    this.tally = new Tally(tiers, modelBounds(model));
  }

  /** Requests whose clients wait. */
  get clients(): number {
    return this.#pool.clients;
  }

  /** Starts without requests. @param now - Time since the episode's start, negative before it. Unit: seconds. */
  reset(episode: SimulatorEpisode, now: number): void {
    this.#pool.clear();
    this.#departures.restore(new Float64Array(1), new Float64Array(0), new Int32Array(0));
    this.replicas.clear();
    this.#draws.reset(episode.seed);
    this.#start = episode.series.startSeconds;
    this.now = now;
  }

  /** Takes up what the lifecycle has changed. @param base - Offset of the environment's integers. */
  refresh(ints: Int32Array, base: number, elapsed: number): void {
    this.replicas.refresh(ints, base);
    for (let slot = 0; slot < this.replicas.count; slot++) {
      if (this.replicas.inSystem(slot) === 0) continue;
      if (this.replicas.serves(slot)) this.#fill(slot, elapsed);
      else this.#lose(slot, elapsed);
    }
  }

  /**
   * One tick.
   *
   * @param arrivals - Number of requests that come.
   * @param forwarded - The share of them that the load balancer lets in.
   */
  tick(arrivals: number, forwarded: number, start: number, seconds: number): void {
    const times = this.#draws.times(arrivals, start, seconds);
    const timeout = this.#model.clientTimeoutSeconds;
    const end = start + seconds;
    for (let next = 0; ; ) {
      const arrival = next < arrivals ? times[next]! : Number.POSITIVE_INFINITY;
      const departure = this.#departures.firstTime;
      const { oldest } = this.#pool;
      const deadline = oldest === NONE ? Number.POSITIVE_INFINITY : this.#pool.startOf(oldest, 0) + timeout;
      if (arrival <= departure && arrival <= deadline) {
        if (next >= arrivals) break;
        next++;
        if (forwarded >= 1 || this.#draws.choice() < forwarded) this.#arrive(arrival);
        else this.tally.refused[0] = this.tally.refused[0]! + 1;
      } else if (departure <= deadline) {
        if (departure > end) break;
        this.#depart(this.#departures.pop(), departure);
      } else {
        if (deadline > end) break;
        this.#giveUp(oldest);
      }
    }
    this.now = end;
  }

  #arrive(time: number): void {
    this.#enter(this.#pool.open(), 0, time);
  }

  /** Sends a request to a tier. */
  #enter(request: number, tier: number, time: number): void {
    const pool = this.#pool;
    pool.pushLevel(request, tier, time);
    const slot = this.replicas.choose(tier, this.#draws.choice);
    if (slot === NONE) {
      this.#fail(request, this.tally.refused);
      pool.free(request);
      return;
    }
    pool.setReplica(request, slot);
    if (this.replicas.hasFreeSlot(slot)) {
      this.#work(request, slot, time);
      return;
    }
    const tail = this.replicas.tailOf(slot);
    pool.setState(request, RequestState.waiting);
    pool.link(request, tail, NONE);
    this.replicas.queued(slot, tail === NONE ? request : this.replicas.headOf(slot), request, 1);
  }

  #work(request: number, slot: number, time: number): void {
    const u = this.#draws.work();
    this.replicas.worked(slot, 1, time);
    const tier = this.replicas.tierOf[slot]!;
    const { dailySwing } = this.#model.tiers[tier]!;
    const factor = dailySwing === null ? 1 : workFactor(dailySwing, this.#start + time);
    const seconds = this.#quantiles[tier]!(u) * this.replicas.slowdown(slot) * factor;
    this.#pool.setState(request, RequestState.working);
    this.#departures.push(time + seconds, request);
  }

  #depart(request: number, time: number): void {
    const state = this.#pool.stateOf(request);
    if (state !== RequestState.lost) {
      const slot = this.#pool.replicaOf(request);
      this.replicas.worked(slot, -1, time);
      this.#fill(slot, time);
    }
    if (state === RequestState.working) this.#goOn(request, time);
    else this.#pool.free(request);
  }

  /** Starts those who wait while there are free slots. */
  #fill(slot: number, time: number): void {
    for (let head = this.replicas.headOf(slot); head !== NONE && this.replicas.hasFreeSlot(slot); ) {
      const request = head;
      this.#unqueue(request, slot);
      this.#work(request, slot, time);
      head = this.replicas.headOf(slot);
    }
  }

  #unqueue(request: number, slot: number): void {
    const before = this.#pool.beforeOf(request);
    const after = this.#pool.afterOf(request);
    const head = this.replicas.headOf(slot);
    const tail = this.replicas.tailOf(slot);
    this.#pool.unlink(request);
    this.replicas.queued(slot, head === request ? after : head, tail === request ? before : tail, -1);
  }

  /** After its work in a tier a request makes its calls, one after another, and then returns to its caller. */
  #goOn(request: number, time: number): void {
    const pool = this.#pool;
    for (;;) {
      const level = pool.depthOf(request);
      const { calls } = this.#model.tiers[pool.tierOf(request, level)]!;
      const call = pool.callOf(request, level);
      const left = pool.leftOf(request, level);
      if (left > 0) {
        pool.setCall(request, level, call, left - 1);
        this.#enter(request, calls[call]!.tier, time);
        return;
      }
      if (call + 1 < calls.length) {
        pool.setCall(request, level, call + 1, this.#repeats(calls[call + 1]!.perRequest));
        continue;
      }
      this.tally.answer(pool.tierOf(request, level), time - pool.startOf(request, level));
      if (level === 0) {
        pool.leave(request);
        pool.free(request);
        return;
      }
      pool.popLevel(request);
    }
  }

  /** A whole number of calls with a given mean. */
  #repeats(mean: number): number {
    const whole = Math.floor(mean);
    return mean === whole || this.#draws.choice() >= mean - whole ? whole : whole + 1;
  }

  /** Counts a failed request in every tier it is in, and lets its client go. */
  #fail(request: number, count: Float64Array): void {
    for (let level = this.#pool.depthOf(request); level >= 0; level--) {
      const tier = this.#pool.tierOf(request, level);
      count[tier] = count[tier]! + 1;
    }
    this.#pool.leave(request);
  }

  /** The client has waited long enough. What is at work stays at work. */
  #giveUp(request: number): void {
    this.#fail(request, this.tally.expired);
    if (this.#pool.stateOf(request) === RequestState.working) {
      this.#pool.setState(request, RequestState.abandoned);
      return;
    }
    this.#unqueue(request, this.#pool.replicaOf(request));
    this.#pool.free(request);
  }

  /** A replica is gone: all that it has fails. */
  #lose(slot: number, time: number): void {
    for (let head = this.replicas.headOf(slot); head !== NONE; ) {
      const after = this.#pool.afterOf(head);
      this.#fail(head, this.tally.refused);
      this.#pool.free(head);
      head = after;
    }
    for (let k = 0; k < this.#departures.size; k++) {
      const request = this.#departures.requestAt(k);
      if (this.#pool.replicaOf(request) !== slot) continue;
      if (this.#pool.stateOf(request) === RequestState.working) this.#fail(request, this.tally.refused);
      this.#pool.setState(request, RequestState.lost);
    }
    this.replicas.lose(slot, time);
  }

  /** Copies of all arrays, for {@link restore}. */
  snapshot(): readonly (Float64Array | Int32Array)[] {
    const scalars = Float64Array.of(this.now, ...this.#draws.snapshot());
    return [scalars, ...this.#pool.snapshot(), ...this.#departures.snapshot(), ...this.replicas.snapshot()];
  }

  /** Takes back what `snapshot` gave. */
  restore(arrays: readonly (Float64Array | Int32Array)[], episode: SimulatorEpisode): void {
    const floats = (k: number): Float64Array => arrays[k] as Float64Array;
    const ints = (k: number): Int32Array => arrays[k] as Int32Array;
    const [now, ...draws] = floats(0) as unknown as [number, number, number, number];
    this.now = now;
    this.#draws.restore(episode.seed, draws);
    this.#start = episode.series.startSeconds;
    this.#pool.restore(ints(1), floats(2), ints(3));
    this.#departures.restore(floats(4), floats(5), ints(6));
    this.replicas.restore(ints(7), ints(8), floats(9), floats(10));
  }
}
