/** What happened in the last step, read off the simulator's counters. @module */
import { InvalidOptionError } from "../errors.js";
import { LATENCY_BUCKETS } from "../metrics/latency-buckets.js";
import { clientLatencyQuantile } from "../reward/client-latency.js";
import type { StepMeasurement } from "../reward/reward-term.js";
import type { Simulator } from "../simulator/simulator.js";

const BUCKETS = LATENCY_BUCKETS.length;
const BOUNDS = Float64Array.of(...LATENCY_BUCKETS, Number.POSITIVE_INFINITY);

/** What happened in the last step, by environment; what waits when an episode ends is not counted among the failed. */
export interface MeasurementColumns {
  readonly arrivals: Float64Array;
  readonly answered: Float64Array;
  readonly failed: Float64Array;
  /** Unit: USD. */
  readonly costUsd: Float64Array;
  /** Billed since the episode began. Unit: USD. */
  readonly totalCostUsd: Float64Array;
}

interface LateColumn {
  readonly targetSeconds: number;
  /** Number of the bound. */
  readonly bucket: number;
  readonly late: Float64Array;
}

/** Columns of a step; and a cursor over its environments: `at(env)` first, then read. Nothing is allocated. */
export class PlaneMeasurement implements StepMeasurement {
  readonly seconds: number;
  final = false;
  /** Rewritten by `end`. */
  readonly columns: MeasurementColumns;
  readonly #simulator: Simulator;
  /** Rows of the entry's counters, from `code200` to `count`, that lie next to each other. */
  readonly #firstRow: number;
  readonly #rowCount: number;
  readonly #costRows: Int32Array;
  /** The counters before the step: [rows, stride]; then offered, then the cost. */
  readonly #before: Float64Array;
  readonly #counts = new Float64Array(BUCKETS + 1);
  #env = 0;
  #failed = 0;
  /** Answered later than a bound of the histogram, by environment: for each bound that was asked for. */
  readonly #late: LateColumn[] = [];
  /** The one that was asked for last. */
  #last: LateColumn = { targetSeconds: Number.NaN, bucket: -1, late: new Float64Array(0) };

  constructor(simulator: Simulator, stepSeconds: number) {
    const { rows, model, numEnvs } = simulator;
    const entry = rows.tiers[0]!;
    this.seconds = stepSeconds;
    this.columns = {
      arrivals: new Float64Array(numEnvs),
      answered: new Float64Array(numEnvs),
      failed: new Float64Array(numEnvs),
      costUsd: new Float64Array(numEnvs),
      totalCostUsd: new Float64Array(numEnvs),
    };
    this.#simulator = simulator;
    this.#firstRow = entry.code200;
    this.#rowCount = entry.count - entry.code200 + 1;
    this.#costRows = Int32Array.from([
      ...rows.tiers.map((tier) => tier.cost),
      rows.loadBalancerCost,
      ...model.otherPrices.map((_, k) => rows.otherCosts + k),
    ]);
    this.#before = new Float64Array((this.#rowCount + 2) * simulator.stride);
  }

  /** Forgets an environment's last step. */
  reset(env: number): void {
    for (let row = 0; row < this.#rowCount + 2; row++) this.#before[row * this.#simulator.stride + env] = 0;
    this.#read(env, env + 1);
  }

  /** Notes all counters before a step. */
  begin(): void {
    const { current, stride, rows, numEnvs } = this.#simulator;
    const counters = this.#rowCount * stride;
    const from = this.#firstRow * stride;
    const before = this.#before;
    if (numEnvs > 8) before.set(current.subarray(from, from + counters));
    else for (let i = 0; i < counters; i++) before[i] = current[from + i]!;
    for (let env = 0; env < numEnvs; env++) before[counters + env] = current[rows.offered * stride + env]!;
    this.#sumCosts(before, counters + stride, 0, numEnvs);
  }

  /** Reads the columns after a step. */
  end(): void {
    this.#read(0, this.#simulator.numEnvs);
  }

  #read(first: number, end: number): void {
    const { current, stride, rows } = this.#simulator;
    const { arrivals, answered, failed, costUsd, totalCostUsd } = this.columns;
    const before = this.#before;
    const counters = this.#rowCount * stride;
    const entry = rows.tiers[0]!;
    const offered = rows.offered * stride;
    const code200 = entry.code200 * stride;
    const code503 = entry.code503 * stride;
    const code504 = entry.code504 * stride;
    const apart = this.#firstRow * stride;
    this.#sumCosts(totalCostUsd, 0, first, end);
    for (let env = first; env < end; env++) {
      arrivals[env] = current[offered + env]! - before[counters + env]!;
      answered[env] = current[code200 + env]! - before[code200 - apart + env]!;
      failed[env] =
        current[code503 + env]! -
        before[code503 - apart + env]! +
        (current[code504 + env]! - before[code504 - apart + env]!);
      costUsd[env] = totalCostUsd[env]! - before[counters + stride + env]!;
    }
    for (let k = 0; k < this.#late.length; k++) this.#readLate(this.#late[k]!, first, end);
  }

  #readLate({ bucket, late }: LateColumn, first: number, end: number): void {
    const { current, stride, rows } = this.#simulator;
    const { answered } = this.columns;
    const row = (rows.tiers[0]!.bucket + bucket) * stride;
    const apart = this.#firstRow * stride;
    for (let env = first; env < end; env++) {
      const within = current[row + env]! - this.#before[row - apart + env]!;
      late[env] = Math.max(0, answered[env]! - within);
    }
  }

  /** Points at an environment. @param final - Whether its episode ends now: what still waits has failed then. */
  at(env: number, final: boolean): this {
    this.#env = env;
    this.final = final;
    this.#failed = this.columns.failed[env]! + (final ? this.#simulator.backlogOf(env) : 0);
    return this;
  }

  get arrivals(): number {
    return this.columns.arrivals[this.#env]!;
  }

  get answered(): number {
    return this.columns.answered[this.#env]!;
  }

  get failed(): number {
    return this.#failed;
  }

  get costUsd(): number {
    return this.columns.costUsd[this.#env]!;
  }

  /** Billed since the episode began. Unit: USD. */
  get totalCostUsd(): number {
    return this.columns.totalCostUsd[this.#env]!;
  }

  requestsBeyond(targetSeconds: number): number {
    if (targetSeconds !== this.#last.targetSeconds) this.#last = this.#lateOf(targetSeconds);
    return this.#last.late[this.#env]! + this.#failed;
  }

  #lateOf(targetSeconds: number): LateColumn {
    const known = this.#late.find((column) => column.targetSeconds === targetSeconds);
    if (known !== undefined) return known;
    const bucket = LATENCY_BUCKETS.indexOf(targetSeconds);
    if (bucket < 0) {
      throw new InvalidOptionError(
        "targetSeconds",
        `one of the histogram's bounds: ${LATENCY_BUCKETS.join(", ")}`,
        targetSeconds,
      );
    }
    const { numEnvs } = this.#simulator;
    const made = { targetSeconds, bucket, late: new Float64Array(numEnvs) };
    this.#late.push(made);
    this.#readLate(made, 0, numEnvs);
    return made;
  }

  latencyQuantileSeconds(quantile: number): number {
    const { current, stride, rows } = this.#simulator;
    const counts = this.#counts;
    const before = this.#before;
    const apart = this.#firstRow * stride;
    let at = rows.tiers[0]!.bucket * stride + this.#env;
    for (let b = 0; b <= BUCKETS; b++, at += stride) counts[b] = current[at]! - before[at - apart]!;
    return clientLatencyQuantile(quantile, BOUNDS, counts, this.arrivals + this.#failed);
  }

  /** What goes on from step to step, of one environment. */
  snapshot(env: number): Float64Array {
    return Float64Array.from(
      { length: this.#rowCount + 2 },
      (_, row) => this.#before[row * this.#simulator.stride + env]!,
    );
  }

  /** Puts that back. */
  restore(env: number, state: Float64Array): void {
    for (let row = 0; row < state.length; row++) this.#before[row * this.#simulator.stride + env] = state[row]!;
    this.#read(env, env + 1);
  }

  /** Writes what was billed since the episodes began. @param at - Where the first environment's sum lies. */
  #sumCosts(into: Float64Array, at: number, first: number, end: number): void {
    const { current, stride } = this.#simulator;
    const rows = this.#costRows;
    const firstRow = rows[0]! * stride;
    for (let env = first; env < end; env++) into[at + env] = current[firstRow + env]!;
    for (let k = 1; k < rows.length; k++) {
      const row = rows[k]! * stride;
      for (let env = first; env < end; env++) into[at + env]! += current[row + env]!;
    }
  }
}
