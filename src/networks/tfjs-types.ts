/** The part of TensorFlow.js that is used; its own types come with the optional package only. @module */

/** A tensor. */
export interface TfTensor {
  dataSync(): Float32Array;
  dispose(): void;
}

/** A tensor that is trained. */
export interface TfVariable extends TfTensor {
  assign(value: TfTensor): void;
}

/** The functions of the module. */
export interface Tfjs {
  setBackend(name: string): Promise<boolean>;
  ready(): Promise<void>;
  tensor1d(values: Float32Array): TfTensor;
  tensor2d(values: Float32Array, shape: readonly [number, number]): TfTensor;
  variable(value: TfTensor): TfVariable;
  matMul(a: TfTensor, b: TfTensor): TfTensor;
  add(a: TfTensor, b: TfTensor): TfTensor;
  mul(a: TfTensor, b: TfTensor): TfTensor;
  sum(a: TfTensor): TfTensor;
  tanh(a: TfTensor): TfTensor;
  relu(a: TfTensor): TfTensor;
  tidy<T>(run: () => T): T;
  grads(run: (...inputs: TfTensor[]) => TfTensor): (inputs: readonly TfTensor[]) => TfTensor[];
}
