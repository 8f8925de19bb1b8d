/** The fused dense engine: a small network in one block of memory. @module */
import { InvalidOptionError } from "../errors.js";
import type { DenseKernels } from "./dense-kernels.js";
import { DenseLayout } from "./dense-layout.js";
import { ACTIVATIONS, type AdamOptions, type Network, type NetworkSpec, type OptimizerState } from "./network.js";

/**
 * A network whose layers are computed whole, without an operation, a tensor or an allocation in between.
 *
 * Same weights and same calls give the same bytes on every machine, in WebAssembly and without it.
 */
export class DenseNetwork implements Network {
  readonly spec: NetworkSpec;
  readonly engine = "dense" as const;
  readonly inputs: number;
  readonly outputs: number;
  readonly #kernels: DenseKernels;
  readonly #layout: DenseLayout;
  readonly #activations: readonly number[];
  #memory: Float32Array;
  /** Rows of the last forward, and with the padding. */
  #rows = 0;
  #padded = 0;
  #isTransposed = false;
  #output = new Float32Array(0);
  #decay1 = 1;
  #decay2 = 1;

  /** @param weights - Kernel and bias of each layer. @throws InvalidOptionError */
  constructor(spec: NetworkSpec, weights: readonly Float32Array[], kernels: DenseKernels) {
    this.spec = spec;
    this.#kernels = kernels;
    this.#layout = new DenseLayout(spec);
    this.#activations = spec.layers.map(({ activation }) => ACTIVATIONS.indexOf(activation));
    this.inputs = spec.inputs;
    this.outputs = spec.layers.at(-1)!.units;
    this.#kernels.reserve(this.#layout.byteLength);
    this.#memory = new Float32Array(this.#kernels.buffer);
    this.setWeights(weights);
  }

  forward(batch: Float32Array, rows: number): Float32Array {
    this.#makeRoom(rows);
    const { widths, layers, activations } = this.#layout;
    this.#copyIn(batch, this.inputs, activations[0]!, widths[0]!);
    for (let k = 0; k < layers.length; k++) {
      const { kernel, bias } = layers[k]!;
      const [x, y] = [activations[k]!, activations[k + 1]!];
      this.#kernels.forward(x, kernel, bias, y, this.#padded, widths[k]!, widths[k + 1]!, this.#activations[k]!);
    }
    const size = rows * this.outputs;
    if (this.#output.length < size) this.#output = new Float32Array(size);
    this.#copyOut(activations.at(-1)!, widths.at(-1)!, this.outputs, this.#output);
    return this.#output.subarray(0, size);
  }

  backward(gradient: Float32Array): void {
    this.#propagate(gradient, true);
  }

  inputGradient(gradient: Float32Array): Float32Array {
    this.#propagate(gradient, false);
    const result = new Float32Array(this.#rows * this.inputs);
    this.#copyOut(this.#layout.gradients[0]!, this.#layout.widths[0]!, this.inputs, result);
    return result;
  }

  squaredGradientNorm(): number {
    const { count, parameters } = this.#layout;
    const start = (parameters + 4 * count) >> 2;
    let sum = 0;
    for (let i = start; i < start + count; i++) sum += this.#memory[i]! * this.#memory[i]!;
    return sum;
  }

  step({ learningRate, scale = 1, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-5 }: AdamOptions): void {
    this.#decay1 *= beta1;
    this.#decay2 *= beta2;
    const { count, parameters } = this.#layout;
    const blocks = [0, 1, 2, 3].map((block) => parameters + 4 * count * block) as [number, number, number, number];
    const [stepSize, secondScale] = [learningRate / (1 - this.#decay1), 1 / (1 - this.#decay2)];
    this.#kernels.adam(...blocks, count, scale, beta1, beta2, stepSize, secondScale, epsilon);
    this.#isTransposed = false;
  }

  weights(): Float32Array[] {
    return this.#tensors(0);
  }

  setWeights(weights: readonly Float32Array[]): void {
    this.#setTensors("weights", 0, weights);
    this.#isTransposed = false;
  }

  gradients(): Float32Array[] {
    return this.#tensors(1);
  }

  optimizerState(): OptimizerState {
    return { decays: [this.#decay1, this.#decay2], first: this.#tensors(2), second: this.#tensors(3) };
  }

  setOptimizerState({ decays, first, second }: OptimizerState): void {
    this.#setTensors("first", 2, first);
    this.#setTensors("second", 3, second);
    [this.#decay1, this.#decay2] = decays;
  }

  dispose(): void {}

  #makeRoom(rows: number): void {
    this.#rows = rows;
    this.#padded = Math.ceil(rows / 4) * 4;
    if (this.#padded <= this.#layout.rows) return;
    this.#layout.reserveRows(this.#padded);
    this.#kernels.reserve(this.#layout.byteLength);
    this.#memory = new Float32Array(this.#kernels.buffer);
    this.#memory.fill(0, this.#layout.rowsStart >> 2, this.#layout.byteLength >> 2);
  }

  /** Sends a gradient of the outputs down: to the weights, or to the inputs. */
  #propagate(gradient: Float32Array, toWeights: boolean): void {
    const { widths, layers, activations, gradients, count } = this.#layout;
    if (!this.#isTransposed) this.#transpose();
    this.#copyIn(gradient, this.outputs, gradients.at(-1)!, widths.at(-1)!);
    for (let k = layers.length - 1; k >= 0; k--) {
      const { kernel, bias, transposed } = layers[k]!;
      const [inputs, outputs, rows] = [widths[k]!, widths[k + 1]!, this.#padded];
      const dz = gradients[k + 1]!;
      this.#kernels.activationGradient(dz, activations[k + 1]!, rows * outputs, this.#activations[k]!);
      if (toWeights) {
        const shift = 4 * count;
        this.#kernels.weightGradient(activations[k]!, dz, kernel + shift, bias + shift, rows, inputs, outputs);
        if (k === 0) return;
      }
      this.#kernels.forward(dz, transposed, 0, gradients[k]!, rows, outputs, inputs, 0);
    }
  }

  #transpose(): void {
    const { widths, layers } = this.#layout;
    layers.forEach(({ kernel, transposed }, k) => {
      this.#kernels.transpose(kernel, transposed, widths[k]!, widths[k + 1]!);
    });
    this.#isTransposed = true;
  }

  /** Rows of a batch into the memory; what pads them is 0. */
  #copyIn(from: Float32Array, width: number, place: number, padded: number): void {
    const memory = this.#memory;
    let to = place >> 2;
    let at = 0;
    for (let row = 0; row < this.#rows; row++, to += padded) {
      for (let i = 0; i < width; i++) memory[to + i] = from[at++]!;
      for (let i = width; i < padded; i++) memory[to + i] = 0;
    }
    memory.fill(0, to, (place >> 2) + this.#padded * padded);
  }

  #copyOut(place: number, padded: number, width: number, into: Float32Array): void {
    const memory = this.#memory;
    let from = place >> 2;
    let at = 0;
    for (let row = 0; row < this.#rows; row++, from += padded) {
      for (let i = 0; i < width; i++) into[at++] = memory[from + i]!;
    }
  }

  /** Block 0 holds the weights, 1 their gradients, 2 and 3 what Adam remembers. */
  #tensors(block: number): Float32Array[] {
    return this.#layout.tensors(block).map(({ start, rows, columns, stride }) => {
      const tensor = new Float32Array(rows * columns);
      for (let row = 0; row < rows; row++) {
        tensor.set(this.#memory.subarray(start + row * stride, start + row * stride + columns), row * columns);
      }
      return tensor;
    });
  }

  #setTensors(option: string, block: number, values: readonly Float32Array[]): void {
    const places = this.#layout.tensors(block);
    if (values.length !== places.length) throw new InvalidOptionError(option, `${places.length} tensors`, values);
    places.forEach(({ start, rows, columns, stride }, index) => {
      const tensor = values[index]!;
      if (tensor.length !== rows * columns) {
        throw new InvalidOptionError(`${option}[${index}].length`, String(rows * columns), tensor.length);
      }
      for (let row = 0; row < rows; row++) {
        this.#memory.set(tensor.subarray(row * columns, (row + 1) * columns), start + row * stride);
      }
    });
  }
}
