/** The model as the kernel in assembly/ reads it: one list of numbers. @module */
import { KNOT_SECONDS } from "../loadgen/workload.js";
import { CAP_SECONDS, MINIMUM_SECONDS, MINIMUM_USD } from "./billing.js";
import type { StateLayout } from "./layout.js";
import type { SimulatorModel, TierModel } from "./model.js";
import type { Rows } from "./rows.js";

/** Addresses in the kernel's memory. */
export interface CoreAddresses {
  readonly ints: number;
  readonly floats: number;
  readonly current: number;
  readonly present: number;
  readonly bounds: number;
  readonly logBounds: number;
  readonly normalTable: number;
  readonly tailTable: number;
  readonly decayTable: number;
  readonly gammaTable: number;
  /** By tier: where the addresses of its tables are, by replicas and slots. */
  readonly tables: readonly number[];
}

/** Sizes of the kernel's arrays and tables. */
export interface CoreSizes {
  readonly stride: number;
  readonly buckets: number;
  readonly cells: number;
  readonly normalCells: number;
  /** The table of the normal quantile covers u from this to 1 − this. */
  readonly normalTail: number;
}

/** The numbers, in the order in which `readModel` in assembly/simulator/model.ts takes them. */
export function modelNumbers(
  model: SimulatorModel,
  rows: Rows,
  layout: StateLayout,
  at: CoreAddresses,
  sizes: CoreSizes,
  hostTraffic: boolean,
): number[] {
  return [
    ...[at.ints, at.floats, at.current, at.present, layout.ints, layout.floats, sizes.stride, layout.cohorts],
    Number(hostTraffic),
    ...[sizes.buckets, sizes.cells, at.bounds, at.logBounds, at.normalTable, sizes.normalCells, sizes.normalTail],
    ...[at.tailTable, at.decayTable, at.gammaTable],
    ...timesOf(model),
    ...[rows.offered, rows.time, rows.price, rows.loadBalancerCost, rows.otherCosts, rows.resources],
    ...[model.otherPrices.length, ...model.otherPrices.map(({ usdPerHour }) => usdPerHour)],
    ...[model.resources.length, ...model.resources.flatMap(({ fixed, tiers }) => [fixed, tiers.length, ...tiers])],
    ...[model.tiers.length, ...model.tiers.flatMap((_, t) => tierNumbers(model, rows, layout, at, t))],
  ];
}

function timesOf(model: SimulatorModel): number[] {
  const { lifecycle } = model;
  return [
    ...[model.tickSeconds, KNOT_SECONDS, model.clientTimeoutSeconds],
    ...[Number(model.balancing === "least_connections"), Number(model.balancing === "round_robin")],
    ...[model.loadBalancerCapacity, model.loadBalancerUsdPerHour],
    ...[lifecycle.bootScale, ...lifecycle.createSeconds, lifecycle.healthCheckSeconds, lifecycle.drainSeconds],
    ...[...lifecycle.resizeSeconds, ...lifecycle.databaseResizeSeconds],
    ...[lifecycle.meanSecondsBetweenCrashes, lifecycle.crashDetectionSeconds, lifecycle.rebootSeconds],
    ...[MINIMUM_SECONDS, MINIMUM_USD, CAP_SECONDS],
  ];
}

function tierNumbers(
  model: SimulatorModel,
  rows: Rows,
  layout: StateLayout,
  { tables }: CoreAddresses,
  t: number,
): number[] {
  const tier = model.tiers[t]!;
  const at = layout.tiers[t]!;
  const row = rows.tiers[t]!;
  const visits = visitsOf(model)[t]!;
  return [
    ...[Number(tier.kind === "database"), tier.maxReplicas, tier.serviceTimeSeconds, tier.serviceTimeVariation],
    ...[tier.idleMemoryBytes, tier.memoryPerRequestBytes, Number(tier.dailySwing !== null)],
    // Requests at the entry that fail by one failed call: less than one where a request makes several.
    ...[visits, 1 / Math.max(1, visits)],
    ...[tier.sizes.length, ...sizeNumbers(tier)],
    ...[tier.calls.length, ...tier.calls.flatMap((call) => [call.tier, call.perRequest])],
    ...[at.ints, at.phase, at.slotSize, at.nextSize, at.floats, at.cohortLeft, at.cohortSize],
    ...[at.until, at.paidUntil, at.createdAt, at.machineSeen, at.crashAt],
    ...[row.code200, row.code503, row.code504, row.bucket, row.sum, row.count, row.inFlight, row.backlog, row.busy],
    ...[row.slots, row.desired, row.active, row.ready, row.pending, row.draining, row.cost, row.crashes],
    ...[row.machines, row.connections, row.maxConnections],
    tables[t]!,
  ];
}

function sizeNumbers({ sizes }: TierModel): number[] {
  return sizes.flatMap(({ slots, usdPerHour, connections, memoryBytes, vcpus }) => [
    ...[slots, usdPerHour, connections, memoryBytes, vcpus],
  ]);
}

/** Mean visits to each tier per request at the entry. */
export function visitsOf(model: SimulatorModel): Float64Array {
  const visits = new Float64Array(model.tiers.length);
  visits[0] = 1;
  model.tiers.forEach((tier, t) => {
    for (const call of tier.calls) visits[call.tier] = visits[call.tier]! + visits[t]! * call.perRequest;
  });
  return visits;
}
