/** How fast a tier works: what follows from its replicas and changes only with events. @module */
import { waitingTable } from "./erlang.js";
import { responseTable } from "./latency-table.js";
import type { SimulatorModel, TierModel, TierSize } from "./model.js";

/** The pace of one tier in the running environment. */
export class TierPace {
  readonly tier: TierModel;
  /** Whether all replicas work off one queue. */
  readonly pooled: boolean;
  ready = 0;
  failing = 0;
  slots = 0;
  /** Number of queues, and slots of each. */
  queues = 1;
  servers = 1;
  /** Served per second by one queue at most, without slowdown. */
  capacity = 0;
  /** Requests that all replicas hold at most. */
  connections = 0;
  memoryBytes = 0;
  usdPerSecond = 0;
  /** How much longer than in M/M/c requests wait, by Allen and Cunneen's formula. */
  waitFactor = 1;
  /** Erlang C by utilization. */
  waiting: Float64Array = waitingTable(1);
  /** P(response ≤ bound) by utilization, where the tables apply, otherwise null. */
  responses: Float64Array | null = null;
  readonly #model: SimulatorModel;
  readonly #waitingTables: Float64Array[] = [];
  readonly #responseTables: Float64Array[] = [];

  constructor(model: SimulatorModel, t: number) {
    this.#model = model;
    this.tier = model.tiers[t]!;
    this.pooled = this.tier.kind === "database" || model.balancing === "least_connections";
  }

  /** Takes up what events have changed. */
  take(ready: number, failing: number, slots: number, size: TierSize, usdPerSecond: number): void {
    this.failing = failing;
    this.connections = ready * size.connections;
    this.memoryBytes = size.memoryBytes;
    this.usdPerSecond = usdPerSecond;
    if (ready === this.ready && slots === this.slots) return;
    const variation = this.tier.serviceTimeVariation;
    this.ready = ready;
    this.slots = slots;
    this.queues = this.pooled || ready === 0 ? 1 : ready;
    this.servers = Math.max(1, Math.round(slots / this.queues));
    this.capacity = this.servers / this.tier.serviceTimeSeconds;
    const arrivals = this.#model.balancing === "round_robin" && !this.pooled ? 1 / this.queues : 1;
    this.waitFactor = (arrivals + variation * variation) / 2;
    this.#lookUp(this.servers, this.waitFactor === 1 && variation === 1);
  }

  #lookUp(servers: number, exact: boolean): void {
    this.#waitingTables[servers] ??= waitingTable(servers);
    if (exact) this.#responseTables[servers] ??= responseTable(servers, 1 / this.tier.serviceTimeSeconds);
    this.waiting = this.#waitingTables[servers]!;
    this.responses = exact ? this.#responseTables[servers]! : null;
  }
}
