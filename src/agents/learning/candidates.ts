/** Many small networks of one shape, each with weights of its own: what methods without gradients compare. @module */
import { type NetworkSpec, tanh32 } from "../../networks/index.js";

/** One network per row of a batch. The last layer is linear, all others have tanh. */
export class Candidates {
  /** Weights of one network. */
  readonly size: number;
  readonly #widths: readonly number[];
  readonly #weights: Float32Array;
  readonly #outputs: Float32Array;
  readonly #layers: readonly [Float32Array, Float32Array];
  readonly #count: number;

  constructor({ inputs, layers }: NetworkSpec, count: number) {
    this.#widths = [inputs, ...layers.map(({ units }) => units)];
    this.#count = count;
    this.size = layers.reduce((sum, { units }, k) => sum + (this.#widths[k]! + 1) * units, 0);
    this.#weights = new Float32Array(count * this.size);
    this.#outputs = new Float32Array(count * this.#widths.at(-1)!);
    const widest = Math.max(...this.#widths);
    this.#layers = [new Float32Array(widest), new Float32Array(widest)];
  }

  /** Gives one network its weights: for each layer the kernel, then the bias. */
  set(index: number, weights: ArrayLike<number>): void {
    this.#weights.set(weights, index * this.size);
  }

  /** One weight of one network. */
  get(index: number, i: number): number {
    return this.#weights[index * this.size + i]!;
  }

  /** Row i of the batch through network i. @returns Shape [count, outputs]; valid until the next call. */
  forward(batch: Float32Array): Float32Array {
    const [inputs, outputs] = [this.#widths[0]!, this.#widths.at(-1)!];
    for (let index = 0; index < this.#count; index++) {
      let from: Float32Array = batch.subarray(index * inputs, (index + 1) * inputs);
      let at = index * this.size;
      for (let k = 0; k + 1 < this.#widths.length; k++) {
        const [width, units] = [this.#widths[k]!, this.#widths[k + 1]!];
        const isLast = k + 2 === this.#widths.length;
        const into = isLast ? this.#outputs.subarray(index * outputs, (index + 1) * outputs) : this.#layers[k % 2]!;
        this.#layer(from, width, units, at, into, isLast);
        from = into;
        at += (width + 1) * units;
      }
    }
    return this.#outputs;
  }

  /** Weights as tensors: kernel and bias of each layer. */
  split(weights: ArrayLike<number>): Float32Array[] {
    const all = Float32Array.from(weights);
    let at = 0;
    return this.#widths.slice(1).flatMap((units, k) =>
      [this.#widths[k]! * units, units].map((length) => {
        at += length;
        return all.slice(at - length, at);
      }),
    );
  }

  #layer(from: Float32Array, width: number, units: number, at: number, into: Float32Array, isLast: boolean): void {
    const weights = this.#weights;
    for (let unit = 0; unit < units; unit++) {
      let sum = weights[at + width * units + unit]!;
      for (let i = 0; i < width; i++) sum += from[i]! * weights[at + i * units + unit]!;
      into[unit] = isLast ? sum : tanh32(sum);
    }
  }
}
