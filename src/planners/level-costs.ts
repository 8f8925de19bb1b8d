/** What each number of replicas costs in each step of a known day, by the formulas of queues in balance. @module */
import { exp } from "../elementary.js";
import { KNOT_SECONDS, type RateSeries } from "../loadgen/workload.js";
import { workFactor } from "../simulator/daily-swing.js";
import { leastConnectionsWaiting, waitStretch } from "../simulator/least-connections.js";
import type { TierModel } from "../simulator/model.js";

/** What {@link levelCosts} needs to know. */
export interface LevelCostOptions {
  readonly tier: TierModel;
  /** Index into the tier's sizes. */
  readonly size: number;
  /** Visits to the tier per request at the entry. */
  readonly visits: number;
  readonly series: RateSeries;
  readonly steps: number;
  readonly stepSeconds: number;
  /** Replicas of the least and of the greatest level. */
  readonly min: number;
  readonly max: number;
  /** Time a request may wait in this tier before it is slow. Unit: seconds. */
  readonly patienceSeconds: number;
  /** Price of a slow request. Unit: USD. */
  readonly slowUsd: number;
  /** Factor on the arrival rates: above 1 for a cautious plan. */
  readonly caution: number;
}

/** Where a step is looked at, as shares of it. */
const MOMENTS = [1 / 6, 3 / 6, 5 / 6] as const;

/**
 * Cost of holding a level through a step: list price, and the expected number of requests that wait too long × their price. The wait is that behind least
 * connections: some wait, those exponentially. From full load on, all are slow. Nothing is carried from step to step.
 *
 * @returns Float64Array of shape [steps, levels]. Unit: USD.
 */
export function levelCosts(options: LevelCostOptions): Float64Array {
  const { tier, size, visits, series, steps, stepSeconds, min, max, patienceSeconds, slowUsd, caution } = options;
  const { slots, usdPerHour } = tier.sizes[size]!;
  const levels = max - min + 1;
  const queues = Array.from({ length: levels }, (_, level) => new QueueTable(min + level, (min + level) * slots));
  const costs = new Float64Array(steps * levels);
  for (let step = 0; step < steps; step++) {
    for (const moment of MOMENTS) {
      const elapsed = (step + moment) * stepSeconds;
      const requests = rateAt(series, elapsed) * caution;
      const time = series.startSeconds + elapsed;
      const work = tier.serviceTimeSeconds * (tier.dailySwing === null ? 1 : workFactor(tier.dailySwing, time));
      const offered = requests * visits * work;
      const slowCost = (requests * stepSeconds * slowUsd) / MOMENTS.length;
      for (let level = 0; level < levels; level++) {
        const share = queues[level]!.slowShare(offered, patienceSeconds / work);
        costs[step * levels + level]! += slowCost * share;
      }
    }
    for (let level = 0; level < levels; level++) {
      costs[step * levels + level]! += ((min + level) * usdPerHour * stepSeconds) / 3600;
    }
  }
  return costs;
}

function rateAt({ rates }: RateSeries, elapsed: number): number {
  const knot = Math.floor(elapsed / KNOT_SECONDS);
  const share = elapsed / KNOT_SECONDS - knot;
  const last = rates.length - 1;
  return rates[Math.min(knot, last)]! * (1 - share) + rates[Math.min(knot + 1, last)]! * share;
}

const CELLS = 400;

/** How often and how long requests wait behind least connections, by utilization: tabulated, since the formulas are slow. */
class QueueTable {
  readonly #servers: number;
  readonly #waiting = new Float64Array(CELLS + 1);
  readonly #decay = new Float64Array(CELLS + 1);

  constructor(replicas: number, servers: number) {
    this.#servers = servers;
    for (let cell = 0; cell < CELLS; cell++) {
      const utilization = cell / CELLS;
      this.#waiting[cell] = leastConnectionsWaiting(replicas, servers, utilization);
      this.#decay[cell] = (servers * (1 - utilization)) / waitStretch(replicas, utilization);
    }
    this.#waiting[CELLS] = 1;
  }

  /**
   * The share of requests that wait longer than they may.
   * @param offered - Work that arrives. Unit: slots.
   * @param patience - Unit: service times.
   */
  slowShare(offered: number, patience: number): number {
    const place = (offered / this.#servers) * CELLS;
    if (place >= CELLS) return 1;
    const cell = Math.floor(place);
    const waiting = between(this.#waiting, cell, place - cell);
    return Math.min(1, waiting * exp(-between(this.#decay, cell, place - cell) * patience));
  }
}

function between(values: Float64Array, cell: number, share: number): number {
  return values[cell]! * (1 - share) + values[cell + 1]! * share;
}
