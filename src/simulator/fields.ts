/**
 * Where the state of one environment lies in the simulator's arrays. Read by the kernel in assembly/ too, so it imports nothing and holds
 * plain enumerations only.
 * @module
 */

/** Life of a replica slot. */
export enum Phase {
  none = 0,
  /** Being created, then checked; becomes `ready`. */
  creating = 1,
  /** Takes requests, until it crashes. */
  ready = 3,
  /** Crashed and not yet noticed: its share of the requests fails. */
  failing = 4,
  /** Crashed and noticed, then checked; becomes `ready`. */
  rebooting = 5,
  /** Finishes what it has; then it is destroyed. */
  draining = 6,
  /** Powered off to change its size; then it is checked, and becomes `ready`. A database stays in `ready` meanwhile. */
  resizing = 7,
}

/** Integers of an environment, before those of its tiers. */
export enum EnvInt {
  tick = 0,
  arrival0 = 1,
  arrival1 = 2,
  life0 = 3,
  life1 = 4,
  /** Load balancer nodes that are there, and that are desired. */
  nodes = 5,
  desiredNodes = 6,
  /** 1 while what is desired is not yet being applied. */
  waiting = 7,
  width = 8,
}

/** Floats of an environment, before those of its tiers. */
export enum EnvFloat {
  start = 0,
  nextEvent = 1,
  busyUntil = 2,
  monthStart = 3,
  monthEnd = 4,
  nextChore = 5,
  width = 6,
}

/** Integers of a tier; then the phase and the size of each slot, and the size each is changing to. */
export enum TierInt {
  /** Replica slots in each {@link Phase}, at its number. */
  byPhase = 0,
  /** Requests that the ready ones work on at once. */
  slots = 8,
  /** What is being applied, or was applied last. */
  size = 9,
  replicas = 10,
  /** No slot from this number on is in use. */
  used = 11,
  desiredSize = 12,
  desiredReplicas = 13,
  width = 14,
}

/** Floats of a tier; then the backlog's cohorts, and four times per slot. */
export enum TierFloat {
  waiting = 0,
  utilization = 1,
  backlog = 2,
  /** What is billed while time passes. Unit: USD per second. */
  usdPerSecond = 3,
  slowdown = 4,
  /** List price of all that exists, below 0 where it has to be added up again. Unit: USD per hour. */
  listPrice = 5,
  /** When `usdPerSecond` changes. */
  nextBill = 6,
  /** When the first prepaid slot is billed by the second. */
  nextPrepaid = 7,
  width = 8,
}
