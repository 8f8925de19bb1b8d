/** Numbers in another element type. @module */
import { type Dtype, type TypedArrayOf, zeros } from "../dtype.js";
import { InvalidOptionError } from "../errors.js";
import { Box } from "../spaces/box.js";
import { Discrete } from "../spaces/discrete.js";
import { MultiBinary } from "../spaces/multi-binary.js";
import { MultiDiscrete } from "../spaces/multi-discrete.js";
import type { Space } from "../spaces/space.js";

/** A number or an array as a new array of an element type; integers lose what is behind the point. */
export function castArray<D extends Dtype>(values: number | ArrayLike<number | bigint>, dtype: D): TypedArrayOf<D> {
  const source: ArrayLike<number | bigint> = typeof values === "number" ? [values] : values;
  return (
    typeof source[0] === "bigint" ? castBigInts(source, dtype) : castNumbers(source as ArrayLike<number>, dtype)
  ) as TypedArrayOf<D>;
}

/** The usual element types are written out, as an array made by a constructor chosen at run time takes thrice as long. */
function castNumbers(source: ArrayLike<number>, dtype: Dtype): TypedArrayOf<Dtype> {
  const { length } = source;
  if (dtype === "float32") {
    const result = new Float32Array(length);
    for (let i = 0; i < length; i++) result[i] = source[i]!;
    return result;
  }
  if (dtype === "float64") {
    const result = new Float64Array(length);
    for (let i = 0; i < length; i++) result[i] = source[i]!;
    return result;
  }
  const result = zeros(dtype, length);
  for (let i = 0; i < length; i++) {
    result[i] =
      result instanceof BigInt64Array || result instanceof BigUint64Array ? BigInt(Math.trunc(source[i]!)) : source[i]!;
  }
  return result;
}

function castBigInts(source: ArrayLike<number | bigint>, dtype: Dtype): TypedArrayOf<Dtype> {
  const result = zeros(dtype, source.length);
  const isBig = dtype === "int64" || dtype === "uint64";
  for (let i = 0; i < result.length; i++) result[i] = isBig ? BigInt(source[i]!) : Number(source[i]);
  return result;
}

/**
 * The Box that holds a space's values in another element type; that of a Discrete has an empty shape.
 * @throws {@link InvalidOptionError} when the space has no arrays, or its bounds do not fit the type.
 */
export function castSpace<D extends Dtype>(space: Space<unknown>, dtype: D): Box<D> {
  if (space instanceof Box) {
    const { low, high, shape } = space as Box<Dtype>;
    return new Box(low, high, { shape, dtype });
  }
  if (space instanceof Discrete) {
    return new Box(space.start, space.start + space.n - 1, { shape: [], dtype });
  }
  if (space instanceof MultiBinary) return new Box(0, 1, { shape: space.shape, dtype });
  if (space instanceof MultiDiscrete) {
    const high = space.nvec.map((count, i) => space.start[i]! + count - 1);
    return new Box(space.start, high, { shape: space.shape, dtype });
  }
  throw new InvalidOptionError("env.observationSpace", "a Box, Discrete, MultiDiscrete or MultiBinary", space);
}
