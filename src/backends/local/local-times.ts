/** How long things take in a local world: the simulation's times, for its account, its checks and its faults. @module */
import type { PlaneHealthCheck } from "../../emulator/data-plane/load-balancer/index.js";
import type { EmulatedTimes } from "../../emulator/emulated-times.js";
import type { ServiceFaults } from "../../emulator/service/service-faults.js";
import type { LifecycleTimes } from "../../simulator/model.js";

/** A droplet is turned off before it is resized, and on again. Unit: seconds. */
const OFF_AND_ON = 10;
/** Shortest time between two checks on the wall. Unit: seconds. */
const SHORTEST_CHECK = 0.1;
/** Longest time between two checks of a server that is up, so that a dead one is soon found. Unit: seconds. */
const LONGEST_CHECK = 0.5;
/** How long one check may take. Unit: seconds. */
const CHECK_PATIENCE = 0.8;

/** The account's times, as the simulation draws them; `bootScale` is not in them. Unit: seconds of model time. */
export function accountTimes({ createSeconds, resizeSeconds, databaseResizeSeconds }: LifecycleTimes): EmulatedTimes {
  const [soonest, latest] = createSeconds;
  const [fastest, slowest] = resizeSeconds.map((seconds) => Math.max(0, seconds - OFF_AND_ON)) as [number, number];
  const [min, max] = databaseResizeSeconds;
  return {
    // The simulation draws the cube of a uniform share, whose median is an eighth.
    dropletCreate: { min: soonest, median: soonest + (latest - soonest) / 8, max: latest },
    dropletResize: { min: fastest, median: (fastest + slowest) / 2, max: slowest },
    databaseResize: { min, median: (min + max) / 2, max },
  };
}

/** The check of a load balancer, as a graph has it. */
export interface GraphCheck {
  readonly path?: string;
  readonly check_interval_seconds?: number;
  readonly healthy_threshold?: number;
}

/**
 * A graph's check in the time of the wall.
 * @param wholeSeconds - How long all checks of a new server take together, where it is told. Unit: seconds of model time.
 */
export function healthCheckOf(
  check: GraphCheck | undefined,
  timeScale: number,
  wholeSeconds?: number,
): PlaneHealthCheck {
  const { path = "/health", healthy_threshold: rise = 5, check_interval_seconds = 10 } = check ?? {};
  const every = wholeSeconds === undefined ? check_interval_seconds : wholeSeconds / rise;
  const intervalSeconds = Math.max(SHORTEST_CHECK, every / timeScale);
  return {
    path,
    intervalSeconds: Math.min(LONGEST_CHECK, intervalSeconds),
    // The first check comes at once; what is left of the time goes into starting the process and into looking at the answer.
    downIntervalSeconds: intervalSeconds * 0.6,
    // A dead process refuses at once; this is for one that hangs, and longer than a busy machine takes.
    timeoutSeconds: CHECK_PATIENCE,
    rise,
    fall: 2,
  };
}

/** Faults in the time of the wall, crashes as rare as in the simulation where nothing else is told. */
export function faultsOf(
  faults: ServiceFaults | undefined,
  { meanSecondsBetweenCrashes: crashEverySeconds }: LifecycleTimes,
  timeScale: number,
): ServiceFaults {
  const given: ServiceFaults = { ...(crashEverySeconds < Infinity ? { crashEverySeconds } : {}), ...faults };
  const scaled = Object.entries(given).map(([name, value]) => [
    name,
    name === "slowFactor" ? value : value / timeScale,
  ]);
  return Object.fromEntries(scaled) as ServiceFaults;
}
