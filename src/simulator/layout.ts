/** Where the state of one environment lies in the simulator's typed arrays. @module */
import type { SimulatorModel } from "./model.js";

/** Life of a replica slot. */
export const Phase = {
  none: 0,
  /** Being created, then checked; becomes `ready`. */
  creating: 1,
  /** Takes requests, until it crashes. */
  ready: 3,
  /** Crashed and not yet noticed: its share of the requests fails. */
  failing: 4,
  /** Crashed and noticed, then checked; becomes `ready`. */
  rebooting: 5,
  /** Finishes what it has; then it is destroyed. */
  draining: 6,
  /** Powered off to change its size; then it is checked, and becomes `ready`. A database stays in `ready` meanwhile. */
  resizing: 7,
} as const;

/** Integers of an environment, before those of its tiers. */
export const EnvInts = { tick: 0, arrival0: 1, arrival1: 2, life0: 3, life1: 4, size: 5 } as const;

/** Floats of an environment, before those of its tiers. */
export const EnvFloats = {
  start: 0,
  nextEvent: 1,
  busyUntil: 2,
  monthStart: 3,
  monthEnd: 4,
  nextChore: 5,
  size: 6,
} as const;

/** Integers of a tier; then the phase and the size of each slot, and the size each is changing to. */
export const TierInts = {
  ready: 0,
  failing: 1,
  pending: 2,
  active: 3,
  draining: 4,
  slots: 5,
  size: 6,
  replicas: 7,
  /** No slot from this number on is in use. */
  used: 8,
  width: 9,
} as const;

/** Floats of a tier; then the backlog's cohorts, and four times per slot. */
export const TierFloats = {
  waiting: 0,
  utilization: 1,
  backlog: 2,
  /** What is billed while time passes. Unit: USD per second. */
  usdPerSecond: 3,
  slowdown: 4,
  /** List price of all that exists. Unit: USD per hour. */
  listPrice: 5,
  /** When `usdPerSecond` changes. */
  nextBill: 6,
  /** When the first prepaid slot is billed by the second. */
  nextPrepaid: 7,
  width: 8,
} as const;

/** Offsets into one environment's integers and floats. */
export interface TierLayout {
  readonly maxReplicas: number;
  readonly ints: number;
  readonly phase: number;
  readonly slotSize: number;
  readonly nextSize: number;
  readonly floats: number;
  /** Waiting requests by age in ticks, newest first: what is left of each cohort. */
  readonly cohortLeft: number;
  /** The size each cohort arrived with. */
  readonly cohortSize: number;
  /** When the slot's phase ends. */
  readonly until: number;
  /** Until when the slot is paid for. */
  readonly paidUntil: number;
  readonly createdAt: number;
  /** Elapsed time at which the machine's counters were last brought up to date. */
  readonly machineSeen: number;
}

/** The layout of one environment. */
export interface StateLayout {
  readonly tiers: readonly TierLayout[];
  readonly ints: number;
  readonly floats: number;
  /** Ticks that a request can wait before its client gives up, rounded up, plus the running one. */
  readonly cohorts: number;
}

/** Lays out the state of one environment of a model. */
export function layoutState(model: SimulatorModel): StateLayout {
  const cohorts = Math.ceil(model.clientTimeoutSeconds / model.tickSeconds) + 2;
  let ints: number = EnvInts.size;
  let floats: number = EnvFloats.size;
  const tiers = model.tiers.map(({ maxReplicas }) => {
    const phase = ints + TierInts.width;
    const cohortLeft = floats + TierFloats.width;
    const until = cohortLeft + 2 * cohorts;
    const layout: TierLayout = {
      maxReplicas,
      ints,
      phase,
      slotSize: phase + maxReplicas,
      nextSize: phase + 2 * maxReplicas,
      floats,
      cohortLeft,
      cohortSize: cohortLeft + cohorts,
      until,
      paidUntil: until + maxReplicas,
      createdAt: until + 2 * maxReplicas,
      machineSeen: until + 3 * maxReplicas,
    };
    ints = phase + 3 * maxReplicas;
    floats = until + 4 * maxReplicas;
    return layout;
  });
  return { tiers, ints, floats, cohorts };
}
