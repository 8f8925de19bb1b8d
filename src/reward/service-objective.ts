/** The service level objective: which share of the requests is to be answered in time, and whether it was. @module */
import { InvalidOptionError } from "../errors.js";
import { checkTargetSeconds } from "./option-check.js";
import type { StepMeasurement } from "./reward-term.js";

/** A service level objective, judged at the client. */
export interface ServiceObjective {
  /** Promised response time: a bound of the latency histogram. Unit: seconds. */
  readonly targetSeconds: number;
  /** Share of the requests that are to be answered within it, from above 0 to below 1. */
  readonly objective: number;
}

/**
 * Checks an objective and fills in its defaults.
 *
 * @param options - `targetSeconds` defaults to 0.25 and `objective` to 0.99.
 * @throws InvalidOptionError
 */
export function serviceObjective(options: Partial<ServiceObjective> = {}): ServiceObjective {
  const { targetSeconds = 0.25, objective = 0.99 } = options;
  checkTargetSeconds(targetSeconds);
  if (typeof objective !== "number" || !(objective > 0 && objective < 1)) {
    throw new InvalidOptionError("objective", "a share above 0 and below 1", objective);
  }
  return Object.freeze({ targetSeconds, objective });
}

/**
 * The share of a step's requests that were answered too late, or never. A request counts in the step in which that is known:
 * when it is answered, or when it fails.
 *
 * @returns From 0 to 1: 1 where requests came and none was answered or failed, 0 where there were none.
 */
export function violationRatio(step: StepMeasurement, { targetSeconds }: ServiceObjective): number {
  const judged = step.answered + step.failed;
  if (judged > 0) return Math.min(1, Math.max(0, step.requestsBeyond(targetSeconds) / judged));
  return step.arrivals > 0 ? 1 : 0;
}

/** Rounding error that does not miss an objective: 45 of 100 late requests keep an objective of 0.55, though 1 - 0.55 < 0.45. */
const TOLERANCE = 1e-12;

/** Whether more requests of a step were in violation than the objective allows. @param ratio - Of the step, if it is known. */
export function isObjectiveMissed(
  step: StepMeasurement,
  slo: ServiceObjective,
  ratio: number = violationRatio(step, slo),
): boolean {
  return ratio > 1 - slo.objective + TOLERANCE;
}

/** The time of a step that counts as in violation: all of it where the objective was missed, else none. Unit: seconds. @param ratio - Of the step, if it is known. */
export function sloViolationSeconds(step: StepMeasurement, slo: ServiceObjective, ratio?: number): number {
  return isObjectiveMissed(step, slo, ratio) ? step.seconds : 0;
}
