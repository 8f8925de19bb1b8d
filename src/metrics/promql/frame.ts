/** What operations of a compiled query work on: columns of values over a block of environments. @module */
import { bytesFor } from "../column-memory.js";
import type { SeriesStore } from "../series-store.js";
import type { CodeWriter } from "./code-writer.js";

/** Environments evaluated at a time, so that a block's columns stay in the cache. */
const BLOCK_ENVS = 128;

/**
 * Scratch memory of one program and one store, in the store's memory. A column holds one value per environment of the block:
 * column c's value of environment `first + i` is at `c * stride + i`.
 */
export interface Frame {
  readonly store: SeriesStore;
  readonly stride: number;
  readonly values: Float64Array;
  /** 1 where the column has a value; elsewhere the value is unspecified. */
  readonly present: Uint8Array;
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

/**
 * A step of a program that the host runs: fills columns from others or from the store. Where it does what the kernel leaves over,
 * `listed` environments are in the frame's `left`, and `item` says which of the step's columns it is about.
 */
export type Operation = (frame: Frame, item: number, listed: number) => void;

/** A step of a program that the kernel runs, and what the host does of it. */
export interface CodedStep {
  /** Writes the step; `step` is the number to give where the host is to be called. */
  readonly write: (code: CodeWriter, step: number) => void;
  readonly host?: Operation;
}

/** One step of a program: fills columns from others or from the store. */
export type Step = Operation | CodedStep;

/** Environments of a block, and length of a column: even, so that it holds pairs, and off powers of two, which would share cache lines. */
export function blockShape(numEnvs: number): { readonly size: number; readonly stride: number } {
  const size = Math.min(numEnvs, BLOCK_ENVS);
  return { size, stride: 2 * Math.ceil((size < 8 ? size : size + 8) / 2) };
}

/** Room that {@link createFrame} needs in the store's memory. Unit: bytes. */
export function frameBytes(numEnvs: number, columns: number, windows: number): number {
  const { size, stride } = blockShape(numEnvs);
  const integers = bytesFor(4, windows, windows, windows, windows * stride, 2 * size);
  return bytesFor(8, columns * stride) + bytesFor(1, columns * stride) + integers;
}

/** Memory for a block of environments. */
export function createFrame(store: SeriesStore, columns: number, windows: number): Frame {
  const { memory, ring } = store;
  const { size, stride } = blockShape(store.numEnvs);
  const frame = {
    store,
    stride,
    values: memory.float64(columns * stride),
    present: memory.uint8(columns * stride),
    restSize: memory.int32(windows),
    rest: memory.int32(windows * stride),
    left: memory.int32(2 * size),
    samples: new Float64Array(ring),
    backs: new Int32Array(ring),
    spare: new Float64Array(size),
    first: 0,
    size: 0,
  };
  const { values, present, restSize, rest, left } = frame;
  memory.place({ stride, values, present, restSize, rest, left });
  memory.place({ newest: memory.int32(windows), oldest: memory.int32(windows) });
  return frame;
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
