/** Options of the on-policy learners, and their checks. @module */
import { InvalidOptionError } from "../../errors.js";
import type { Seed } from "../../rng.js";
import {
  type ActorCriticTrainingOptions,
  checkActorCriticTraining,
  checkBoolean,
} from "./actor-critic-training-options.js";
import { checkInteger, checkNumber } from "./option-check.js";

/** Options of PPO and its relatives, named as in CleanRL. */
export interface OnPolicyOptions extends ActorCriticTrainingOptions {
  /** Of the weights, the actions and the order of minibatches; environment i starts with seed + i. @defaultValue 0 */
  readonly seed?: Seed;
  /** Steps of each environment in one update. */
  readonly numSteps?: number;
  /** λ of the generalized advantage estimates, from 0 to 1. */
  readonly gaeLambda?: number;
  /** Parts that a rollout is learnt in. */
  readonly numMinibatches?: number;
  /** How many times a rollout is learnt. */
  readonly updateEpochs?: number;
  /** Whether advantages have mean 0 and deviation 1 in each minibatch. */
  readonly normAdv?: boolean;
  /** ε of the clipped surrogate, above 0. */
  readonly clipCoef?: number;
  /** Whether value estimates are kept near the old ones too. */
  readonly clipVloss?: boolean;
  /** Divergence from the old policy after which no further epoch is learnt; null for none. Unit: nats. @defaultValue null */
  readonly targetKl?: number | null;
  /** Whether rewards are divided by the running deviation of the discounted return, and cut to ±10. @defaultValue true */
  readonly normalizeRewards?: boolean;
  /** Added to the policy's outputs before anything is learnt, one number for each; empty for none. @defaultValue [] */
  readonly initialLogits?: readonly number[];
}

/** All options, the engine apart. */
export type FilledOnPolicyOptions = Required<Omit<OnPolicyOptions, "engine">>;

/** Checks filled options. @throws InvalidOptionError */
export function checkOnPolicyOptions(options: FilledOnPolicyOptions): void {
  checkActorCriticTraining(options);
  const { numSteps, gaeLambda, numMinibatches, updateEpochs, clipCoef, initialLogits, targetKl } = options;
  for (const [name, value] of Object.entries({ numSteps, numMinibatches, updateEpochs })) checkInteger(name, value);
  checkNumber("gaeLambda", gaeLambda, "from 0 to 1", (value) => value >= 0 && value <= 1);
  checkNumber("clipCoef", clipCoef, "a number above 0", (value) => value > 0);
  if (!Array.isArray(initialLogits) || !initialLogits.every(Number.isFinite)) {
    throw new InvalidOptionError("initialLogits", "a list of finite numbers", initialLogits);
  }
  if (targetKl !== null) checkNumber("targetKl", targetKl, "null, or a number above 0", (value) => value > 0);
  for (const name of ["normAdv", "clipVloss", "normalizeRewards"] as const) checkBoolean(name, options[name]);
}
