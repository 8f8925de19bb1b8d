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
  readonly #isFloat32: boolean;

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
    this.#isFloat32 = box.dtype === "float32";
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
    return this.#isFloat32 ? this.#forwardFloat32(values) : this.#forwardFloat64(values);
  }

  #forwardFloat32(values: ArrayLike<number>): Float32Array {
    const [gradient, intercept] = [this.#gradient, this.#intercept];
    const size = gradient.length;
    const { fround } = Math;
    const result = new Float32Array(values.length);
    for (let at = 0, i = 0; at < result.length; at++) {
      result[at] = fround(gradient[i]! * values[at]!) + intercept[i]!;
      i = i + 1 === size ? 0 : i + 1;
    }
    return result;
  }

  #forwardFloat64(values: ArrayLike<number>): Float64Array {
    const [gradient, intercept] = [this.#gradient, this.#intercept];
    const size = gradient.length;
    const result = new Float64Array(values.length);
    for (let at = 0; at < result.length; at++) result[at] = gradient[at % size]! * values[at]! + intercept[at % size]!;
    return result;
  }

  /** Back from the new bounds; a new array. Takes one value or a batch of them. */
  backward(values: ArrayLike<number>): FloatArray {
    const [gradient, intercept] = [this.#gradient, this.#intercept];
    const size = gradient.length;
    const isFloat32 = this.#isFloat32;
    const result = isFloat32 ? new Float32Array(values.length) : new Float64Array(values.length);
    for (let at = 0; at < result.length; at++) {
      const shifted = values[at]! - intercept[at % size]!;
      result[at] = (isFloat32 ? Math.fround(shifted) : shifted) / gradient[at % size]!;
    }
    return result;
  }
}

function checkInfinite(name: string, bounds: Float64Array, inner: FloatArray): void {
  for (let i = 0; i < bounds.length; i++) {
    if ((!Number.isFinite(bounds[i]) || !Number.isFinite(inner[i])) && bounds[i] !== inner[i]) {
      throw new InvalidOptionError(`${name}[${i}]`, `infinite exactly where the space is, at ${inner[i]}`, bounds[i]);
    }
  }
}
