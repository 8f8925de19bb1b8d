/** How long the episodes of a fidelity run can be. @module */
import { InvalidOptionError } from "../errors.js";

/** What there is to run, and how long it may take. */
export interface RunBudget {
  /** Wall time of all. Unit: seconds. */
  readonly wallSeconds: number;
  readonly policies: number;
  readonly seeds: number;
  /** Seeds that are for calibration alone; 0 for none. */
  readonly calibrationSeeds: number;
  /** Wall time of a step. Unit: seconds. */
  readonly stepWallSeconds: number;
}

/** Steps of an episode. */
export interface RunPlan {
  readonly steps: number;
  readonly calibrationSteps: number;
}

/** Wall time of the start and the end of the plane with the simulated sides, and of a reset. Unit: seconds. */
const START = 30;
const RESET = 4;
/** An episode for calibration needs a change, and the time that it takes. */
const CALIBRATION_STEPS = 8;
/** Two blocks, so that policies can be told apart. */
const FEWEST_STEPS = 4;

/** Plans a run. @throws InvalidOptionError when the time is too short for it */
export function planRun({ wallSeconds, policies, seeds, calibrationSeeds, stepWallSeconds }: RunBudget): RunPlan {
  const calibration = policies * calibrationSeeds * (RESET + CALIBRATION_STEPS * stepWallSeconds);
  const episode = (wallSeconds - START - calibration) / (policies * seeds);
  const steps = Math.floor((episode - RESET) / stepWallSeconds);
  if (steps < FEWEST_STEPS) {
    const least = START + calibration + policies * seeds * (RESET + FEWEST_STEPS * stepWallSeconds);
    throw new InvalidOptionError(
      "for",
      `at least ${Math.ceil(least)} (seconds) for all that is to be run`,
      wallSeconds,
    );
  }
  return { steps, calibrationSteps: calibrationSeeds === 0 ? 0 : CALIBRATION_STEPS };
}
