/** Losses of value estimates, with gradients with respect to the network's outputs. @module */

/** Values to correct. All arrays hold at least `rows` numbers. */
export interface ValueBatch {
  readonly rows: number;
  /** The network's outputs now. */
  readonly values: Float32Array;
  /** What they were when the rollout was made. */
  readonly oldValues: Float32Array;
  /** What they should be. */
  readonly returns: Float32Array;
}

/**
 * Half the mean squared error; with a clip, the greater of it and the error of the value kept near its old one.
 *
 * @param clipCoef - How far a value may move from its old one and still be followed; Infinity for any distance.
 * @param weight - Factor of the gradient, not of the loss.
 * @param gradients - Receives the gradient: shape [rows].
 * @see https://github.com/vwxyzjn/cleanrl, `clip_vloss`
 */
export function valueLoss(
  { rows, values, oldValues, returns }: ValueBatch,
  clipCoef: number,
  weight: number,
  gradients: Float32Array,
): number {
  let loss = 0;
  for (let row = 0; row < rows; row++) {
    const target = returns[row]!;
    const error = values[row]! - target;
    const moved = values[row]! - oldValues[row]!;
    const kept = oldValues[row]! + Math.min(clipCoef, Math.max(-clipCoef, moved));
    const keptError = kept - target;
    const isCut = keptError * keptError > error * error;
    loss += isCut ? keptError * keptError : error * error;
    gradients[row] = isCut ? 0 : (weight * error) / rows;
  }
  return loss / (2 * rows);
}
