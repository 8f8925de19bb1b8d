/** A2C: advantage actor-critic. @module */
import type { VectorEnv } from "../vector/index.js";
import { OnPolicyLearner } from "./learning/on-policy-learner.js";
import type { FilledOnPolicyOptions, OnPolicyOptions } from "./learning/on-policy-options.js";

const DEFAULTS: FilledOnPolicyOptions = Object.freeze({
  seed: 0,
  learningRate: 7e-4,
  annealLr: true,
  numSteps: 16,
  gamma: 0.99,
  gaeLambda: 1,
  numMinibatches: 1,
  updateEpochs: 1,
  normAdv: false,
  clipCoef: Infinity,
  clipVloss: false,
  entCoef: 0.01,
  vfCoef: 0.5,
  maxGradNorm: 0.5,
  targetKl: null,
  hiddenSizes: Object.freeze([64, 64]),
  normalizeObservations: true,
  normalizeRewards: true,
  rewardScale: 1,
  rewardClip: null,
  initialLogits: Object.freeze([]),
});

/** Options of {@link A2C}: those of PPO that do not come from learning a rollout more than once. */
export interface A2COptions
  extends Omit<OnPolicyOptions, "numMinibatches" | "updateEpochs" | "clipCoef" | "clipVloss" | "targetKl"> {}

/**
 * Learns from each rollout once, in one step, by the plain policy gradient.
 *
 * It is PPO with one epoch, one minibatch and no clip; the optimizer is Adam.
 * @see V. Mnih et al., "Asynchronous Methods for Deep Reinforcement Learning" (2016), arXiv:1602.01783
 * @see S. Huang et al., "A2C is a special case of PPO" (2022), arXiv:2205.09123
 */
export class A2C extends OnPolicyLearner {
  /** @throws PolicyMismatchError, InvalidOptionError, NotSupportedError */
  constructor(env: VectorEnv<unknown, unknown, object>, options: A2COptions = {}) {
    super("A2C", env, options, DEFAULTS);
  }
}
