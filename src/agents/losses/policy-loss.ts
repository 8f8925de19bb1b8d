/** Losses of policies by their log-probabilities, with gradients with respect to the network's outputs. @module */
import { exp } from "../../elementary.js";
import type { ActionHead } from "../learning/action-head.js";

/** Rows to learn from. All arrays hold at least `rows` rows. */
export interface PolicyBatch {
  readonly rows: number;
  /** The network's outputs now. */
  readonly outputs: Float32Array;
  readonly masks: Uint8Array;
  readonly actions: Float32Array;
  /** When the actions were drawn. */
  readonly logProbs: Float32Array;
  readonly advantages: Float32Array;
}

/** What a policy loss finds; means over the rows, named as in CleanRL. */
export interface PolicyLossResult {
  /** The loss without the entropy. */
  readonly policyLoss: number;
  readonly entropy: number;
  /** Kullback–Leibler divergence from the old policy by −log ratio. Unit: nats. */
  readonly oldApproxKl: number;
  /** The same by (ratio − 1) − log ratio, which has less variance. @see http://joschu.net/blog/kl-approx.html */
  readonly approxKl: number;
  /** Share of rows whose ratio lies outside the clip range. */
  readonly clipFraction: number;
}

/**
 * PPO's clipped surrogate, minus `entCoef` times the entropy: means over the rows.
 *
 * @param clipCoef - ε: the ratio's distance from 1 beyond which there is no more gain; Infinity makes it the ratio's plain
 * policy gradient, which is A2C's where policy and old policy are the same.
 * @param gradients - Receives the gradient: shape [rows, outputs].
 * @see J. Schulman et al., "Proximal Policy Optimization Algorithms" (2017), arXiv:1707.06347, eq. 7
 */
export function clippedPolicyLoss(
  head: ActionHead,
  batch: PolicyBatch,
  { clipCoef, entCoef }: { readonly clipCoef: number; readonly entCoef: number },
  gradients: Float32Array,
): PolicyLossResult {
  const { rows, outputs, masks, actions, logProbs, advantages } = batch;
  let [policyLoss, entropy, oldApproxKl, approxKl, clipped] = [0, 0, 0, 0, 0];
  for (let row = 0; row < rows; row++) {
    head.evaluate(outputs, row, masks, actions);
    const logRatio = head.logProb - logProbs[row]!;
    const ratio = exp(logRatio);
    const advantage = advantages[row]!;
    const isOutside = Math.abs(ratio - 1) > clipCoef;
    const bounded = ratio > 1 ? Math.min(ratio, 1 + clipCoef) : Math.max(ratio, 1 - clipCoef);
    const [plain, limited] = [-advantage * ratio, -advantage * bounded];
    const isCut = limited > plain;
    policyLoss += isCut ? limited : plain;
    entropy += head.entropy;
    oldApproxKl -= logRatio;
    approxKl += ratio - 1 - logRatio;
    if (isOutside) clipped++;
    head.writeGradient(row, isCut ? 0 : plain / rows, -entCoef / rows, gradients);
  }
  return {
    policyLoss: policyLoss / rows,
    entropy: entropy / rows,
    oldApproxKl: oldApproxKl / rows,
    approxKl: approxKl / rows,
    clipFraction: clipped / rows,
  };
}
