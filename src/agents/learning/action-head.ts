/** What lies between a network's outputs and actions. @module */
import type { Generator } from "../../rng.js";

/** Names of heads, as checkpoints hold them. */
export type ActionHeadKind = "categorical" | "joint-categorical" | "gaussian" | "squashed-gaussian";

/** What an agent that has learnt needs: the best action for a network's outputs. */
export interface ActionChooser {
  readonly kind: ActionHeadKind;
  /** Outputs it needs of the network. */
  readonly outputs: number;
  /** Numbers in an action. */
  readonly actionSize: number;
  /** Numbers in a mask; 0 where there are none. */
  readonly maskSize: number;
  /** The likeliest action. */
  best(outputs: Float32Array, row: number, masks: Uint8Array, actions: Float32Array): void;
}

/**
 * A distribution over actions whose parameters are a network's outputs.
 *
 * Everything lies row by row in flat arrays: outputs of shape [rows, outputs], masks [rows, maskSize], actions
 * [rows, actionSize]. Results are left in `logProb` and `entropy`, so that nothing is allocated.
 */
export interface ActionHead extends ActionChooser {
  /** Of the last action drawn or evaluated. Unit: nats. */
  readonly logProb: number;
  /** Of the last distribution evaluated. Unit: nats. */
  readonly entropy: number;
  /** Draws an action, and sets `logProb`. */
  sample(outputs: Float32Array, row: number, masks: Uint8Array, rng: Generator, actions: Float32Array): void;
  /** Sets `logProb` and `entropy` for an action that was drawn before. */
  evaluate(outputs: Float32Array, row: number, masks: Uint8Array, actions: Float32Array): void;
  /**
   * Writes the gradient of `logProbWeight`·logProb + `entropyWeight`·entropy of the last `evaluate` with respect to the
   * outputs into their row.
   */
  writeGradient(row: number, logProbWeight: number, entropyWeight: number, gradients: Float32Array): void;
}
