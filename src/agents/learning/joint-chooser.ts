/** One output for each combination of a discrete action's components: what action values need. @module */
import type { ActionChooser } from "./action-head.js";

/** Chooses the combination of greatest output among those that the mask allows in every component. */
export class JointChooser implements ActionChooser {
  readonly kind = "joint-categorical" as const;
  readonly outputs: number;
  readonly actionSize: number;
  readonly maskSize: number;
  readonly #sizes: readonly number[];
  /** For each combination, the places of its components in a mask: shape [outputs, actionSize]. */
  readonly #places: Int32Array;

  /** @param sizes - Number of values of each component. */
  constructor(sizes: readonly number[]) {
    this.#sizes = sizes;
    this.actionSize = sizes.length;
    this.outputs = sizes.reduce((product, size) => product * size, 1);
    this.maskSize = sizes.reduce((sum, size) => sum + size, 0);
    this.#places = new Int32Array(this.outputs * this.actionSize);
    const value = new Float32Array(this.actionSize);
    for (let index = 0; index < this.outputs; index++) {
      this.write(index, value, 0);
      let start = 0;
      for (let k = 0; k < this.actionSize; k++) {
        this.#places[index * this.actionSize + k] = start + value[k]!;
        start += sizes[k]!;
      }
    }
  }

  best(outputs: Float32Array, row: number, masks: Uint8Array, actions: Float32Array): void {
    this.write(this.bestIndex(outputs, row, masks), actions, row);
  }

  /** The combination's number: of the greatest output among those allowed; among all where none is. */
  bestIndex(outputs: Float32Array, row: number, masks: Uint8Array): number {
    const start = row * this.outputs;
    let best = -1;
    for (let index = 0; index < this.outputs; index++) {
      if (best >= 0 && !(outputs[start + index]! > outputs[start + best]!)) continue;
      if (this.allows(index, masks, row)) best = index;
    }
    if (best >= 0) return best;
    best = 0;
    for (let index = 1; index < this.outputs; index++)
      if (outputs[start + index]! > outputs[start + best]!) best = index;
    return best;
  }

  /** Whether a mask allows all components of a combination. */
  allows(index: number, masks: Uint8Array, row: number): boolean {
    const at = row * this.maskSize;
    for (let k = 0; k < this.actionSize; k++)
      if (masks[at + this.#places[index * this.actionSize + k]!] === 0) return false;
    return true;
  }

  /** Writes a combination's components into a row. */
  write(index: number, actions: Float32Array, row: number): void {
    let rest = index;
    for (let k = this.actionSize - 1; k >= 0; k--) {
      actions[row * this.actionSize + k] = rest % this.#sizes[k]!;
      rest = Math.floor(rest / this.#sizes[k]!);
    }
  }
}
