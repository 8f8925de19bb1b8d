/** Errors of training: a run that diverged, checkpoints and data sets that do not fit or cannot be read. @module */
import { InfraGymError } from "./infra-gym-error.js";

/** A loss or a gradient that is no finite number; `figures` holds them. */
export class TrainingDivergedError extends InfraGymError {
  constructor(
    readonly algorithm: string,
    /** Environment steps done. */
    readonly globalStep: number,
    readonly figures: Readonly<Record<string, number>>,
  ) {
    const shown = Object.entries(figures).map(([name, value]) => `${name} ${value}`);
    super(
      "INFRA_GYM_TRAINING_DIVERGED",
      `${algorithm} diverged at step ${globalStep}: ${shown.join(", ")}. Go on from the last checkpoint with a smaller learning rate, or clip the rewards.`,
    );
  }
}

/** A process that trained an agent ended before it was done; `said` holds its last words. */
export class TrainingFailedError extends InfraGymError {
  constructor(
    readonly folder: string,
    readonly exitCode: number | null,
    readonly said: string,
  ) {
    super(
      "INFRA_GYM_TRAINING_FAILED",
      `Training in ${folder} ended with exit code ${exitCode}: ${said || "it said nothing"} Correct what it names, and start again: it goes on from its last checkpoint.`,
    );
  }
}

/** A checkpoint of another environment, version, algorithm or format; both are named. */
export class CheckpointMismatchError extends InfraGymError {
  constructor(
    readonly path: string,
    readonly expected: string,
    readonly got: string,
  ) {
    super(
      "INFRA_GYM_CHECKPOINT_MISMATCH",
      `${path} is a checkpoint of ${got}, expected one of ${expected}. Use it where it was made, or train anew.`,
    );
  }
}

/** A checkpoint file that cannot be read. `offset` counts bytes from 0. */
export class CorruptCheckpointError extends InfraGymError {
  constructor(
    readonly path: string,
    readonly offset: number,
    readonly detail: string,
    options?: ErrorOptions,
  ) {
    super("INFRA_GYM_CORRUPT_CHECKPOINT", `${path}, byte ${offset}: ${detail} Take another checkpoint.`, options);
  }
}

/** A data set of demonstrations that cannot be learnt from. `offset` counts bytes from 0. */
export class InvalidDatasetError extends InfraGymError {
  constructor(
    readonly path: string,
    readonly offset: number,
    readonly detail: string,
    options?: ErrorOptions,
  ) {
    super(
      "INFRA_GYM_INVALID_DATASET",
      `${path}, byte ${offset}: ${detail} Record it again: infra-gym record.`,
      options,
    );
  }
}
