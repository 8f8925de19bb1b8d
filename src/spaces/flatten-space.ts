/** The box that holds a space's flattened values. @module */
import type { Dtype } from "../dtype.js";
import { Box } from "./box.js";
import { Dict, type DictSpaces } from "./dict.js";
import { flatdim, isExactInFloat32 } from "./flatten.js";
import type { Space } from "./space.js";

/**
 * The Box of one axis that contains every value of a space after {@link flatten}: of float32 where that is exact, of
 * float64 otherwise.
 * @throws {@link NotSupportedError} for a space that cannot be flattened.
 * @example
 * flattenSpace(new Discrete(5)).toString(); // "Box(0.0, 1.0, (5,), float32)"
 */
export function flattenSpace(space: Space<unknown>): Box<"float32" | "float64"> {
  const dtype = isExactInFloat32(space) ? "float32" : "float64";
  const [low, high] = boundsOf(space);
  return new Box(low, high, { shape: [low.length], dtype });
}

function boundsOf(space: Space<unknown>): readonly [low: number[], high: number[]] {
  if (space instanceof Box) {
    const { low, high } = space as Box<Dtype>;
    return [Array.from(low, Number), Array.from(high, Number)];
  }
  if (space instanceof Dict) {
    const parts = Object.values((space as Dict<DictSpaces>).spaces).map(boundsOf);
    return [parts.flatMap(([low]) => low), parts.flatMap(([, high]) => high)];
  }
  const length = flatdim(space);
  return [new Array<number>(length).fill(0), new Array<number>(length).fill(1)];
}
