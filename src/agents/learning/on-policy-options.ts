/** Options of the on-policy learners, and their checks. @module */
import { InvalidOptionError } from "../../errors.js";
import type { NetworkFactory } from "../../networks/index.js";
import type { Seed } from "../../rng.js";
import { checkInteger, checkNumber, checkSizes } from "./option-check.js";

/** Options of PPO and its relatives, named as in CleanRL. */
export interface OnPolicyOptions {
  /** Of the weights, the actions and the order of minibatches; environment i starts with seed + i. @defaultValue 0 */
  readonly seed?: Seed;
  /** Adam's step size at the start. */
  readonly learningRate?: number;
  /** Whether it falls to 0 over the training. @defaultValue true */
  readonly annealLr?: boolean;
  /** Steps of each environment in one update. */
  readonly numSteps?: number;
  /** Discount, from 0 to 1. */
  readonly gamma?: number;
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
  /** Weight of the entropy, at least 0. */
  readonly entCoef?: number;
  /** Weight of the value loss, at least 0. */
  readonly vfCoef?: number;
  /** Greatest norm of all gradients together. */
  readonly maxGradNorm?: number;
  /** Divergence from the old policy after which no further epoch is learnt; null for none. Unit: nats. @defaultValue null */
  readonly targetKl?: number | null;
  /** Units of the hidden layers of each network, with tanh. @defaultValue [64, 64] */
  readonly hiddenSizes?: readonly number[];
  /** Whether networks see observations with running mean 0 and deviation 1. @defaultValue true */
  readonly normalizeObservations?: boolean;
  /** Whether rewards are divided by the running deviation of the discounted return, and cut to ±10. @defaultValue true */
  readonly normalizeRewards?: boolean;
  /** Factor of rewards that are not normalized. @defaultValue 1 */
  readonly rewardScale?: number;
  /** Rewards that are not normalized are cut to ± this, after `rewardScale`; null for no cut. @defaultValue null */
  readonly rewardClip?: number | null;
  /** Added to the policy's outputs before anything is learnt, one number for each; empty for none. @defaultValue [] */
  readonly initialLogits?: readonly number[];
  /** What computes the networks. @defaultValue the dense engine */
  readonly engine?: NetworkFactory;
}

/** All options, the engine apart. */
export type FilledOnPolicyOptions = Required<Omit<OnPolicyOptions, "engine">>;

/** Checks filled options. @throws InvalidOptionError */
export function checkOnPolicyOptions(options: FilledOnPolicyOptions): void {
  const { learningRate, numSteps, gamma, gaeLambda, numMinibatches, updateEpochs } = options;
  checkNumber("learningRate", learningRate, "a finite number above 0", (value) => value > 0 && value < Infinity);
  for (const [name, value] of Object.entries({ numSteps, numMinibatches, updateEpochs })) checkInteger(name, value);
  for (const [name, value] of Object.entries({ gamma, gaeLambda })) checkNumber(name, value, "from 0 to 1", isShare);
  checkNumber("clipCoef", options.clipCoef, "a number above 0", (value) => value > 0);
  checkNumber("rewardScale", options.rewardScale, "a finite number above 0", (value) => value > 0 && value < Infinity);
  checkNumber("maxGradNorm", options.maxGradNorm, "a number above 0", (value) => value > 0);
  const { rewardClip, initialLogits } = options;
  if (rewardClip !== null) checkNumber("rewardClip", rewardClip, "null, or a number above 0", (value) => value > 0);
  if (!Array.isArray(initialLogits) || !initialLogits.every(Number.isFinite)) {
    throw new InvalidOptionError("initialLogits", "a list of finite numbers", initialLogits);
  }
  for (const name of ["entCoef", "vfCoef"] as const) {
    checkNumber(name, options[name], "a finite number of at least 0", (value) => value >= 0 && value < Infinity);
  }
  if (options.targetKl !== null) {
    checkNumber("targetKl", options.targetKl, "null, or a number above 0", (value) => value > 0);
  }
  checkSizes("hiddenSizes", options.hiddenSizes);
  for (const name of ["annealLr", "normAdv", "clipVloss", "normalizeObservations", "normalizeRewards"] as const) {
    if (typeof options[name] !== "boolean") throw new InvalidOptionError(name, "true or false", options[name]);
  }
}

function isShare(value: number): boolean {
  return value >= 0 && value <= 1;
}
