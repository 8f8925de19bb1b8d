/** Loss of a policy that shall do what a teacher did, with its gradient with respect to the network's outputs. @module */
import { log } from "../../elementary.js";
import type { ActionHead } from "../learning/action-head.js";

/** Rows to imitate. All arrays hold at least `rows` rows. */
export interface CloningBatch {
  readonly rows: number;
  /** The network's outputs now. */
  readonly outputs: Float32Array;
  readonly masks: Uint8Array;
  /** The teacher's, in the head's units. */
  readonly actions: Float32Array;
}

/** What a cloning loss finds: means over the rows. */
export interface CloningLossResult {
  /** Cross-entropy: minus the log-probability of the teacher's actions, without the entropy. Unit: nats. */
  readonly policyLoss: number;
  readonly entropy: number;
}

/** What {@link cloningLoss} holds against. */
export interface CloningLossOptions {
  /** Weight of the entropy. */
  readonly entCoef: number;
  /** Deviation below which a normal distribution is made no narrower, in the head's units. */
  readonly minDeviation: number;
}

/**
 * Minus the log-likelihood of the teacher's actions, minus `entCoef` times the entropy: means over the rows. For softmaxes over what the masks allow that is
 * cross-entropy; for normal distributions, squared distances weighed by the deviations.
 *
 * @param gradients - Receives the gradient: shape [rows, outputs].
 * @see D. Pomerleau, "Efficient Training of Artificial Neural Networks for Autonomous Navigation" (1991)
 */
export function cloningLoss(
  head: ActionHead,
  { rows, outputs, masks, actions }: CloningBatch,
  { entCoef, minDeviation }: CloningLossOptions,
  gradients: Float32Array,
): CloningLossResult {
  let [policyLoss, entropy] = [0, 0];
  for (let row = 0; row < rows; row++) {
    head.evaluate(outputs, row, masks, actions);
    policyLoss -= head.logProb;
    entropy += head.entropy;
    head.writeGradient(row, -1 / rows, -entCoef / rows, gradients);
  }
  if (head.kind === "gaussian") keepWide(head, rows, outputs, log(minDeviation), gradients);
  return { policyLoss: policyLoss / rows, entropy: entropy / rows };
}

/** Pulls distributions that are too narrow back, by half the squared distance. The second half of the outputs are logarithms of deviations. */
function keepWide(
  { outputs: width, actionSize }: ActionHead,
  rows: number,
  outputs: Float32Array,
  leastLog: number,
  gradients: Float32Array,
): void {
  for (let row = 0; row < rows; row++) {
    for (let i = row * width + actionSize; i < (row + 1) * width; i++) {
      if (outputs[i]! < leastLog) gradients[i] = (outputs[i]! - leastLog) / rows;
    }
  }
}
