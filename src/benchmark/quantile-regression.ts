/** Linear functions that a share of values lies below. @module */

/** Rounds of reweighting. */
const ROUNDS = 40;
/** Keeps the equations solvable where inputs hang together. */
const RIDGE = 1e-6;

/**
 * The weights of the linear function whose pinball loss is least: about a share `quantile` of the targets lies below it. Found by least squares, reweighted by the distance of
 * each target in every round.
 *
 * @param inputs - Rows of `width` numbers, one after the other.
 * @param targets - One for each row.
 * @see R. Koenker and G. Bassett, "Regression Quantiles", Econometrica 46 (1978); E. J. Schlossmacher, "An Iterative Technique for Absolute Deviations
 * Curve Fitting", JASA 68 (1973), for the reweighting
 */
export function quantileRegression(
  inputs: Float64Array,
  targets: Float64Array,
  width: number,
  quantile: number,
): number[] {
  const scale = meanDistance(targets);
  const nearest = 1e-3 * (scale || 1);
  let weights: number[] = new Array(width).fill(0);
  for (let round = 0; round < ROUNDS; round++) {
    const matrix = new Float64Array(width * width);
    const vector = new Float64Array(width);
    for (let row = 0, at = 0; row < targets.length; row++, at += width) {
      let value = 0;
      for (let k = 0; k < width; k++) value += weights[k]! * inputs[at + k]!;
      const apart = targets[row]! - value;
      const weight = round === 0 ? 1 : (apart > 0 ? quantile : 1 - quantile) / Math.max(Math.abs(apart), nearest);
      for (let i = 0; i < width; i++) {
        const input = weight * inputs[at + i]!;
        vector[i]! += input * targets[row]!;
        for (let j = 0; j <= i; j++) matrix[i * width + j]! += input * inputs[at + j]!;
      }
    }
    weights = solve(matrix, vector, width);
  }
  return weights;
}

function meanDistance(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + Math.abs(value - mean), 0) / values.length;
}

/** Solves symmetric equations by Cholesky's decomposition. @param matrix - Its lower triangle; overwritten. */
function solve(matrix: Float64Array, vector: Float64Array, width: number): number[] {
  let trace = 0;
  for (let k = 0; k < width; k++) trace += matrix[k * width + k]!;
  for (let k = 0; k < width; k++) matrix[k * width + k]! += (RIDGE * trace) / width + Number.MIN_VALUE;
  for (let i = 0; i < width; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * width + j]!;
      for (let k = 0; k < j; k++) sum -= matrix[i * width + k]! * matrix[j * width + k]!;
      matrix[i * width + j] = i === j ? Math.sqrt(Math.max(sum, Number.MIN_VALUE)) : sum / matrix[j * width + j]!;
    }
  }
  const result = Array.from(vector);
  for (let i = 0; i < width; i++) {
    for (let k = 0; k < i; k++) result[i]! -= matrix[i * width + k]! * result[k]!;
    result[i]! /= matrix[i * width + i]!;
  }
  for (let i = width - 1; i >= 0; i--) {
    for (let k = i + 1; k < width; k++) result[i]! -= matrix[k * width + i]! * result[k]!;
    result[i]! /= matrix[i * width + i]!;
  }
  return result;
}
