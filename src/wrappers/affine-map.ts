/** The line from one Box onto another, element by element. @module */
import { zeros } from "../dtype.js";
import { InvalidOptionError } from "../errors.js";
import { Box } from "../spaces/box.js";
import type { Space } from "../spaces/space.js";
import { type Bound, boundToJson, type FloatArray, flatBound, floatBoxOf } from "./box-of.js";

type FloatBox = Box<"float32" | "float64">;

/**
 * Maps the bounds of a Box onto new ones. It calculates in the element type of the Box, rounding as Gymnasium does; only
 * the gradient is divided in float64 where Gymnasium uses float128, so that in a float64 Box its last bit may differ.
 */
export class AffineMap {
  /** The Box with the new bounds. */
  readonly space: FloatBox;
  /** The new bounds by name, as a spec holds them. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly #gradient: FloatArray;
  readonly #intercept: FloatArray;

  /**
   * @param name - What the space is called in messages.
   * @param space - What is mapped.
   * @param bounds - The new lower and upper bounds, in this order, by the names of their options.
   * @throws {@link InvalidOptionError} when the space is no Box of floating-point numbers, an infinite bound would become
   *   finite or the reverse, or bounds are in the wrong order or too many or too few.
   */
  constructor(name: string, space: Space<unknown>, bounds: Readonly<Record<string, Bound>>) {
    const box = floatBoxOf(name, space);
    const names = Object.keys(bounds) as [low: string, high: string];
    const [low, high] = names.map((option) => flatBound(option, bounds[option]!, box.low.length)) as [
      Float64Array,
      Float64Array,
    ];
    this.options = { [names[0]]: boundToJson(low), [names[1]]: boundToJson(high) };
    checkInfinite(names[0], low, box.low);
    checkInfinite(names[1], high, box.high);
    this.#gradient = zeros(box.dtype, low.length).fill(1);
    this.#intercept = zeros(box.dtype, low.length);
    const [gradient, intercept] = [this.#gradient, this.#intercept];
    for (let i = 0; i < low.length; i++) {
      if (!(high[i]! >= low[i]!)) throw new InvalidOptionError(`${names[1]}[${i}]`, `at least ${low[i]}`, high[i]);
      const isFiniteAbove = Number.isFinite(high[i]);
      if (isFiniteAbove && Number.isFinite(low[i])) gradient[i] = (high[i]! - low[i]!) / (box.high[i]! - box.low[i]!);
      if (isFiniteAbove) intercept[i] = high[i]! - box.high[i]!;
      if (!Number.isFinite(low[i])) continue;
      intercept[i] = gradient[i]! * -box.low[i]!;
      intercept[i] = intercept[i]! + low[i]!;
    }
    this.space = new Box(low, high, { shape: box.shape, dtype: box.dtype });
  }

  /** Onto the new bounds; a new array. Takes one value or a batch of them. */
  forward(values: ArrayLike<number>): FloatArray {
    const [gradient, intercept] = [this.#gradient, this.#intercept];
    const size = gradient.length;
    const result = this.#empty(values.length);
    for (let start = 0; start < result.length; start += size) {
      for (let i = 0; i < size; i++) {
        // Two assignments, as each rounds to the element type.
        result[start + i] = gradient[i]! * values[start + i]!;
        result[start + i] = result[start + i]! + intercept[i]!;
      }
    }
    return result;
  }

  /** Back from the new bounds; a new array. Takes one value or a batch of them. */
  backward(values: ArrayLike<number>): FloatArray {
    const [gradient, intercept] = [this.#gradient, this.#intercept];
    const size = gradient.length;
    const result = this.#empty(values.length);
    for (let start = 0; start < result.length; start += size) {
      for (let i = 0; i < size; i++) {
        result[start + i] = values[start + i]! - intercept[i]!;
        result[start + i] = result[start + i]! / gradient[i]!;
      }
    }
    return result;
  }

  #empty(length: number): FloatArray {
    return this.space.dtype === "float32" ? new Float32Array(length) : new Float64Array(length);
  }
}

function checkInfinite(name: string, bounds: Float64Array, inner: FloatArray): void {
  for (let i = 0; i < bounds.length; i++) {
    if ((!Number.isFinite(bounds[i]) || !Number.isFinite(inner[i])) && bounds[i] !== inner[i]) {
      throw new InvalidOptionError(`${name}[${i}]`, `infinite exactly where the space is, at ${inner[i]}`, bounds[i]);
    }
  }
}
