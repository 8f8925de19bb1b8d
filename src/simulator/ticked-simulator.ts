/** A simulator in ticks: arrivals, lifecycle, billing and gauges, over N environments. What becomes of the requests is its traffic's part. @module */
import { InvalidOptionError, SnapshotMismatchError } from "../errors.js";
import type { SeriesSchema } from "../metrics/series.js";
import { Announcements } from "./announcements.js";
import { visitsOf } from "./core-model.js";
import { isApplied, writeDesired } from "./desired.js";
import { EnvFloat, EnvInt, Phase, TierFloat, TierInt } from "./fields.js";
import { type HostTraffic, KernelCore } from "./kernel-core.js";
import { layoutState, type StateLayout } from "./layout.js";
import type { DesiredState, SimulatorModel } from "./model.js";
import { RateKnots } from "./rate-knots.js";
import { RequestScale } from "./request-scale.js";
import { layoutRows, ROWS_PER_MACHINE, type Rows } from "./rows.js";
import type { Simulator, SimulatorEpisode, SimulatorState } from "./simulator.js";
import { streamKey } from "./stream.js";
import type { SharedArrays, Traffic } from "./traffic.js";

/** How long a service has been at work when an episode begins: `rate` does not extrapolate beyond the beginning of a counter at 0. Unit: seconds. */
const PAST_SECONDS = 60;

/**
 * A simulator on the kernel: arrivals, lifecycle, billing and gauges. What becomes of the requests is the kernel's part too, unless there is
 * a traffic of its own. Counts of arrivals by tick depend on the seed and the rates alone.
 */
export class TickedSimulator implements Simulator {
  readonly model: SimulatorModel;
  readonly numEnvs: number;
  readonly schema: SeriesSchema;
  readonly current: Float64Array;
  readonly present: Uint8Array;
  readonly stride: number;
  readonly applying: Uint8Array;
  readonly rows: Rows;
  readonly #layout: StateLayout;
  readonly #core: KernelCore;
  readonly #ints: Int32Array;
  readonly #floats: Float64Array;
  readonly #episodes: (SimulatorEpisode | undefined)[];
  readonly #desired: (DesiredState | undefined)[];
  /** Requests at the entry that fail by one failed call to each tier. */
  readonly #shares: Float64Array;
  readonly #announcements: Announcements;
  readonly #knots: RateKnots;
  readonly #traffic: Traffic | null;
  readonly #timeScale: number;
  readonly #scale: RequestScale | null;
  #machines = true;

  /**
   * @param numEnvs - Number of environments, an integer from 1.
   * @param makeTraffic - Makes what moves the requests; without it, the kernel does.
   */
  constructor(model: SimulatorModel, numEnvs: number, makeTraffic?: (shared: SharedArrays) => Traffic) {
    if (!Number.isInteger(numEnvs) || numEnvs < 1)
      throw new InvalidOptionError("numEnvs", "an integer from 1", numEnvs);
    this.model = model;
    this.numEnvs = numEnvs;
    this.rows = layoutRows(model);
    this.schema = this.rows.schema;
    // An odd number of cache lines, so that the rows of one environment do not fall into the same cache set.
    this.stride = numEnvs === 1 ? 1 : (Math.ceil(numEnvs / 8) | 1) * 8;
    this.#layout = layoutState(model);
    this.#episodes = new Array(numEnvs).fill(undefined);
    this.#desired = new Array(numEnvs).fill(undefined);
    this.#shares = visitsOf(model).map((visits) => 1 / Math.max(1, visits));
    const traffic = makeTraffic === undefined ? undefined : this.#trafficHost();
    this.#core = new KernelCore(model, this.rows, this.#layout, numEnvs, this.stride, traffic);
    this.#ints = this.#core.ints;
    this.#floats = this.#core.floats;
    this.current = this.#core.current;
    this.present = this.#core.present;
    this.applying = this.#core.applying;
    const { rows, stride, current, present } = this;
    const state = { layout: this.#layout, ints: this.#ints, floats: this.#floats };
    const shared = { model, numEnvs, rows, ...state, current, present, stride };
    this.#traffic = makeTraffic?.(shared) ?? null;
    this.#timeScale = model.timeScale ?? 1;
    this.#scale = RequestScale.of(model, rows, current, stride);
    this.#announcements = new Announcements(current, rows, stride, numEnvs);
    this.#knots = new RateKnots(this.#core, this.#layout, model);
  }

  /** What the kernel asks of a traffic of its own. */
  #trafficHost(): HostTraffic {
    return {
      waitingOf: (env, tier) => this.#traffic!.waitingOf(env, tier),
      inFlightOf: (env, tier) => this.#traffic!.inFlightOf(env, tier),
      takeUtilization: (env, tier, slot, seconds) => this.#traffic!.takeUtilization(env, tier, slot, seconds),
      onReplica: (env, tier, slot) => this.#traffic!.onReplica(env, tier, slot),
    };
  }

  demand(rows: Int32Array): void {
    const machines = this.rows.tiers.map((tier, t) => [
      tier.machines,
      tier.machines + ROWS_PER_MACHINE * this.model.tiers[t]!.maxReplicas,
    ]);
    this.#machines = rows.some((row) => machines.some(([from, to]) => from! >= 0 && row >= from! && row < to!));
    this.rows.tiers.forEach(({ bucket, count }, t) => {
      this.#core.demandTier(
        t,
        rows.some((row) => row >= bucket && row <= count),
      );
    });
  }

  reset(env: number, episode: SimulatorEpisode): void {
    const i = env * this.#layout.ints;
    const f = env * this.#layout.floats;
    this.#ints.fill(0, i, i + this.#layout.ints);
    this.#floats.fill(0, f, f + this.#layout.floats);
    for (let row = 0; row < this.schema.size; row++) this.current[row * this.stride + env] = 0;
    const [arrival0, arrival1] = streamKey(episode.seed, "arrivals");
    const [life0, life1] = streamKey(episode.seed, "lifecycle");
    this.#ints[i + EnvInt.arrival0] = arrival0;
    this.#ints[i + EnvInt.arrival1] = arrival1;
    this.#ints[i + EnvInt.life0] = life0;
    this.#ints[i + EnvInt.life1] = life1;
    this.#floats[f + EnvFloat.start] = episode.series.startSeconds;
    this.#take(env, episode);
    this.#core.started[env] = 1;
    this.#write(env, episode.state);
    this.#livePast(env, episode);
    this.collect(env, env + 1);
  }

  /** Has an environment at work for a while before its episode, at the load that it begins with, and forgets the bill. */
  #livePast(env: number, episode: SimulatorEpisode): void {
    const ticks = Math.ceil(PAST_SECONDS / this.model.tickSeconds);
    this.#ints[env * this.#layout.ints + EnvInt.tick] = -ticks;
    this.#core.startReplicas(env, this.timeOf(env));
    this.#traffic?.reset(env, episode, this.timeOf(env) - episode.series.startSeconds);
    this.advance(env, env + 1, ticks);
    const { tiers, loadBalancerCost } = this.rows;
    for (const row of [...tiers.map(({ cost }) => cost), loadBalancerCost]) this.current[row * this.stride + env] = 0;
  }

  /** Takes up an episode's series. */
  #take(env: number, episode: SimulatorEpisode): void {
    this.#episodes[env] = episode;
    this.#knots.take(env, episode.series.rates);
    this.#announcements.take(env, episode.series);
  }

  desire(env: number, state: DesiredState): void {
    if (this.#desired[env] === state) return;
    const i = env * this.#layout.ints;
    const f = env * this.#layout.floats;
    this.#write(env, state);
    this.#ints[i + EnvInt.waiting] = isApplied(this.#ints, i, this.#layout) ? 0 : 1;
    this.#floats[f + EnvFloat.nextEvent] = Math.min(
      this.#floats[f + EnvFloat.nextEvent]!,
      Math.max(this.timeOf(env), this.#floats[f + EnvFloat.busyUntil]!),
    );
  }

  #write(env: number, state: DesiredState): void {
    this.#desired[env] = state;
    writeDesired(this.#ints, env * this.#layout.ints, this.#layout, state);
  }

  advance(first: number, end: number, ticks: number, skip?: Uint8Array): void {
    const most = this.#core.mostTicks;
    if (this.#traffic !== null || this.#scale !== null) {
      for (let env = first; env < end; env++) {
        if (skip !== undefined && skip[env] === 1) continue;
        for (let left = ticks; left > 0; left -= most) this.#advanceOne(env, Math.min(left, most));
      }
      return;
    }
    for (let left = ticks; left > 0; left -= most) {
      const some = Math.min(left, most);
      this.#knots.write(first, end, some);
      this.#core.advance(first, end, some, skip);
    }
  }

  #advanceOne(env: number, ticks: number): void {
    this.#knots.write(env, env + 1, ticks);
    this.#scale?.begin(env);
    if (this.#traffic === null) this.#core.advance(env, env + 1, ticks);
    else this.#advanceTraffic(this.#traffic, env, ticks);
    this.#scale?.end(env);
  }

  /** The ticks of a traffic of its own, between events. */
  #advanceTraffic(traffic: Traffic, env: number, ticks: number): void {
    const { tickSeconds } = this.model;
    const f = env * this.#layout.floats;
    const first = this.#ints[env * this.#layout.ints + EnvInt.tick]!;
    const begin = this.#floats[f + EnvFloat.start]! + first * tickSeconds;
    this.#core.drawArrivals(env, ticks);
    traffic.begin(env);
    let done = 0;
    while (done < ticks) {
      const now = begin + done * tickSeconds;
      if (now >= this.#floats[f + EnvFloat.nextEvent]!) {
        this.#core.process(env, first + done, now);
        traffic.refresh((first + done) * tickSeconds);
      }
      const quiet = Math.ceil((this.#floats[f + EnvFloat.nextEvent]! - now) / tickSeconds);
      const end = Math.min(ticks, done + Math.max(1, quiet));
      traffic.run(this.#core.counts, this.#core.rates, done, end, first);
      done = end;
    }
    this.#core.finish(env, first + ticks);
    traffic.end();
  }

  collect(first: number, end: number): void {
    this.#core.collect(first, end, this.#machines);
    this.#announcements.write(first, end);
  }

  timeOf(env: number): number {
    const tick = this.#ints[env * this.#layout.ints + EnvInt.tick]!;
    return this.#floats[env * this.#layout.floats + EnvFloat.start]! + tick * this.model.tickSeconds;
  }

  pendingOf(env: number, tier: number): number {
    const i = env * this.#layout.ints;
    const { slotSize, nextSize } = this.#layout.tiers[tier]!;
    // A database goes on answering while it changes its size, so its phase does not tell.
    const isDatabase = this.model.tiers[tier]!.kind === "database";
    const changing = isDatabase && this.#ints[i + slotSize] !== this.#ints[i + nextSize] ? 1 : 0;
    const { pending, draining } = this.rows.tiers[tier]!;
    return this.current[pending * this.stride + env]! + this.current[draining * this.stride + env]! + changing;
  }

  sizeOf(env: number, tier: number): string {
    const i = env * this.#layout.ints;
    const { ints, phase, slotSize } = this.#layout.tiers[tier]!;
    // All replicas of a tier have the size of the first, which is there as long as any is.
    const size =
      this.#ints[i + phase] === Phase.none ? this.#ints[i + ints + TierInt.size]! : this.#ints[i + slotSize]!;
    return this.model.tiers[tier]!.sizes[size]!.slug;
  }

  isApplying(env: number): boolean {
    return this.#core.isApplying(env);
  }

  /** Backlogs of inner tiers count as the requests at the entry that caused them. */
  backlogOf(env: number): number {
    if (this.#traffic !== null) return this.#timeScale * this.#traffic.backlogOf(env);
    const f = env * this.#layout.floats;
    const waiting = this.#layout.tiers.map(({ floats }) => this.#floats[f + floats + TierFloat.backlog]!);
    return waiting.reduce((sum, requests, t) => sum + this.#timeScale * requests * this.#shares[t]!, 0);
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
      pending: this.#traffic?.snapshot(env) ?? [],
      episode,
      desired: this.#desired[env]!,
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
    const fits = this.#traffic?.restore(env, state.pending, state.episode) ?? state.pending.length === 0;
    if (!fits) throw new SnapshotMismatchError("the same kind of simulator", "another kind");
    this.#ints.set(state.integers, env * ints);
    this.#floats.set(state.floats.subarray(0, floats), env * floats);
    for (let row = 0; row < size; row++) {
      this.current[row * this.stride + env] = state.floats[floats + row]!;
      this.present[row * this.stride + env] = state.present[row]!;
    }
    this.#take(env, state.episode);
    this.#desired[env] = state.desired;
    this.#core.started[env] = 1;
    this.applying[env] = this.isApplying(env) ? 1 : 0;
  }
}
