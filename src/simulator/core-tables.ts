/** Tables of functions that the kernel in assembly/ looks up; shared, made at first use. @module */
import { exp, inverseNormal, log } from "../elementary.js";
import { regularizedGamma } from "./regularized-gamma.js";

/** log2 of each bucket bound. */
export function boundLogs(bounds: Float64Array): Float64Array {
  return bounds.map((bound) => log(bound) / Math.LN2);
}

/** Cells of the table of the normal quantile, and the tail at either end that it leaves out. */
export const NORMAL_CELLS = 8192;
export const NORMAL_TAIL: number = 1 / 64;

let normal: Float64Array | undefined;

/** The quantile of the standard normal distribution at u = tail + cell · (1 − 2 tail) / cells; linear in between, it is off by less than 3e-6. */
export function normalTable(): Float64Array {
  const scale = NORMAL_CELLS / (1 - 2 * NORMAL_TAIL);
  normal ??= Float64Array.from({ length: NORMAL_CELLS + 1 }, (_, cell) => inverseNormal(NORMAL_TAIL + cell / scale));
  return normal;
}

/** Octaves of u from 2^-33 up to the tail, and the cells of each. */
const TAIL_OCTAVES = 27;
const TAIL_CELLS = 128;
/** Length of {@link tailTable}. */
export const TAIL_SIZE: number = TAIL_OCTAVES * TAIL_CELLS + 1;

let tail: Float64Array | undefined;

/** The quantile of the standard normal distribution at u = 2^(octave − 33) (1 + cell / 128), up to the tail; linear in between, it is off by less than 4e-6. */
export function tailTable(): Float64Array {
  tail ??= Float64Array.from({ length: TAIL_SIZE }, (_, k) =>
    inverseNormal(2 ** (Math.floor(k / TAIL_CELLS) - 33) * (1 + (k % TAIL_CELLS) / TAIL_CELLS)),
  );
  return tail;
}

/** Cells per unit of the table of e^-x, and where it ends. */
const DECAY_CELLS = 64;
const DECAY_END = 32;
/** Length of {@link decayTable}. */
export const DECAY_SIZE: number = DECAY_END * DECAY_CELLS + 2;

let decay: Float64Array | undefined;

/** e^(-cell/64). */
export function decayTable(): Float64Array {
  decay ??= Float64Array.from({ length: DECAY_SIZE }, (_, cell) => exp(-cell / DECAY_CELLS));
  return decay;
}

// Shape k = 2^(row/8 − 2), argument x/mean = 2^(column/8 − 12), as assembly/simulator/responses.ts reads them.
const SHAPE_ROWS = 49;
const SHAPES_PER_OCTAVE = 8;
const SHAPE_LOG2_LOW = -2;
const COLUMNS = 129;
const COLUMNS_PER_OCTAVE = 8;
const COLUMN_LOG2_LOW = -12;
/** Length of {@link gammaTable}. */
export const GAMMA_SIZE: number = SHAPE_ROWS * COLUMNS;

let gamma: Float64Array | undefined;

/** The distribution function of gamma variables of some shape and mean 1, for sums of response times: shape [49, 129]. */
export function gammaTable(): Float64Array {
  if (gamma !== undefined) return gamma;
  gamma = new Float64Array(GAMMA_SIZE);
  for (let row = 0; row < SHAPE_ROWS; row++) {
    const shape = exp(Math.LN2 * (row / SHAPES_PER_OCTAVE + SHAPE_LOG2_LOW));
    for (let column = 0; column < COLUMNS; column++) {
      const ratio = exp(Math.LN2 * (column / COLUMNS_PER_OCTAVE + COLUMN_LOG2_LOW));
      gamma[row * COLUMNS + column] = regularizedGamma(shape, shape * ratio);
    }
  }
  return gamma;
}
