/** The weights a network starts with. @module */
import type { Generator } from "../rng.js";
import type { NetworkSpec } from "./network.js";

/**
 * Orthogonal kernels times each layer's gain, and biases of 0.
 *
 * @returns Kernel and bias of each layer; the same generator state gives the same bytes.
 * @see A. M. Saxe, J. L. McClelland and S. Ganguli, "Exact solutions to the nonlinear dynamics of learning in deep linear
 * neural networks" (2014), arXiv:1312.6120; the gains are those that CleanRL uses.
 */
export function initialWeights({ inputs, layers }: NetworkSpec, rng: Generator): Float32Array[] {
  let width = inputs;
  return layers.flatMap(({ units, activation, gain = activation === "linear" ? 1 : Math.SQRT2 }) => {
    const kernel = orthogonal(width, units, gain, rng);
    width = units;
    return [kernel, new Float32Array(units)];
  });
}

/** A matrix [rows, columns] whose rows or columns, whichever are fewer, are orthogonal and of length `gain`. */
function orthogonal(rows: number, columns: number, gain: number, rng: Generator): Float32Array {
  const [count, length] = rows < columns ? [rows, columns] : [columns, rows];
  const vectors = Array.from({ length: count }, () => rng.normal(0, 1, length));
  for (let k = 0; k < count; k++) {
    const vector = vectors[k]!;
    // Twice is enough: the second pass takes away what rounding left of the first.
    for (let pass = 0; pass < 2; pass++) for (let j = 0; j < k; j++) subtractProjection(vector, vectors[j]!);
    const norm = Math.sqrt(dot(vector, vector));
    for (let i = 0; i < length; i++) vector[i]! /= norm;
  }
  const matrix = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const value = rows < columns ? vectors[row]![column]! : vectors[column]![row]!;
      matrix[row * columns + column] = gain * value;
    }
  }
  return matrix;
}

/** Takes away from a vector its part along a unit vector. */
function subtractProjection(vector: Float64Array, unit: Float64Array): void {
  const along = dot(vector, unit);
  for (let i = 0; i < vector.length; i++) vector[i]! -= along * unit[i]!;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
