/** What off-policy learners remember: the last transitions, drawn from at random. @module */
import type { Generator } from "../../rng.js";

/** Lengths of a transition's parts. */
export interface TransitionShape {
  readonly observationSize: number;
  readonly actionSize: number;
  readonly maskSize: number;
}

/** Transitions drawn from a {@link ReplayBuffer}. All arrays are the buffer's own, valid until the next draw. */
export interface TransitionBatch {
  readonly observations: Float32Array;
  readonly actions: Float32Array;
  /** Sum of the discounted rewards on the way. */
  readonly rewards: Float32Array;
  readonly nextObservations: Float32Array;
  /** What may be done in the next observation. */
  readonly nextMasks: Uint8Array;
  /** What the next observation's value counts for: γ to the number of steps, 0 where the episode was terminated. */
  readonly discounts: Float32Array;
}

/** A {@link ReplayBuffer}'s contents: plain data. */
export interface ReplayState extends TransitionBatch {
  readonly next: number;
  readonly length: number;
}

/** A ring of transitions. */
export class ReplayBuffer {
  readonly capacity: number;
  length = 0;
  #next = 0;
  readonly #store: TransitionBatch;
  readonly #batch: TransitionBatch;
  readonly #batchSize: number;

  constructor(capacity: number, batchSize: number, shape: TransitionShape) {
    this.capacity = capacity;
    this.#batchSize = batchSize;
    this.#store = makeArrays(capacity, shape);
    this.#batch = makeArrays(batchSize, shape);
  }

  /** Takes in one transition; rows of the arrays, the reward and the discount as {@link TransitionBatch} says. */
  add(from: TransitionBatch, row: number): void {
    for (const key of KEYS) copyRow(from[key], row, this.#store[key], this.#next, widthOf(this.#store, key));
    this.#next = (this.#next + 1) % this.capacity;
    this.length = Math.min(this.capacity, this.length + 1);
  }

  /** Draws a batch, with replacement. */
  sample(rng: Generator): TransitionBatch {
    for (let row = 0; row < this.#batchSize; row++) {
      const from = rng.integers(this.length);
      for (const key of KEYS) copyRow(this.#store[key], from, this.#batch[key], row, widthOf(this.#store, key));
    }
    return this.#batch;
  }

  /** A copy of the contents; assign one to go back to it. */
  get state(): ReplayState {
    const rows = Object.fromEntries(
      KEYS.map((key) => [key, this.#store[key].slice(0, this.length * widthOf(this.#store, key))]),
    );
    return { ...(rows as unknown as TransitionBatch), next: this.#next, length: this.length };
  }

  set state(state: ReplayState) {
    for (const key of KEYS) this.#store[key].set(state[key]);
    this.#next = state.next;
    this.length = state.length;
  }
}

const KEYS = ["observations", "actions", "rewards", "nextObservations", "nextMasks", "discounts"] as const;

/** New arrays for some transitions. */
export function makeArrays(rows: number, { observationSize, actionSize, maskSize }: TransitionShape): TransitionBatch {
  return {
    observations: new Float32Array(rows * observationSize),
    actions: new Float32Array(rows * actionSize),
    rewards: new Float32Array(rows),
    nextObservations: new Float32Array(rows * observationSize),
    nextMasks: new Uint8Array(rows * maskSize),
    discounts: new Float32Array(rows),
  };
}

function widthOf(arrays: TransitionBatch, key: (typeof KEYS)[number]): number {
  return arrays[key].length / arrays.rewards.length;
}

function copyRow(
  from: Float32Array | Uint8Array,
  row: number,
  into: Float32Array | Uint8Array,
  at: number,
  width: number,
): void {
  for (let i = 0; i < width; i++) into[at * width + i] = from[row * width + i]!;
}
