/** Head of discrete actions: one softmax for each component, over the values that the mask allows. @module */
import { exp, log } from "../../elementary.js";
import type { Generator } from "../../rng.js";
import type { ActionHead } from "./action-head.js";

/**
 * Independent categorical distributions; the outputs are their logits.
 *
 * A masked value has probability 0 and no gradient; where a mask forbids all values of a component, all are allowed.
 * @see S. Huang and S. Ontañón, "A Closer Look at Invalid Action Masking in Policy Gradient Algorithms" (2022), arXiv:2006.14171
 */
export class CategoricalHead implements ActionHead {
  readonly kind = "categorical" as const;
  readonly outputs: number;
  readonly actionSize: number;
  readonly maskSize: number;
  logProb = 0;
  entropy = 0;
  readonly #sizes: readonly number[];
  /** Of the last row looked at: probabilities, their logarithms, and the entropy of each component. */
  readonly #chances: Float64Array;
  readonly #logs: Float64Array;
  readonly #entropies: Float64Array;
  readonly #chosen: Int32Array;

  /** @param sizes - Number of values of each component. */
  constructor(sizes: readonly number[]) {
    this.#sizes = sizes;
    this.actionSize = sizes.length;
    this.outputs = sizes.reduce((sum, size) => sum + size, 0);
    this.maskSize = this.outputs;
    this.#chances = new Float64Array(this.outputs);
    this.#logs = new Float64Array(this.outputs);
    this.#entropies = new Float64Array(sizes.length);
    this.#chosen = new Int32Array(sizes.length);
  }

  sample(outputs: Float32Array, row: number, masks: Uint8Array, rng: Generator, actions: Float32Array): void {
    this.#spread(outputs, row, masks);
    this.logProb = 0;
    let start = 0;
    for (let k = 0; k < this.actionSize; k++) {
      const end = start + this.#sizes[k]!;
      let left = rng.random();
      let value = -1;
      for (let i = start; i < end && (value < 0 || left >= 0); i++) {
        if (this.#chances[i] === 0) continue;
        value = i;
        left -= this.#chances[i]!;
      }
      this.logProb += this.#logs[value]!;
      actions[row * this.actionSize + k] = value - start;
      start = end;
    }
  }

  best(outputs: Float32Array, row: number, masks: Uint8Array, actions: Float32Array): void {
    let start = 0;
    for (let k = 0; k < this.actionSize; k++) {
      const size = this.#sizes[k]!;
      const at = row * this.outputs + start;
      const allowsAny = anySet(masks, at, size);
      let value = -1;
      for (let i = 0; i < size; i++) {
        if (allowsAny && masks[at + i] === 0) continue;
        if (value < 0 || outputs[at + i]! > outputs[at + value]!) value = i;
      }
      actions[row * this.actionSize + k] = value;
      start += size;
    }
  }

  evaluate(outputs: Float32Array, row: number, masks: Uint8Array, actions: Float32Array): void {
    this.#spread(outputs, row, masks);
    this.logProb = 0;
    this.entropy = 0;
    let start = 0;
    for (let k = 0; k < this.actionSize; k++) {
      const chosen = start + actions[row * this.actionSize + k]!;
      this.#chosen[k] = chosen;
      this.logProb += this.#logs[chosen]!;
      this.entropy += this.#entropies[k]!;
      start += this.#sizes[k]!;
    }
  }

  writeGradient(row: number, logProbWeight: number, entropyWeight: number, gradients: Float32Array): void {
    const base = row * this.outputs;
    let i = 0;
    for (let k = 0; k < this.actionSize; k++) {
      const entropy = this.#entropies[k]!;
      const chosen = this.#chosen[k]!;
      for (const end = i + this.#sizes[k]!; i < end; i++) {
        const chance = this.#chances[i]!;
        const ofLogProb = (i === chosen ? 1 : 0) - chance;
        const ofEntropy = chance === 0 ? 0 : -chance * (this.#logs[i]! + entropy);
        gradients[base + i] = logProbWeight * ofLogProb + entropyWeight * ofEntropy;
      }
    }
  }

  /** Fills chances, their logarithms and entropies from a row of logits. */
  #spread(outputs: Float32Array, row: number, masks: Uint8Array): void {
    let start = 0;
    for (let k = 0; k < this.actionSize; k++) {
      const size = this.#sizes[k]!;
      this.#spreadOne(outputs, row * this.outputs + start, masks, start, size, k);
      start += size;
    }
  }

  #spreadOne(outputs: Float32Array, at: number, masks: Uint8Array, start: number, size: number, k: number): void {
    const allowsAny = anySet(masks, at, size);
    let most = -Infinity;
    for (let i = 0; i < size; i++) {
      if (allowsAny && masks[at + i] === 0) continue;
      if (!(outputs[at + i]! <= most)) most = outputs[at + i]!;
    }
    let sum = 0;
    for (let i = 0; i < size; i++) {
      const share = allowsAny && masks[at + i] === 0 ? 0 : exp(outputs[at + i]! - most);
      this.#chances[start + i] = share;
      sum += share;
    }
    const logOfSum = log(sum);
    let entropy = 0;
    for (let i = 0; i < size; i++) {
      const chance = this.#chances[start + i]! / sum;
      const ofOne = outputs[at + i]! - most - logOfSum;
      this.#chances[start + i] = chance;
      this.#logs[start + i] = ofOne;
      if (chance > 0) entropy -= chance * ofOne;
    }
    this.#entropies[k] = entropy;
  }
}

function anySet(masks: Uint8Array, at: number, size: number): boolean {
  for (let i = at; i < at + size; i++) if (masks[i] !== 0) return true;
  return false;
}
