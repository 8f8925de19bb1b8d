/** Where the state of one environment lies in the simulator's typed arrays. @module */
import { EnvFloat, EnvInt, TierFloat, TierInt } from "./fields.js";
import type { SimulatorModel } from "./model.js";

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
  /** When a replica in the slot crashes next, if it is ready then; passed times mean nothing. */
  readonly crashAt: number;
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
  let ints: number = EnvInt.width;
  let floats: number = EnvFloat.width;
  const tiers = model.tiers.map(({ maxReplicas }) => {
    const phase = ints + TierInt.width;
    const cohortLeft = floats + TierFloat.width;
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
      crashAt: until + 4 * maxReplicas,
    };
    ints = phase + 3 * maxReplicas;
    floats = until + 5 * maxReplicas;
    return layout;
  });
  return { tiers, ints, floats, cohorts };
}
