/** A Box cut into bins of equal width along each element. @module */
import { type Dtype, type TypedArrayOf, zeros } from "../dtype.js";
import { InvalidOptionError } from "../errors.js";
import type { Box } from "../spaces/box.js";
import { Discrete } from "../spaces/discrete.js";
import { MultiDiscrete } from "../spaces/multi-discrete.js";
import type { FloatArray } from "./box-of.js";

/** How a Box is cut. */
export interface BinOptions {
  /** How many bins each element has: one number for all, or one for each. */
  readonly bins: number | readonly number[];
  /** Whether a value is one integer per element, or one for all. @defaultValue false */
  readonly multidiscrete?: boolean;
}

/** The bins of a Box of floating-point numbers, with edges as NumPy's `linspace` rounds them. */
export class BinGrid {
  /** The bins by number: a Discrete, or a MultiDiscrete. */
  readonly space: Discrete | MultiDiscrete;
  /** How many bins each element has. */
  readonly bins: readonly number[];
  /** For each element the edges of its bins, one more than there are bins. */
  readonly edges: readonly FloatArray[];
  readonly #box: Box<"float32" | "float64">;
  readonly #axes: readonly BinAxis[];

  /** @throws {@link InvalidOptionError} when a bound of the Box is infinite, or `bins` does not fit it. */
  constructor(name: string, box: Box<"float32" | "float64">, { bins, multidiscrete = false }: BinOptions) {
    if (!box.isBounded()) throw new InvalidOptionError(name, "a Box with finite bounds", box);
    const size = box.low.length;
    const counts = Array.isArray(bins) ? (bins as readonly number[]) : new Array<number>(size).fill(bins as number);
    if (counts.length !== size || !counts.every((count) => Number.isSafeInteger(count) && count >= 1)) {
      throw new InvalidOptionError("bins", `an integer of at least 1, or a list of ${size} of them`, bins);
    }
    this.bins = [...counts];
    this.#box = box;
    this.edges = counts.map((count, i) => linspace(box.low[i]!, box.high[i]!, count, box.dtype));
    this.#axes = this.edges.map(axisOf);
    this.space = multidiscrete
      ? new MultiDiscrete(this.bins)
      : new Discrete(this.bins.reduce((product, count) => product * count, 1));
  }

  /**
   * In which bin of each element a value lies; what is beyond a bound is in the outermost bin.
   * @param indices - Where they are put.
   */
  indicesOf(value: ArrayLike<number>, indices: Int32Array = new Int32Array(this.bins.length)): Int32Array {
    const axes = this.#axes;
    for (let i = 0; i < axes.length; i++) indices[i] = binOf(axes[i]!, value[i]!);
    return indices;
  }

  /** The same as one number: that of the bin among all, the last element's counting first. */
  flatIndexOf(value: ArrayLike<number>): number {
    const axes = this.#axes;
    let flat = 0;
    for (let i = 0; i < axes.length; i++) flat = flat * axes[i]!.count + binOf(axes[i]!, value[i]!);
    return flat;
  }

  /** The bin of each element whose centre is nearest to a value. */
  nearest(value: ArrayLike<number>): Int32Array {
    return Int32Array.from(this.centers, (centers, i) => {
      let best = 0;
      for (let k = 1; k < centers.length; k++) {
        if (Math.abs(centers[k]! - value[i]!) < Math.abs(centers[best]! - value[i]!)) best = k;
      }
      return best;
    });
  }

  /** For each element the middle of each bin. */
  get centers(): readonly FloatArray[] {
    return this.edges.map((edges) => {
      const centers = edges.slice(1);
      for (let i = 0; i < centers.length; i++) {
        centers[i] = edges[i]! + centers[i]!;
        centers[i] = 0.5 * centers[i]!;
      }
      return centers;
    });
  }

  /** Indices as a value of the space. */
  encode(indices: Int32Array): number | Int32Array {
    if (this.space instanceof MultiDiscrete) return indices;
    let flat = 0;
    for (let i = 0; i < indices.length; i++) flat = flat * this.bins[i]! + indices[i]!;
    return flat;
  }

  /** A value of the space as indices. @param indices - Where they are put. */
  decode(value: number | ArrayLike<number>, indices: Int32Array = new Int32Array(this.bins.length)): Int32Array {
    if (typeof value !== "number") {
      for (let i = 0; i < indices.length; i++) indices[i] = value[i]!;
      return indices;
    }
    let rest = value;
    for (let i = indices.length - 1; i >= 0; i--) {
      indices[i] = rest % this.bins[i]!;
      rest = Math.floor(rest / this.bins[i]!);
    }
    return indices;
  }

  /** One number per element from lists of them, as the Box's array. */
  pick(lists: readonly FloatArray[], indices: ArrayLike<number>, offset: number = 0): TypedArrayOf<Dtype> {
    const picked = zeros(this.#box.dtype, lists.length);
    for (let i = 0; i < lists.length; i++) {
      const list = lists[i]!;
      picked[i] = list[Math.min(Math.max(indices[i]! + offset, 0), list.length - 1)]!;
    }
    return picked;
  }
}

/** The bins of one element. */
interface BinAxis {
  readonly count: number;
  readonly edges: Float64Array;
  readonly low: number;
  readonly binsPerUnit: number;
}

function axisOf(edges: FloatArray): BinAxis {
  const count = edges.length - 1;
  return { count, edges: Float64Array.from(edges), low: edges[0]!, binsPerUnit: count / (edges[count]! - edges[0]!) };
}

/** The last bin that begins at or below a value, but not below the first; NaN counts as above all, as in NumPy. */
function binOf({ count, edges, low, binsPerUnit }: BinAxis, value: number): number {
  // By the width first; edges are rounded, so the bin beside that one may be the right one.
  const guess = (value - low) * binsPerUnit;
  let bin = guess < count ? (guess > 0 ? Math.floor(guess) : 0) : count - 1;
  while (bin > 0 && value < edges[bin]!) bin--;
  while (bin < count - 1 && !(value < edges[bin + 1]!)) bin++;
  return bin;
}

/** Edges of `count` bins from `low` to `high`. */
function linspace(low: number, high: number, count: number, dtype: "float32" | "float64"): FloatArray {
  const edges = dtype === "float32" ? new Float32Array(count + 1) : new Float64Array(count + 1);
  edges[0] = high - low;
  edges[0] = edges[0]! / count;
  const step = edges[0]!;
  for (let i = 0; i <= count; i++) {
    edges[i] = i * step;
    edges[i] = edges[i]! + low;
  }
  edges[count] = high;
  return edges;
}
