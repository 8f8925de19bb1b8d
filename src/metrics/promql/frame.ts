/** What operations of a compiled query work on: columns of values over a block of environments. @module */
import type { SeriesStore } from "../series-store.js";
import type { SampleWindow } from "./sample-window.js";

/** Environments evaluated at a time, so that a block's columns stay in the cache. */
const BLOCK_ENVS = 256;

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
  readonly windows: readonly SampleWindow[];
  /** Per window: where its newest and its oldest sample lie within a series' ring. */
  readonly newest: Int32Array;
  readonly oldest: Int32Array;
  /** Per window: how many environments do not have a full window without counter resets, and, `stride` apart, which. */
  readonly restSize: Int32Array;
  readonly rest: Int32Array;
  /** Environments that an operation leaves for a second, slower pass. */
  readonly left: Int32Array;
  /** Values of one window's samples, and how many samples back each is, oldest first. Filled by `gatherSamples`. */
  readonly samples: Float64Array;
  readonly backs: Int32Array;
  /** Memory for one more column. */
  readonly spare: Float64Array;
  first: number;
  size: number;
}

/** One step of a program: fills columns from others or from the store. */
export type Operation = (frame: Frame) => void;

/** Memory for a block of environments. The stride is kept off powers of two, which would share cache lines. */
export function createFrame(store: SeriesStore, columns: number, windows: readonly SampleWindow[]): Frame {
  const size = Math.min(store.numEnvs, BLOCK_ENVS);
  const stride = size < 8 ? size : size + 8;
  return {
    store,
    stride,
    values: new Float64Array(columns * stride),
    present: new Uint8Array(columns * stride),
    windows,
    newest: new Int32Array(windows.length),
    oldest: new Int32Array(windows.length),
    restSize: new Int32Array(windows.length),
    rest: new Int32Array(windows.length * stride),
    left: new Int32Array(2 * size),
    samples: new Float64Array(store.ring),
    backs: new Int32Array(store.ring),
    spare: new Float64Array(size),
    first: 0,
    size: 0,
  };
}

/** Moves a frame to the environments from `first` on that have their newest samples in one ring row, below `end`. */
export function placeFrame(frame: Frame, first: number, end: number): void {
  const { position } = frame.store;
  const most = Math.min(end, first + BLOCK_ENVS);
  let to = first + 1;
  while (to < most && position[to] === position[first]) to++;
  frame.first = first;
  frame.size = to - first;
}
