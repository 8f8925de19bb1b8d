/** How long the episodes of a fidelity run can be. @module */
import { InvalidOptionError } from "../errors.js";

/** What there is to run, and how long it may take. */
export interface RunBudget {
  /** Wall time of all. Unit: seconds. */
  readonly wallSeconds: number;
  readonly policies: number;
  readonly seeds: number;
  /** Episodes that are for calibration alone; 0 for none. */
  readonly calibrationEpisodes: number;
  /** Wall time of the start and the end of the plane with the simulated sides. Unit: seconds. */
  readonly startWallSeconds: number;
  /** Wall time of a reset. Unit: seconds. */
  readonly resetWallSeconds: number;
  /** Wall time of a step. Unit: seconds. */
  readonly stepWallSeconds: number;
}

/** Steps of an episode. */
export interface RunPlan {
  readonly steps: number;
  readonly calibrationSteps: number;
}

/** An episode for calibration needs a change, and the time that it takes. */
const CALIBRATION_STEPS = 8;
/** Two blocks, so that policies can be told apart. */
const FEWEST_STEPS = 4;

/** Plans a run. @throws InvalidOptionError when the time is too short for it */
export function planRun(budget: RunBudget): RunPlan {
  const { wallSeconds, policies, seeds, calibrationEpisodes, stepWallSeconds } = budget;
  const { startWallSeconds: start, resetWallSeconds: reset } = budget;
  const calibration = calibrationEpisodes * (reset + CALIBRATION_STEPS * stepWallSeconds);
  const episode = (wallSeconds - start - calibration) / (policies * seeds);
  const steps = Math.floor((episode - reset) / stepWallSeconds);
  if (steps < FEWEST_STEPS) {
    const least = start + calibration + policies * seeds * (reset + FEWEST_STEPS * stepWallSeconds);
    throw new InvalidOptionError(
      "for",
      `at least ${Math.ceil(least)} (seconds) for all that is to be run`,
      wallSeconds,
    );
  }
  return { steps, calibrationSteps: calibrationEpisodes === 0 ? 0 : CALIBRATION_STEPS };
}
