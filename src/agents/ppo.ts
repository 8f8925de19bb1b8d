/** PPO: proximal policy optimization. @module */
import type { VectorEnv } from "../vector/index.js";
import { OnPolicyLearner } from "./learning/on-policy-learner.js";
import type { FilledOnPolicyOptions, OnPolicyOptions } from "./learning/on-policy-options.js";

/** CleanRL's, for discrete actions. */
export const PPO_DEFAULTS: FilledOnPolicyOptions = Object.freeze({
  seed: 0,
  learningRate: 2.5e-4,
  annealLr: true,
  numSteps: 128,
  gamma: 0.99,
  gaeLambda: 0.95,
  numMinibatches: 4,
  updateEpochs: 4,
  normAdv: true,
  clipCoef: 0.2,
  clipVloss: true,
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

/** Options of {@link PPO}, named as in CleanRL, whose defaults they have. */
export interface PPOOptions extends OnPolicyOptions {}

/**
 * Learns a policy for discrete, multi-discrete and continuous actions, with masks.
 *
 * Episodes that are truncated are bootstrapped by the value of their last observation. The same seed, options and
 * environment give the same bytes.
 * @see J. Schulman et al., "Proximal Policy Optimization Algorithms" (2017), arXiv:1707.06347
 * @see S. Huang et al., "The 37 Implementation Details of Proximal Policy Optimization" (2022), for the details
 * @example
 * const ppo = new PPO(await makeVec("WebService-v0", { numEnvs: 64, autoresetMode: "SameStep" }), { seed: 1 });
 * for (let k = 0; k < 100; k++) await ppo.update(k / 100);
 */
export class PPO extends OnPolicyLearner {
  /** @throws PolicyMismatchError, InvalidOptionError, NotSupportedError */
  constructor(env: VectorEnv<unknown, unknown, object>, options: PPOOptions = {}) {
    super("PPO", env, options, PPO_DEFAULTS);
  }
}
