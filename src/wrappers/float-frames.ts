/** The last frames of float32 numbers, one behind the other. @module */

/** How many more frames there is room for: the old ones are moved once in as many steps. */
const ROOM = 16;

/** A row of frames of equal length that gives itself as one array. */
export class FloatFrames {
  readonly #frameLength: number;
  readonly #memory: Float32Array;
  /** All places that the row has in the memory, each one frame further. */
  readonly #places: readonly Float32Array[];
  #place = 0;

  constructor(frameLength: number, count: number) {
    const length = frameLength * count;
    const memory = new Float32Array(length + frameLength * ROOM);
    this.#frameLength = frameLength;
    this.#memory = memory;
    this.#places = Array.from({ length: ROOM + 1 }, (_, i) =>
      memory.subarray(i * frameLength, i * frameLength + length),
    );
  }

  /** Adds the latest frame, and drops the oldest. */
  push(frame: ArrayLike<number>): void {
    const length = this.#frameLength;
    const memory = this.#memory;
    if (this.#place === ROOM) {
      memory.set(this.#places[ROOM]!);
      this.#place = 0;
    }
    this.#place++;
    const end = this.#places[this.#place]!.length + this.#place * length;
    for (let i = 0; i < length; i++) memory[end - length + i] = frame[i]!;
  }

  /** All frames, the latest last, in a new array. */
  toArray(): Float32Array {
    return new Float32Array(this.#places[this.#place]!);
  }

  /** Puts back what {@link toArray} gave. */
  load(all: Float32Array): void {
    this.#memory.set(all);
    this.#place = 0;
  }
}
