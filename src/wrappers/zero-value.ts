/** The value of a space nearest to zero. @module */
import type { Dtype } from "../dtype.js";
import { NotSupportedError } from "../errors.js";
import { Box } from "../spaces/box.js";
import { Dict, type DictSpaces } from "../spaces/dict.js";
import { Discrete } from "../spaces/discrete.js";
import { MultiDiscrete } from "../spaces/multi-discrete.js";
import type { Space, ValueOf } from "../spaces/space.js";
import type { NumericArray } from "./box-of.js";

/**
 * Zeros, or the nearest that lies in the space.
 * @returns A new value.
 * @throws {@link NotSupportedError} for a space of another kind.
 */
export function zeroValue<S extends Space<unknown>>(space: S): ValueOf<S> {
  return zeroOf(space) as ValueOf<S>;
}

function zeroOf(space: Space<unknown>): unknown {
  if (space instanceof Box) return zeroOfBox(space as Box<Dtype>);
  if (space instanceof Discrete) return space.start;
  if (space instanceof MultiDiscrete) return space.start.slice();
  if (space instanceof Dict) {
    const { spaces } = space as Dict<DictSpaces>;
    return Object.fromEntries(Object.entries(spaces).map(([key, part]) => [key, zeroOf(part)]));
  }
  throw new NotSupportedError(`A zero of ${space}`, "Pass an observation of your own instead.");
}

function zeroOfBox({ low, high }: Box<Dtype>): NumericArray {
  const zero = low.slice().fill(0 as never);
  for (let i = 0; i < zero.length; i++) {
    if (low[i]! > 0) zero[i] = low[i]!;
    else if (high[i]! < 0) zero[i] = high[i]!;
  }
  return zero;
}
