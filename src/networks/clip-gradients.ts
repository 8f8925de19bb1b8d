/** Clipping by the global norm. @module */
import type { Network } from "./network.js";

/** What {@link clipGradients} finds. */
export interface ClippedGradients {
  /** Euclidean norm of all kept gradients together; NaN or Infinity where one is. */
  readonly norm: number;
  /** What to pass to `step` as `scale`: 1, or less where the norm lies above the limit. */
  readonly scale: number;
}

/**
 * The factor that brings the gradients of several networks together to a norm of at most `maxNorm`.
 *
 * @param maxNorm - Above 0; Infinity for no limit.
 * @see R. Pascanu, T. Mikolov and Y. Bengio, "On the difficulty of training recurrent neural networks" (2013), arXiv:1211.5063
 */
export function clipGradients(networks: readonly Network[], maxNorm: number): ClippedGradients {
  let sum = 0;
  for (const network of networks) sum += network.squaredGradientNorm();
  const norm = Math.sqrt(sum);
  return { norm, scale: norm > maxNorm ? maxNorm / norm : 1 };
}
