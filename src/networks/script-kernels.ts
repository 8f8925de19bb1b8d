/** Kernels of dense layers without WebAssembly: slower, the same bytes. @module */
import type { DenseKernels } from "./dense-kernels.js";

const f = Math.fround;
/** The coefficients of assembly/dense-kernels.ts. */
const LIMIT = 9;
const P = [1, 0.13380685448646545, 0.003495192853733897, 0.000020602923541446216, 1.3346788563239897e-8].map(f);
const Q = [1, 0.4671400189399719, 0.025875456631183624, 0.00032850034767761827, 7.773195989102533e-7].map(f);
const [P0, P1, P2, P3, P4] = P as [number, number, number, number, number];
const [Q0, Q1, Q2, Q3, Q4] = Q as [number, number, number, number, number];

/** The hyperbolic tangent as the kernels compute it: float32, error below 4e-7. */
export function tanh32(value: number): number {
  const x = Math.min(Math.max(f(value), -LIMIT), LIMIT);
  const s = f(x * x);
  const p = f(f(f(f(f(f(f(f(P4 * s) + P3) * s) + P2) * s) + P1) * s) + P0);
  const q = f(f(f(f(f(f(f(f(Q4 * s) + Q3) * s) + Q2) * s) + Q1) * s) + Q0);
  return Math.min(Math.max(f(f(x * p) / q), -1), 1);
}

/** Every product and sum is rounded to float32 where WebAssembly's would be, in the same order. */
export class ScriptKernels implements DenseKernels {
  readonly name = "script" as const;
  #numbers = new Float32Array(0);

  get buffer(): ArrayBuffer {
    return this.#numbers.buffer as ArrayBuffer;
  }

  reserve(byteLength: number): void {
    if (byteLength <= this.#numbers.byteLength) return;
    const grown = new Float32Array(Math.ceil(byteLength / 4));
    grown.set(this.#numbers);
    this.#numbers = grown;
  }

  forward(
    x: number,
    w: number,
    bias: number,
    y: number,
    rows: number,
    inputs: number,
    outputs: number,
    activation: number,
  ): void {
    const memory = this.#numbers;
    const [xs, ws, bs, ys] = [x >> 2, w >> 2, bias >> 2, y >> 2];
    for (let row = 0; row < rows; row++) {
      const out = ys + row * outputs;
      for (let o = 0; o < outputs; o++) memory[out + o] = bs === 0 ? 0 : memory[bs + o]!;
      for (let i = 0; i < inputs; i++) {
        const value = memory[xs + row * inputs + i]!;
        const weights = ws + i * outputs;
        for (let o = 0; o < outputs; o++) memory[out + o] = f(memory[out + o]! + f(value * memory[weights + o]!));
      }
      if (activation === 1) for (let o = 0; o < outputs; o++) memory[out + o] = tanh32(memory[out + o]!);
      if (activation === 2) for (let o = 0; o < outputs; o++) memory[out + o] = Math.max(memory[out + o]!, 0);
    }
  }

  activationGradient(dy: number, y: number, count: number, activation: number): void {
    if (activation === 0) return;
    const memory = this.#numbers;
    const [gradient, outputs] = [dy >> 2, y >> 2];
    for (let i = 0; i < count; i++) {
      const out = memory[outputs + i]!;
      if (activation === 1) memory[gradient + i] = f(memory[gradient + i]! * f(1 - f(out * out)));
      else if (!(out > 0)) memory[gradient + i] = 0;
    }
  }

  weightGradient(x: number, dz: number, dw: number, db: number, rows: number, inputs: number, outputs: number): void {
    const memory = this.#numbers;
    const [xs, zs, gs, bs] = [x >> 2, dz >> 2, dw >> 2, db >> 2];
    for (let row = 0; row < rows; row++) {
      const z = zs + row * outputs;
      for (let o = 0; o < outputs; o++) memory[bs + o] = f(memory[bs + o]! + memory[z + o]!);
      for (let i = 0; i < inputs; i++) {
        const value = memory[xs + row * inputs + i]!;
        const g = gs + i * outputs;
        for (let o = 0; o < outputs; o++) memory[g + o] = f(memory[g + o]! + f(value * memory[z + o]!));
      }
    }
  }

  transpose(w: number, wt: number, inputs: number, outputs: number): void {
    const memory = this.#numbers;
    for (let i = 0; i < inputs; i++) {
      for (let o = 0; o < outputs; o++) memory[(wt >> 2) + o * inputs + i] = memory[(w >> 2) + i * outputs + o]!;
    }
  }

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
  ): void {
    const memory = this.#numbers;
    const [p, g, m, v] = [parameters >> 2, gradients >> 2, first >> 2, second >> 2];
    const [s, b1, b2, size, correction, eps] = [scale, beta1, beta2, stepSize, secondScale, epsilon].map(f) as Six;
    const [c1, c2] = [f(1 - b1), f(1 - b2)];
    for (let i = 0; i < count; i++) {
      const gradient = f(memory[g + i]! * s);
      const mean = f(f(b1 * memory[m + i]!) + f(c1 * gradient));
      const square = f(f(b2 * memory[v + i]!) + f(c2 * f(gradient * gradient)));
      const root = f(f(Math.sqrt(f(square * correction))) + eps);
      memory[p + i] = f(memory[p + i]! - f(f(size * mean) / root));
      memory[m + i] = mean;
      memory[v + i] = square;
      memory[g + i] = 0;
    }
  }
}

type Six = [number, number, number, number, number, number];
