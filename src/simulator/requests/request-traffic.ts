/** The traffic of the request-level simulator: whole requests in, whole counts out. @module */

import { EnvInt, TierFloat } from "../fields.js";
import { BUCKETS } from "../latency-table.js";
import type { SimulatorEpisode } from "../simulator.js";
import type { SharedArrays, Traffic } from "../traffic.js";
import { RequestWorld } from "./request-world.js";

/** Arrays of one environment's snapshot. */
const SNAPSHOT_ARRAYS = 11;

/** One {@link RequestWorld} per environment. */
export class RequestTraffic implements Traffic {
  readonly #shared: SharedArrays;
  readonly #worlds: readonly RequestWorld[];
  readonly #usd: Float64Array;
  #env = 0;
  #nodes = 0;
  #nodeSeconds = 0;

  constructor(shared: SharedArrays) {
    this.#shared = shared;
    this.#worlds = Array.from({ length: shared.numEnvs }, () => new RequestWorld(shared.model, shared.layout));
    this.#usd = new Float64Array(shared.model.tiers.length);
  }

  reset(env: number, episode: SimulatorEpisode, elapsed: number): void {
    this.#worlds[env]!.reset(episode, elapsed);
  }

  begin(env: number): void {
    this.#env = env;
    this.#nodeSeconds = 0;
    this.#usd.fill(0);
    this.refresh(this.#worlds[env]!.now);
  }

  refresh(elapsed: number): void {
    const { ints, layout } = this.#shared;
    this.#nodes = ints[this.#env * layout.ints + EnvInt.nodes]!;
    this.#worlds[this.#env]!.refresh(ints, this.#env * layout.ints, elapsed);
  }

  run(counts: Float64Array, rates: Float64Array, from: number, to: number, firstTick: number): void {
    for (let k = from; k < to; k++) this.tick(counts[k]!, rates[k]!, firstTick + k);
  }

  tick(arrivals: number, arrivalRate: number, tick: number): void {
    const { model, floats, layout } = this.#shared;
    const { tickSeconds, loadBalancerCapacity } = model;
    const forwarded = Math.min(1, (this.#nodes * loadBalancerCapacity) / Math.max(arrivalRate, 1e-9));
    this.#nodeSeconds += this.#nodes * tickSeconds;
    for (let t = 0; t < this.#usd.length; t++) {
      const price = floats[this.#env * layout.floats + layout.tiers[t]!.floats + TierFloat.usdPerSecond]!;
      this.#usd[t] = this.#usd[t]! + price * tickSeconds;
    }
    this.#worlds[this.#env]!.tick(arrivals, forwarded, tick * tickSeconds, tickSeconds);
  }

  end(): void {
    const { model, rows } = this.#shared;
    const { tally, replicas, now } = this.#worlds[this.#env]!;
    for (let slot = 0; slot < replicas.count; slot++) replicas.settle(slot, now);
    for (let t = 0; t < model.tiers.length; t++) {
      const tier = rows.tiers[t]!;
      this.#add(tier.code200, tally.answered[t]!);
      this.#add(tier.code503, tally.refused[t]!);
      this.#add(tier.code504, tally.expired[t]!);
      this.#add(tier.busy, replicas.busySeconds[t]!);
      this.#add(tier.cost, this.#usd[t]!);
      this.#add(tier.count, tally.answered[t]!);
      this.#add(tier.sum, tally.seconds[t]!);
      let cumulative = 0;
      for (let b = 0; b <= BUCKETS; b++) {
        cumulative += tally.buckets[t * (BUCKETS + 1) + b]!;
        this.#add(tier.bucket + b, cumulative);
      }
    }
    this.#add(rows.loadBalancerCost, (this.#nodeSeconds / 3600) * model.loadBalancerUsdPerHour);
    for (const counts of [tally.answered, tally.refused, tally.expired, tally.seconds, tally.buckets]) counts.fill(0);
    replicas.busySeconds.fill(0);
  }

  backlogOf(env: number): number {
    return this.#worlds[env]!.clients;
  }

  waitingOf(env: number, tier: number): number {
    return this.#sum(env, tier, (slot) => this.#worlds[env]!.replicas.waiting(slot));
  }

  inFlightOf(env: number, tier: number): number {
    return this.#sum(env, tier, (slot) => this.#worlds[env]!.replicas.inSystem(slot));
  }

  takeUtilization(env: number, tier: number, slot: number, seconds: number): number {
    const { replicas } = this.#worlds[env]!;
    return replicas.takeUtilization(replicas.first[tier]! + slot, seconds);
  }

  onReplica(env: number, tier: number, slot: number): number {
    const { replicas } = this.#worlds[env]!;
    return replicas.inSystem(replicas.first[tier]! + slot);
  }

  snapshot(env: number): readonly (Float64Array | Int32Array)[] {
    return this.#worlds[env]!.snapshot();
  }

  restore(env: number, pending: readonly (Float64Array | Int32Array)[], episode: SimulatorEpisode): boolean {
    if (pending.length !== SNAPSHOT_ARRAYS) return false;
    this.#worlds[env]!.restore(pending, episode);
    return true;
  }

  #sum(env: number, tier: number, of: (slot: number) => number): number {
    const { replicas } = this.#worlds[env]!;
    let sum = 0;
    for (let slot = 0; slot < this.#shared.model.tiers[tier]!.maxReplicas; slot++)
      sum += of(replicas.first[tier]! + slot);
    return sum;
  }

  #add(row: number, value: number): void {
    const { current, stride } = this.#shared;
    const at = row * stride + this.#env;
    current[at] = current[at]! + value;
  }
}
