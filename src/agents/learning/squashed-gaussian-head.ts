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

  /** @param size - Numbers in an action. */
  constructor(size: number) {
    this.actionSize = size;
    this.outputs = 2 * size;
    this.#noise = new Float64Array(size);
    this.#deviations = new Float64Array(size);
    this.#isFree = new Uint8Array(size);
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
      this.#noise[i] = noise;
      this.#deviations[i] = deviation;
      this.#isFree[i] = raw > LEAST_LOG && raw < MOST_LOG ? 1 : 0;
    }
  }

  /**
   * Writes the gradient of alpha · logProb − Q of the last action drawn with respect to the outputs into their row.
   *
   * @param slopes - ∂Q/∂action, of shape [rows, stride], the action's numbers from `offset` on.
   * @param scale - Factor of it all.
   */
  writeGradient(
    row: number,
    alpha: number,
    actions: Float32Array,
    slopes: (i: number) => number,
    scale: number,
    gradients: Float32Array,
  ): void {
    const size = this.actionSize;
    for (let i = 0; i < size; i++) {
      const at = row * this.outputs + i;
      const action = actions[row * size + i]!;
      // ∂logProb/∂u = 2·tanh(u), as noise is held; ∂action/∂u = 1 − tanh² u.
      const ofU = alpha * 2 * action - slopes(i) * (1 - action * action);
      gradients[at] = scale * ofU;
      const ofLogDeviation = ofU * this.#deviations[i]! * this.#noise[i]! - alpha;
      gradients[at + size] = this.#isFree[i] === 1 ? scale * ofLogDeviation : 0;
    }
  }
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
