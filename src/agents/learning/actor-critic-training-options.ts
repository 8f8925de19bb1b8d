/** Options of every learner that trains a policy beside a critic, and their checks. @module */
import { InvalidOptionError } from "../../errors.js";
import type { NetworkFactory } from "../../networks/index.js";
import { checkNumber, checkSizes } from "./option-check.js";

/** Options of every learner that trains a policy beside a critic, named as in CleanRL. */
export interface ActorCriticTrainingOptions {
  /** Adam's step size at the start. */
  readonly learningRate?: number;
  /** Whether it falls to 0 over the training. @defaultValue true */
  readonly annealLr?: boolean;
  /** Discount of the returns that the critic learns, from 0 to 1. */
  readonly gamma?: number;
  /** Weight of the entropy, at least 0. */
  readonly entCoef?: number;
  /** Weight of the value loss, at least 0. */
  readonly vfCoef?: number;
  /** Greatest norm of all gradients together. */
  readonly maxGradNorm?: number;
  /** Units of the hidden layers of each network, with tanh. @defaultValue [64, 64] */
  readonly hiddenSizes?: readonly number[];
  /** Whether networks see observations with mean 0 and deviation 1. @defaultValue true */
  readonly normalizeObservations?: boolean;
  /** Factor of rewards, where they are not normalized. @defaultValue 1 */
  readonly rewardScale?: number;
  /** Rewards that are not normalized are cut to ± this, after `rewardScale`; null for no cut. @defaultValue null */
  readonly rewardClip?: number | null;
  /** What computes the networks. @defaultValue the dense engine */
  readonly engine?: NetworkFactory;
}

/** Checks filled options. @throws InvalidOptionError */
export function checkActorCriticTraining(options: Required<Omit<ActorCriticTrainingOptions, "engine">>): void {
  for (const name of ["learningRate", "rewardScale"] as const) {
    checkNumber(name, options[name], "a finite number above 0", (value) => value > 0 && value < Infinity);
  }
  for (const name of ["entCoef", "vfCoef"] as const) {
    checkNumber(name, options[name], "a finite number of at least 0", (value) => value >= 0 && value < Infinity);
  }
  checkNumber("gamma", options.gamma, "from 0 to 1", (value) => value >= 0 && value <= 1);
  checkNumber("maxGradNorm", options.maxGradNorm, "a number above 0", (value) => value > 0);
  const { rewardClip } = options;
  if (rewardClip !== null) checkNumber("rewardClip", rewardClip, "null, or a number above 0", (value) => value > 0);
  checkSizes("hiddenSizes", options.hiddenSizes);
  for (const name of ["annealLr", "normalizeObservations"] as const) checkBoolean(name, options[name]);
}

/** @throws InvalidOptionError */
export function checkBoolean(name: string, value: unknown): void {
  if (typeof value !== "boolean") throw new InvalidOptionError(name, "true or false", value);
}
