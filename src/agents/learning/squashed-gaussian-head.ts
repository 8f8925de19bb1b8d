/** Head of SAC's actions: normal distributions pressed into −1 to 1 by the hyperbolic tangent. @module */
import { exp, log1p } from "../../elementary.js";
import type { Generator } from "../../rng.js";
import type { ActionChooser } from "./action-head.js";

const HALF_LOG_2_PI = 0.9189385332046727;
const LN_2 = Math.LN2;
/** Where the logarithm of the deviation is cut off; beyond, it has no gradient. */
const LEAST_LOG = -5;
const MOST_LOG = 2;

/**
 * An action is tanh(mean + deviation · noise); the outputs are the means, then the logarithms of the deviations.
 *
 * @see T. Haarnoja et al., "Soft Actor-Critic Algorithms and Applications" (2018), arXiv:1812.05905, appendix C
 */
export class SquashedGaussianHead implements ActionChooser {
  readonly kind = "squashed-gaussian" as const;
  readonly outputs: number;
  readonly actionSize: number;
  readonly maskSize = 0;
  /** Of the last action drawn. Unit: nats. */
  logProb = 0;
  readonly #noise: Float64Array;
  readonly #deviations: Float64Array;
  readonly #isFree: Uint8Array;

  /**
   * @param size - Numbers in an action.
   * @param rows - Most rows of a batch.
   */
  constructor(size: number, rows = 1) {
    this.actionSize = size;
    this.outputs = 2 * size;
    this.#noise = new Float64Array(rows * size);
    this.#deviations = new Float64Array(rows * size);
    this.#isFree = new Uint8Array(rows * size);
  }

  best(outputs: Float32Array, row: number, _masks: Uint8Array, actions: Float32Array): void {
    for (let i = 0; i < this.actionSize; i++)
      actions[row * this.actionSize + i] = tanh(outputs[row * this.outputs + i]!);
  }

  /** Draws an action, and sets `logProb`. */
  sample(outputs: Float32Array, row: number, rng: Generator, actions: Float32Array): void {
    const size = this.actionSize;
    this.logProb = 0;
    for (let i = 0; i < size; i++) {
      const at = row * this.outputs + i;
      const raw = outputs[at + size]!;
      const logOfDeviation = Math.min(MOST_LOG, Math.max(LEAST_LOG, raw));
      const deviation = exp(logOfDeviation);
      const noise = rng.normal();
      const u = outputs[at]! + deviation * noise;
      actions[row * size + i] = tanh(u);
      // ln(1 − tanh² u) = 2·(ln 2 − u − ln(1 + e^(−2u))), which does not lose digits where tanh is near ±1.
      const logOfSlope = 2 * (LN_2 - u - softplus(-2 * u));
      this.logProb -= 0.5 * noise * noise + logOfDeviation + HALF_LOG_2_PI + logOfSlope;
      this.#noise[row * size + i] = noise;
      this.#deviations[row * size + i] = deviation;
      this.#isFree[row * size + i] = raw > LEAST_LOG && raw < MOST_LOG ? 1 : 0;
    }
  }

  /**
   * Writes the gradient of `scale` · (alpha · logProb − Q) with respect to the outputs into a row, for the action that was
   * drawn for this row last.
   *
   * @param slopes - ∂Q/∂action: shape [rows, stride], those of the action from `offset` on.
   */
  writeGradient(
    row: number,
    { alpha, scale, actions, slopes, stride, offset }: SquashedGradient,
    gradients: Float32Array,
  ): void {
    const size = this.actionSize;
    for (let i = 0; i < size; i++) {
      const at = row * this.outputs + i;
      const own = row * size + i;
      const action = actions[own]!;
      // With the noise held, ∂logProb/∂u = 2·tanh u and ∂action/∂u = 1 − tanh² u.
      const ofU = 2 * alpha * action - slopes[row * stride + offset + i]! * (1 - action * action);
      gradients[at] = scale * ofU;
      const ofLogDeviation = ofU * this.#deviations[own]! * this.#noise[own]! - alpha;
      gradients[at + size] = this.#isFree[own] === 1 ? scale * ofLogDeviation : 0;
    }
  }
}

/** What {@link SquashedGaussianHead.writeGradient} goes by. */
export interface SquashedGradient {
  readonly alpha: number;
  readonly scale: number;
  readonly actions: Float32Array;
  readonly slopes: Float32Array;
  readonly stride: number;
  readonly offset: number;
}

function tanh(x: number): number {
  if (x > 20) return 1;
  if (x < -20) return -1;
  return 1 - 2 / (exp(2 * x) + 1);
}

/** ln(1 + e^x). */
function softplus(x: number): number {
  return x > 0 ? x + log1p(exp(-x)) : log1p(exp(x));
}
