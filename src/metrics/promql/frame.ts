/** What operations of a compiled query work on: columns of values over a block of environments. @module */
import type { SeriesStore } from "../series-store.js";

/** Environments evaluated at a time, so that a block's columns stay in the cache. */
export const BLOCK_ENVS = 256;

/**
 * Scratch memory of one program and one store. A column holds one value per environment of the block:
 * column c's value of environment `first + i` is at `c * stride + i`.
 */
export interface Frame {
  readonly store: SeriesStore;
  readonly stride: number;
  readonly values: Float64Array;
  /** 1 where the column has a value; elsewhere the value is unspecified. */
  readonly present: Uint8Array;
  /** Sample windows, {@link WINDOW_FIELDS} columns each. */
  readonly windows: Int32Array;
  /** Values of one window's samples, and how many samples back each is, oldest first. Filled by `gatherSamples`. */
  readonly samples: Float64Array;
  readonly backs: Int32Array;
  first: number;
  size: number;
}

/** One step of a program: fills one column from others or from the store. */
export type Operation = (frame: Frame) => void;

/** Columns of a window: ring place of its newest and of its oldest sample, number of the oldest, how many there are. */
export const WINDOW_FIELDS = 4;

/** Memory for a block of environments. The stride is kept off powers of two, which would share cache lines. */
export function createFrame(store: SeriesStore, columns: number, windows: number): Frame {
  const size = Math.min(store.numEnvs, BLOCK_ENVS);
  const stride = size < 8 ? size : size + 8;
  return {
    store,
    stride,
    values: new Float64Array(columns * stride),
    present: new Uint8Array(columns * stride),
    windows: new Int32Array(windows * WINDOW_FIELDS * stride),
    samples: new Float64Array(store.ring),
    backs: new Int32Array(store.ring),
    first: 0,
    size: 0,
  };
}
