/** The mean squared error, with its gradient with respect to the network's outputs. @module */

/**
 * Mean of (value − target)².
 *
 * @param gradients - Receives the gradient: shape [rows].
 */
export function squaredError(
  values: ArrayLike<number>,
  targets: ArrayLike<number>,
  rows: number,
  gradients: Float32Array,
): number {
  let loss = 0;
  for (let row = 0; row < rows; row++) {
    const error = values[row]! - targets[row]!;
    loss += error * error;
    gradients[row] = (2 * error) / rows;
  }
  return loss / rows;
}
