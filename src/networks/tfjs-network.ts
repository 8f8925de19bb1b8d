/** A network that TensorFlow.js computes. @module */
import { InvalidOptionError } from "../errors.js";
import type { AdamOptions, Network, NetworkSpec, OptimizerState } from "./network.js";
import type { Tfjs, TfTensor, TfVariable } from "./tfjs-types.js";

/** Layers are computed by the backend, gradients by its automatic differentiation; Adam is this library's own. */
export class TfjsNetwork implements Network {
  readonly spec: NetworkSpec;
  readonly engine = "tfjs" as const;
  readonly inputs: number;
  readonly outputs: number;
  readonly #tf: Tfjs;
  readonly #variables: readonly TfVariable[];
  readonly #shapes: readonly (readonly number[])[];
  #weights: Float32Array[] = [];
  #gradients: Float32Array[];
  #first: Float32Array[];
  #second: Float32Array[];
  #decays: readonly [number, number] = [1, 1];
  #batch: TfTensor | null = null;
  #rows = 0;

  /** @throws InvalidOptionError where weights have another size */
  constructor(spec: NetworkSpec, weights: readonly Float32Array[], tf: Tfjs) {
    this.spec = spec;
    this.#tf = tf;
    this.inputs = spec.inputs;
    this.outputs = spec.layers.at(-1)!.units;
    const widths = [spec.inputs, ...spec.layers.map(({ units }) => units)];
    this.#shapes = spec.layers.flatMap(({ units }, k) => [[widths[k]!, units], [units]]);
    const zeros = (): Float32Array[] => this.#shapes.map((shape) => new Float32Array(sizeOf(shape)));
    this.#checkSizes("weights", weights);
    this.#gradients = zeros();
    this.#first = zeros();
    this.#second = zeros();
    this.#weights = weights.map((tensor) => tensor.slice());
    this.#variables = this.#weights.map((_, index) => {
      const value = this.#tensor(index);
      const variable = tf.variable(value);
      value.dispose();
      return variable;
    });
  }

  forward(batch: Float32Array, rows: number): Float32Array {
    this.#batch?.dispose();
    this.#batch = this.#tf.tensor2d(batch.slice(0, rows * this.inputs), [rows, this.inputs]);
    this.#rows = rows;
    const outputs = this.#tf.tidy(() => this.#apply(this.#batch!, this.#variables));
    const values = outputs.dataSync();
    outputs.dispose();
    return Float32Array.from(values);
  }

  backward(gradient: Float32Array): void {
    const gradients = this.#propagate(gradient, this.#variables, (inputs) => this.#apply(this.#batch!, inputs));
    gradients.forEach((values, index) => {
      const kept = this.#gradients[index]!;
      for (let i = 0; i < kept.length; i++) kept[i]! += values[i]!;
    });
  }

  inputGradient(gradient: Float32Array): Float32Array {
    return this.#propagate(gradient, [this.#batch!], ([input]) => this.#apply(input!, this.#variables))[0]!;
  }

  squaredGradientNorm(): number {
    let sum = 0;
    for (const tensor of this.#gradients) for (const value of tensor) sum += value * value;
    return sum;
  }

  step({ learningRate, scale = 1, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-5 }: AdamOptions): void {
    this.#decays = [this.#decays[0] * beta1, this.#decays[1] * beta2];
    const [stepSize, secondScale] = [learningRate / (1 - this.#decays[0]), 1 / (1 - this.#decays[1])];
    this.#weights.forEach((weights, index) => {
      const [gradients, first, second] = [this.#gradients[index]!, this.#first[index]!, this.#second[index]!];
      for (let i = 0; i < weights.length; i++) {
        const gradient = gradients[i]! * scale;
        first[i] = beta1 * first[i]! + (1 - beta1) * gradient;
        second[i] = beta2 * second[i]! + (1 - beta2) * gradient * gradient;
        weights[i]! -= (stepSize * first[i]!) / (Math.sqrt(second[i]! * secondScale) + epsilon);
      }
      gradients.fill(0);
    });
    this.#assign();
  }

  weights(): Float32Array[] {
    return this.#weights.map((tensor) => tensor.slice());
  }

  setWeights(weights: readonly Float32Array[]): void {
    this.#checkSizes("weights", weights);
    this.#weights = weights.map((tensor) => tensor.slice());
    this.#assign();
  }

  gradients(): Float32Array[] {
    return this.#gradients.map((tensor) => tensor.slice());
  }

  optimizerState(): OptimizerState {
    const copy = (tensors: readonly Float32Array[]): Float32Array[] => tensors.map((tensor) => tensor.slice());
    return { decays: this.#decays, first: copy(this.#first), second: copy(this.#second) };
  }

  setOptimizerState({ decays, first, second }: OptimizerState): void {
    this.#checkSizes("first", first);
    this.#checkSizes("second", second);
    this.#decays = decays;
    this.#first = first.map((tensor) => tensor.slice());
    this.#second = second.map((tensor) => tensor.slice());
  }

  dispose(): void {
    this.#batch?.dispose();
    this.#batch = null;
    for (const variable of this.#variables) variable.dispose();
  }

  #apply(input: TfTensor, variables: readonly TfTensor[]): TfTensor {
    const tf = this.#tf;
    return this.spec.layers.reduce((values, { activation }, k) => {
      const sums = tf.add(tf.matMul(values, variables[2 * k]!), variables[2 * k + 1]!);
      if (activation === "tanh") return tf.tanh(sums);
      return activation === "relu" ? tf.relu(sums) : sums;
    }, input);
  }

  /** Gradients of Σ gradient · outputs with respect to some tensors. */
  #propagate(gradient: Float32Array, of: readonly TfTensor[], run: (inputs: TfTensor[]) => TfTensor): Float32Array[] {
    const tf = this.#tf;
    const size = this.#rows * this.outputs;
    return tf.tidy(() => {
      const weights = tf.tensor2d(gradient.slice(0, size), [this.#rows, this.outputs]);
      const results = tf.grads((...inputs) => tf.sum(tf.mul(run(inputs), weights)))(of);
      return results.map((result) => Float32Array.from(result.dataSync()));
    });
  }

  #assign(): void {
    this.#variables.forEach((variable, index) => {
      const value = this.#tensor(index);
      variable.assign(value);
      value.dispose();
    });
  }

  #tensor(index: number): TfTensor {
    const [rows, columns] = this.#shapes[index]!;
    const values = this.#weights[index]!;
    return columns === undefined ? this.#tf.tensor1d(values) : this.#tf.tensor2d(values, [rows!, columns]);
  }

  #checkSizes(option: string, tensors: readonly Float32Array[]): void {
    this.#shapes.forEach((shape, index) => {
      const length = tensors[index]?.length;
      if (length !== sizeOf(shape))
        throw new InvalidOptionError(`${option}[${index}].length`, `${sizeOf(shape)}`, length);
    });
  }
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, axis) => product * axis, 1);
}
