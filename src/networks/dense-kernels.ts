/** The arithmetic of dense layers on one memory, as both of its implementations offer it. @module */

/**
 * Kernels of dense layers. Places are in bytes; matrices lie row by row, float32, rows padded to a multiple of 8 numbers,
 * a multiple of 4 rows. Both implementations give the same bytes.
 */
export interface DenseKernels {
  /** What computes: WebAssembly with SIMD, or this language. */
  readonly name: "wasm" | "script";
  /** The memory. Replaced when it grows. */
  readonly buffer: ArrayBuffer;
  /** Makes the memory at least this long, keeping what is in it. Unit: bytes. */
  reserve(byteLength: number): void;
  /** y = activation(x·w + bias); `bias` 0 for none. */
  forward(
    x: number,
    w: number,
    bias: number,
    y: number,
    rows: number,
    inputs: number,
    outputs: number,
    activation: number,
  ): void;
  /** dy becomes the gradient of the sums, from that of the outputs y. */
  activationGradient(dy: number, y: number, count: number, activation: number): void;
  /** dw += xᵀ·dz, db += column sums of dz. */
  weightGradient(x: number, dz: number, dw: number, db: number, rows: number, inputs: number, outputs: number): void;
  /** wt = wᵀ for w of shape [inputs, outputs]. */
  transpose(w: number, wt: number, inputs: number, outputs: number): void;
  /** One step of Adam on `count` numbers; gradients are scaled first and set to 0. */
  adam(
    parameters: number,
    gradients: number,
    first: number,
    second: number,
    count: number,
    scale: number,
    beta1: number,
    beta2: number,
    stepSize: number,
    secondScale: number,
    epsilon: number,
  ): void;
}
