/** How the rings of a store are laid out. @module */

/** Rows of a ring that keeps so many samples. */
export function ringOfSamples(samples: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(2, samples)));
}

/** By row, which of the optional ones it is, or -1. */
export function optionalRows(optional: Uint8Array): Int32Array {
  let found = 0;
  return Int32Array.from(optional, (isOptional) => (isOptional === 1 ? found++ : -1));
}
