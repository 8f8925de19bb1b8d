/** A simulator in ticks: arrivals, lifecycle, billing and gauges, over N environments. What becomes of the requests is its traffic's part. @module */
import { InvalidOptionError, SnapshotMismatchError } from "../errors.js";
import { KNOT_SECONDS } from "../loadgen/workload.js";
import type { SeriesSchema } from "../metrics/series.js";
import { type CollectTarget, collectRows } from "./collect.js";
import { EnvFloats, EnvInts, layoutState, Phase, type StateLayout, TierInts } from "./layout.js";
import { Lifecycle } from "./lifecycle.js";
import type { DesiredState, SimulatorModel } from "./model.js";
import { poissonQuantile } from "./poisson-quantile.js";
import { layoutRows, ROWS_PER_MACHINE, type Rows } from "./rows.js";
import type { Simulator, SimulatorEpisode, SimulatorState } from "./simulator.js";
import { streamKey, uniformAt } from "./stream.js";
import type { Traffic } from "./traffic.js";

/** The arrays that a traffic shares with its simulator. */
export interface SharedArrays {
  readonly model: SimulatorModel;
  readonly rows: Rows;
  readonly layout: StateLayout;
  /** State of all environments, as {@link layoutState} lays it out. */
  readonly ints: Int32Array;
  readonly floats: Float64Array;
  /** The metric matrix: shape [rows, stride]. */
  readonly current: Float64Array;
  readonly present: Uint8Array;
  readonly stride: number;
  readonly numEnvs: number;
}

/** All of a simulator but the way of its requests. Counts of arrivals by tick depend on the seed and the rates alone. */
export class TickedSimulator implements Simulator {
  readonly model: SimulatorModel;
  readonly numEnvs: number;
  readonly schema: SeriesSchema;
  readonly current: Float64Array;
  readonly present: Uint8Array;
  readonly stride: number;
  readonly rows: Rows;
  readonly #layout: StateLayout;
  readonly #ints: Int32Array;
  readonly #floats: Float64Array;
  readonly #episodes: (SimulatorEpisode | undefined)[];
  readonly #rates: Float32Array[];
  readonly #desired: DesiredState[];
  readonly #applied: DesiredState[];
  readonly #lifecycle: Lifecycle;
  readonly #traffic: Traffic;
  readonly #target: CollectTarget;
  #machines = true;
  /** Arrivals and mean rates of the ticks at hand. */
  #counts = new Float64Array(16);
  #means = new Float64Array(16);

  /** @param numEnvs - Number of environments, an integer from 1. */
  constructor(model: SimulatorModel, numEnvs: number, makeTraffic: (shared: SharedArrays) => Traffic) {
    if (!Number.isInteger(numEnvs) || numEnvs < 1)
      throw new InvalidOptionError("numEnvs", "an integer from 1", numEnvs);
    this.model = model;
    this.numEnvs = numEnvs;
    this.rows = layoutRows(model);
    this.schema = this.rows.schema;
    // An odd number of cache lines, so that the rows of one environment do not fall into the same cache set.
    this.stride = numEnvs === 1 ? 1 : (Math.ceil(numEnvs / 8) | 1) * 8;
    this.current = new Float64Array(this.schema.size * this.stride);
    this.present = new Uint8Array(this.schema.size * this.stride).fill(1);
    this.#layout = layoutState(model);
    this.#ints = new Int32Array(this.#layout.ints * numEnvs);
    this.#floats = new Float64Array(this.#layout.floats * numEnvs);
    const shared: SharedArrays = {
      model,
      numEnvs,
      rows: this.rows,
      layout: this.#layout,
      ints: this.#ints,
      floats: this.#floats,
      current: this.current,
      present: this.present,
      stride: this.stride,
    };
    const nothing = {
      replicas: new Int32Array(model.tiers.length),
      sizes: new Int32Array(model.tiers.length),
      loadBalancerNodes: 0,
    };
    this.#episodes = new Array(numEnvs).fill(undefined);
    this.#rates = new Array(numEnvs).fill(new Float32Array(2));
    this.#desired = new Array(numEnvs).fill(nothing);
    this.#applied = new Array(numEnvs).fill(nothing);
    this.#lifecycle = new Lifecycle(model, this.#layout, this.#ints, this.#floats, {
      bill: (env, tier, usd) => this.#add(this.rows.tiers[tier]!.cost, env, usd),
      crashed: (env, tier) => this.#add(this.rows.tiers[tier]!.crashes, env, 1),
    });
    this.#traffic = makeTraffic(shared);
    this.#target = { ...shared, traffic: this.#traffic };
  }

  demand(rows: Int32Array): void {
    const machines = this.rows.tiers.map((tier, t) => [
      tier.machines,
      tier.machines + ROWS_PER_MACHINE * this.model.tiers[t]!.maxReplicas,
    ]);
    this.#machines = rows.some((row) => machines.some(([from, to]) => from! >= 0 && row >= from! && row < to!));
    this.#traffic.demandInner(
      this.rows.tiers.map(({ bucket, count }) => rows.some((row) => row >= bucket && row <= count)),
    );
  }

  reset(env: number, episode: SimulatorEpisode): void {
    const i = env * this.#layout.ints;
    const f = env * this.#layout.floats;
    this.#ints.fill(0, i, i + this.#layout.ints);
    this.#floats.fill(0, f, f + this.#layout.floats);
    for (let row = 0; row < this.schema.size; row++) this.current[row * this.stride + env] = 0;
    const [arrival0, arrival1] = streamKey(episode.seed, "arrivals");
    const [life0, life1] = streamKey(episode.seed, "lifecycle");
    this.#ints[i + EnvInts.arrival0] = arrival0;
    this.#ints[i + EnvInts.arrival1] = arrival1;
    this.#ints[i + EnvInts.life0] = life0;
    this.#ints[i + EnvInts.life1] = life1;
    this.#floats[f + EnvFloats.start] = episode.series.startSeconds;
    this.#episodes[env] = episode;
    this.#rates[env] = episode.series.rates;
    this.#desired[env] = episode.state;
    this.#applied[env] = episode.state;
    this.#lifecycle.start(env, episode.series.startSeconds, episode.state);
    this.#traffic.reset(env, episode);
    this.collect(env, env + 1);
  }

  desire(env: number, state: DesiredState): void {
    if (this.#desired[env] === state) return;
    this.#desired[env] = state;
    const f = env * this.#layout.floats;
    this.#floats[f + EnvFloats.nextEvent] = Math.min(
      this.#floats[f + EnvFloats.nextEvent]!,
      Math.max(this.timeOf(env), this.#floats[f + EnvFloats.busyUntil]!),
    );
  }

  advance(first: number, end: number, ticks: number, skip?: Uint8Array): void {
    for (let env = first; env < end; env++) {
      if (skip === undefined || skip[env] === 0) this.#advanceOne(env, ticks);
    }
  }

  #advanceOne(env: number, ticks: number): void {
    const { tickSeconds } = this.model;
    const i = env * this.#layout.ints;
    const f = env * this.#layout.floats;
    const first = this.#ints[i + EnvInts.tick]!;
    const begin = this.#floats[f + EnvFloats.start]! + first * tickSeconds;
    const traffic = this.#traffic;
    this.#drawArrivals(env, first, ticks);
    traffic.begin(env, this.#applied[env]!.loadBalancerNodes);
    let done = 0;
    while (done < ticks) {
      const now = begin + done * tickSeconds;
      if (now >= this.#floats[f + EnvFloats.nextEvent]!) this.#processEvents(env, now, first + done);
      const quiet = Math.ceil((this.#floats[f + EnvFloats.nextEvent]! - now) / tickSeconds);
      const end = Math.min(ticks, done + Math.max(1, quiet));
      traffic.run(this.#counts, this.#means, done, end, first);
      done = end;
    }
    this.#ints[i + EnvInts.tick] = first + ticks;
    const end = begin + ticks * tickSeconds;
    if (end >= this.#floats[f + EnvFloats.nextChore]!) {
      this.#lifecycle.tidy(env, end, this.#desired[env] !== this.#applied[env]);
    }
    traffic.end();
  }

  /** Draws the arrivals of some ticks: their mean rates, and Poisson counts. */
  #drawArrivals(env: number, first: number, ticks: number): void {
    if (this.#counts.length < ticks) {
      this.#counts = new Float64Array(ticks);
      this.#means = new Float64Array(ticks);
    }
    const { tickSeconds } = this.model;
    const counts = this.#counts;
    const means = this.#means;
    const i = env * this.#layout.ints;
    const rates = this.#rates[env]!;
    const key0 = this.#ints[i + EnvInts.arrival0]!;
    const key1 = this.#ints[i + EnvInts.arrival1]!;
    const last = rates.length - 2;
    let offered = 0;
    for (let k = 0; k < ticks; k++) {
      const position = ((first + k + 0.5) * tickSeconds) / KNOT_SECONDS;
      const knot = Math.min(last, Math.floor(position));
      const low = rates[knot]!;
      const mean = low + (rates[knot + 1]! - low) * Math.min(1, position - knot);
      const count = poissonQuantile(uniformAt(key0, key1, first + k), mean * tickSeconds);
      means[k] = mean;
      counts[k] = count;
      offered += count;
    }
    this.#add(this.rows.offered, env, offered);
  }

  #processEvents(env: number, now: number, tick: number): void {
    this.#ints[env * this.#layout.ints + EnvInts.tick] = tick;
    this.#applied[env] = this.#lifecycle.process(env, now, this.#desired[env]!, this.#applied[env]!);
    this.#traffic.refresh(this.#applied[env]!.loadBalancerNodes, tick * this.model.tickSeconds);
  }

  collect(first: number, end: number): void {
    for (let env = first; env < end; env++) {
      const episode = this.#episodes[env];
      if (episode !== undefined) collectRows(this.#target, env, episode, this.#desired[env]!, this.#machines);
    }
  }

  timeOf(env: number): number {
    const tick = this.#ints[env * this.#layout.ints + EnvInts.tick]!;
    return this.#floats[env * this.#layout.floats + EnvFloats.start]! + tick * this.model.tickSeconds;
  }

  pendingOf(env: number, tier: number): number {
    const i = env * this.#layout.ints;
    const { ints, slotSize, nextSize } = this.#layout.tiers[tier]!;
    // A database goes on answering while it changes its size, so its phase does not tell.
    const isDatabase = this.model.tiers[tier]!.kind === "database";
    const changing = isDatabase && this.#ints[i + slotSize] !== this.#ints[i + nextSize] ? 1 : 0;
    return this.#ints[i + ints + TierInts.pending]! + this.#ints[i + ints + TierInts.draining]! + changing;
  }

  sizeOf(env: number, tier: number): string {
    const i = env * this.#layout.ints;
    const { ints, phase, slotSize } = this.#layout.tiers[tier]!;
    // All replicas of a tier have the size of the first, which is there as long as any is.
    const size =
      this.#ints[i + phase] === Phase.none ? this.#ints[i + ints + TierInts.size]! : this.#ints[i + slotSize]!;
    return this.model.tiers[tier]!.sizes[size]!.slug;
  }

  isApplying(env: number): boolean {
    return (
      this.#desired[env] !== this.#applied[env] ||
      this.#floats[env * this.#layout.floats + EnvFloats.busyUntil]! > this.timeOf(env)
    );
  }

  backlogOf(env: number): number {
    return this.#traffic.backlogOf(env);
  }

  snapshot(env: number): SimulatorState {
    const episode = this.#episodes[env];
    if (episode === undefined) throw new SnapshotMismatchError("a running episode", "none");
    const { ints, floats } = this.#layout;
    const { size } = this.schema;
    const state = new Float64Array(floats + size);
    state.set(this.#floats.subarray(env * floats, (env + 1) * floats));
    for (let row = 0; row < size; row++) state[floats + row] = this.current[row * this.stride + env]!;
    return {
      floats: state,
      integers: this.#ints.slice(env * ints, (env + 1) * ints),
      present: Uint8Array.from({ length: size }, (_, row) => this.present[row * this.stride + env]!),
      pending: this.#traffic.snapshot(env),
      episode,
      desired: this.#desired[env]!,
      applied: this.#applied[env]!,
    };
  }

  restore(env: number, state: SimulatorState): void {
    const { ints, floats } = this.#layout;
    const { size } = this.schema;
    if (state.integers.length !== ints || state.floats.length !== floats + size || state.present.length !== size) {
      throw new SnapshotMismatchError(
        `${ints} integers and ${floats + size} floats`,
        `${state.integers.length} and ${state.floats.length}`,
      );
    }
    if (!this.#traffic.restore(env, state.pending, state.episode))
      throw new SnapshotMismatchError("the same kind of simulator", "another kind");
    this.#ints.set(state.integers, env * ints);
    this.#floats.set(state.floats.subarray(0, floats), env * floats);
    for (let row = 0; row < size; row++) {
      this.current[row * this.stride + env] = state.floats[floats + row]!;
      this.present[row * this.stride + env] = state.present[row]!;
    }
    this.#episodes[env] = state.episode;
    this.#rates[env] = state.episode.series.rates;
    this.#desired[env] = state.desired;
    this.#applied[env] = state.applied;
  }

  #add(row: number, env: number, value: number): void {
    const at = row * this.stride + env;
    this.current[at] = this.current[at]! + value;
  }
}
