/** Losses of action values, with gradients with respect to the network's outputs. @module */

/** Values to correct. */
export interface TdBatch {
  readonly rows: number;
  /** The network's outputs now: shape [rows, outputs]. */
  readonly outputs: Float32Array;
  /** Which output of each row is meant. */
  readonly chosen: ArrayLike<number>;
  /** What it should be. */
  readonly targets: ArrayLike<number>;
}

/**
 * The mean Huber loss: half the squared error up to 1, linear beyond.
 *
 * @param gradients - Receives the gradient: shape [rows, outputs], 0 but for the outputs that are meant.
 * @see V. Mnih et al., "Human-level control through deep reinforcement learning" (2015), for the error cut to ±1
 */
export function tdLoss({ rows, outputs, chosen, targets }: TdBatch, gradients: Float32Array): number {
  const width = outputs.length / rows;
  gradients.fill(0, 0, rows * width);
  let loss = 0;
  for (let row = 0; row < rows; row++) {
    const at = row * width + chosen[row]!;
    const error = outputs[at]! - targets[row]!;
    const size = Math.abs(error);
    loss += size <= 1 ? 0.5 * error * error : size - 0.5;
    gradients[at] = Math.min(1, Math.max(-1, error)) / rows;
  }
  return loss / rows;
}
