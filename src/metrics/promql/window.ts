/** Sample windows over a block of environments. @module */
import type { Frame } from "./frame.js";
import type { SampleWindow } from "./sample-window.js";

/**
 * Collects the samples of environment `first + i` in a window that are present, oldest first, into `samples` and `backs`.
 * @returns how many there are
 */
export function gatherSamples(frame: Frame, row: number, { newest, oldest }: SampleWindow, i: number): number {
  const { first, store, samples, backs } = frame;
  const { position, count, numEnvs, ring, values } = store;
  const env = first + i;
  const optional = store.optionalRow[row]!;
  let size = 0;
  for (let back = Math.min(oldest, count[env]! - 1); back >= newest; back--) {
    const place = (position[env]! - back) & (ring - 1);
    if (optional >= 0 && store.present[(optional * ring + place) * numEnvs + env] === 0) continue;
    samples[size] = values[(row * ring + place) * numEnvs + env]!;
    backs[size++] = back;
  }
  return size;
}

/** Lists all environments of the block in `left`. */
export function allOf({ left, size }: Frame): number {
  for (let i = 0; i < size; i++) left[i] = i;
  return size;
}
