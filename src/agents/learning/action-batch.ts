/** Actions of a head as the environment wants them. @module */
import { type Dtype, isFloat, zeros } from "../../dtype.js";
import { PolicyMismatchError } from "../../errors.js";
import { Box, Discrete, MultiDiscrete, type Space } from "../../spaces/index.js";

/** Turns rows of a head's actions into actions of a space. */
export class ActionBatch {
  /** Number of values of each component; empty for a continuous space. */
  readonly sizes: readonly number[];
  /** Numbers in an action. */
  readonly size: number;
  readonly #space: Space<unknown>;
  readonly #firsts: ArrayLike<number>;

  /**
   * @param algorithm - For the message.
   * @param fits - Which kinds of space the algorithm can act in.
   * @throws PolicyMismatchError for another space, saying which algorithms fit
   */
  constructor(space: Space<unknown>, algorithm: string, fits: "discrete" | "continuous" | "both" = "both") {
    this.#space = space;
    const discrete = componentsOf(space);
    const isContinuous = space instanceof Box && isFloat(space.dtype as Dtype);
    const fitting = (discrete !== null && fits !== "continuous") || (isContinuous && fits !== "discrete");
    if (!fitting) throw new PolicyMismatchError(algorithm, wantedSpace(fits), `${space}. ${adviceFor(space)}`);
    this.sizes = discrete?.sizes ?? [];
    this.#firsts = discrete?.firsts ?? [];
    this.size = discrete?.sizes.length ?? (space as Box).low.length;
  }

  /** One action, as the single space holds it. */
  single(actions: Float32Array, row: number): unknown {
    if (this.#space instanceof Discrete) return actions[row]! + this.#firsts[0]!;
    const values = this.batch(actions.subarray(row * this.size, (row + 1) * this.size), 1);
    return values;
  }

  /** Actions of shape [rows, size] in one new array: Int32Array, or the element type of a Box. */
  batch(actions: Float32Array, rows: number): Int32Array | Float32Array {
    const { size } = this;
    if (this.sizes.length > 0) {
      const values = new Int32Array(rows * size);
      for (let i = 0; i < values.length; i++) values[i] = actions[i]! + this.#firsts[i % size]!;
      return values;
    }
    const space = this.#space as Box<"float32">;
    const values = zeros(space.dtype, rows * size);
    for (let i = 0; i < values.length; i++) values[i] = toBounds(space, i % size, actions[i]!);
    return values;
  }

  /** Rows of the space's actions as a head has them: what `batch` undoes. */
  toHead(actions: ArrayLike<number>, rows: number): Float32Array {
    const { size } = this;
    const values = new Float32Array(rows * size);
    for (let i = 0; i < values.length; i++) {
      values[i] =
        this.sizes.length > 0
          ? actions[i]! - this.#firsts[i % size]!
          : fromBounds(this.#space as Box<"float32">, i % size, actions[i]!);
    }
    return values;
  }
}

/** −1 to 1 for the range of a bounded element; any other element is cut to the bounds it has. */
function toBounds({ low, high, boundedBelow, boundedAbove }: Box<"float32">, i: number, value: number): number {
  const [least, most] = [low[i]!, high[i]!];
  const isBounded = boundedBelow[i] === 1 && boundedAbove[i] === 1;
  const scaled = isBounded ? least + ((value + 1) / 2) * (most - least) : value;
  return Math.min(most, Math.max(least, scaled));
}

function fromBounds({ low, high, boundedBelow, boundedAbove }: Box<"float32">, i: number, value: number): number {
  const isBounded = boundedBelow[i] === 1 && boundedAbove[i] === 1;
  return isBounded ? (2 * (value - low[i]!)) / (high[i]! - low[i]!) - 1 : value;
}

function componentsOf(space: Space<unknown>): { sizes: number[]; firsts: number[] } | null {
  if (space instanceof Discrete) return { sizes: [Number(space.n)], firsts: [Number(space.start)] };
  if (space instanceof MultiDiscrete) return { sizes: Array.from(space.nvec), firsts: Array.from(space.start) };
  return null;
}

function wantedSpace(fits: "discrete" | "continuous" | "both"): string {
  if (fits === "continuous") return "a Box of floats as action space";
  return `a Discrete or MultiDiscrete${fits === "both" ? " space, or a Box of floats," : ""} as action space`;
}

function adviceFor(space: Space<unknown>): string {
  if (componentsOf(space) !== null) return "PPO, PPO-Lagrangian, A2C, DQN and CEM fit it";
  if (space instanceof Box && isFloat(space.dtype as Dtype)) return "PPO, PPO-Lagrangian, A2C, SAC and CEM fit it";
  return "None of the algorithms fits it: wrap the environment so that its actions are one of these";
}
