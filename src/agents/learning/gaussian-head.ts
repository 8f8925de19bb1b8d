/** Head of continuous actions: independent normal distributions. @module */
import { exp } from "../../elementary.js";
import type { Generator } from "../../rng.js";
import type { ActionHead } from "./action-head.js";

/** ln √(2π), and the entropy of a normal distribution of deviation 1. */
const HALF_LOG_2_PI = 0.9189385332046727;
const UNIT_ENTROPY = HALF_LOG_2_PI + 0.5;
/** Where the logarithm of the deviation is cut off; beyond, it has no gradient. */
const LEAST_LOG = -5;
const MOST_LOG = 2;

/**
 * Normal distributions; the outputs are the means, then the logarithms of the deviations.
 *
 * An action is a vector in the units of the head: −1 to 1 for the range of a bounded space. It may lie outside; what is sent
 * to the environment is cut to the bounds.
 */
export class GaussianHead implements ActionHead {
  readonly kind = "gaussian" as const;
  readonly outputs: number;
  readonly actionSize: number;
  readonly maskSize = 0;
  logProb = 0;
  entropy = 0;
  /** Of the last row evaluated: how many deviations each number lies from its mean, the deviations, and whether they are free. */
  readonly #distances: Float64Array;
  readonly #deviations: Float64Array;
  readonly #isFree: Uint8Array;

  /** @param size - Numbers in an action. */
  constructor(size: number) {
    this.actionSize = size;
    this.outputs = 2 * size;
    this.#distances = new Float64Array(size);
    this.#deviations = new Float64Array(size);
    this.#isFree = new Uint8Array(size);
  }

  sample(outputs: Float32Array, row: number, masks: Uint8Array, rng: Generator, actions: Float32Array): void {
    const size = this.actionSize;
    for (let i = 0; i < size; i++) {
      const at = row * this.outputs + i;
      const deviation = exp(clamp(outputs[at + size]!));
      actions[row * size + i] = outputs[at]! + deviation * rng.normal();
    }
    this.evaluate(outputs, row, masks, actions);
  }

  best(outputs: Float32Array, row: number, _masks: Uint8Array, actions: Float32Array): void {
    for (let i = 0; i < this.actionSize; i++) actions[row * this.actionSize + i] = outputs[row * this.outputs + i]!;
  }

  evaluate(outputs: Float32Array, row: number, _masks: Uint8Array, actions: Float32Array): void {
    const size = this.actionSize;
    this.logProb = 0;
    this.entropy = 0;
    for (let i = 0; i < size; i++) {
      const at = row * this.outputs + i;
      const raw = outputs[at + size]!;
      const logOfDeviation = clamp(raw);
      const deviation = exp(logOfDeviation);
      const distance = (actions[row * size + i]! - outputs[at]!) / deviation;
      this.logProb -= 0.5 * distance * distance + logOfDeviation + HALF_LOG_2_PI;
      this.entropy += UNIT_ENTROPY + logOfDeviation;
      this.#distances[i] = distance;
      this.#deviations[i] = deviation;
      this.#isFree[i] = raw > LEAST_LOG && raw < MOST_LOG ? 1 : 0;
    }
  }

  writeGradient(row: number, logProbWeight: number, entropyWeight: number, gradients: Float32Array): void {
    const size = this.actionSize;
    for (let i = 0; i < size; i++) {
      const at = row * this.outputs + i;
      const distance = this.#distances[i]!;
      gradients[at] = (logProbWeight * distance) / this.#deviations[i]!;
      const ofDeviation = logProbWeight * (distance * distance - 1) + entropyWeight;
      gradients[at + size] = this.#isFree[i] === 1 ? ofDeviation : 0;
    }
  }
}

/** The logarithm of the deviation that an output stands for; NaN stays NaN. */
function clamp(raw: number): number {
  return Math.min(MOST_LOG, Math.max(LEAST_LOG, raw));
}
