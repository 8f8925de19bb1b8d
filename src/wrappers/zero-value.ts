/** The value of a space nearest to zero. @module */
import { type Dtype, zeros } from "../dtype.js";
import { NotSupportedError } from "../errors.js";
import { Box } from "../spaces/box.js";
import { concatenate, createEmptyArray } from "../spaces/concatenate.js";
import { Dict, type DictSpaces } from "../spaces/dict.js";
import { Discrete } from "../spaces/discrete.js";
import { Graph, type GraphInstance } from "../spaces/graph.js";
import { MultiBinary } from "../spaces/multi-binary.js";
import { MultiDiscrete } from "../spaces/multi-discrete.js";
import { OneOf } from "../spaces/one-of.js";
import { Sequence } from "../spaces/sequence.js";
import type { Space, ValueOf } from "../spaces/space.js";
import { Text } from "../spaces/text.js";
import { Tuple } from "../spaces/tuple.js";
import type { NumericArray } from "./box-of.js";
import { castArray } from "./cast-array.js";

/**
 * Zeros, or the nearest that lies in the space: the shortest text, the empty sequence, a graph of one node.
 * @returns A new value.
 * @throws {@link NotSupportedError} for a space of another kind.
 */
export function zeroValue<S extends Space<unknown>>(space: S): ValueOf<S> {
  return zeroOf(space) as ValueOf<S>;
}

function zeroOf(space: Space<unknown>): unknown {
  if (space instanceof Box) return zeroOfBox(space as Box<Dtype>);
  if (space instanceof Discrete) return space.start;
  if (space instanceof MultiDiscrete) return castArray(space.start, space.dtype as Dtype);
  if (space instanceof MultiBinary) return new Int8Array(space.shape.reduce((size, length) => size * length, 1));
  if (space instanceof Text) return space.characterList[0]!.repeat(space.minLength);
  if (space instanceof Tuple) return (space.spaces as readonly Space<unknown>[]).map(zeroOf);
  if (space instanceof OneOf) return [0, zeroOf((space.spaces as readonly Space<unknown>[])[0]!)];
  if (space instanceof Sequence) return space.stack ? batchOfOne(space.featureSpace as Space<unknown>) : [];
  if (space instanceof Graph) return zeroOfGraph(space as Graph<Space<unknown>, Space<unknown> | null>);
  if (space instanceof Dict) {
    const { spaces } = space as Dict<DictSpaces>;
    return Object.fromEntries(Object.entries(spaces).map(([key, part]) => [key, zeroOf(part)]));
  }
  throw new NotSupportedError(`A zero of ${space}`, "Use spaces of the library.");
}

function zeroOfBox({ low, high, dtype }: Box<Dtype>): NumericArray {
  const zero = zeros<Dtype>(dtype, low.length);
  for (let i = 0; i < zero.length; i++) {
    if (low[i]! > 0) zero[i] = low[i]!;
    else if (high[i]! < 0) zero[i] = high[i]!;
  }
  return zero;
}

function zeroOfGraph({ nodeSpace, edgeSpace }: Graph<Space<unknown>, Space<unknown> | null>): GraphInstance {
  const nodes = batchOfOne(nodeSpace);
  if (edgeSpace === null) return { nodes, edges: null, edgeLinks: null };
  return { nodes, edges: batchOfOne(edgeSpace), edgeLinks: Int32Array.of(0, 0) };
}

function batchOfOne(space: Space<unknown>): unknown {
  return concatenate(space, [zeroOf(space)] as never, createEmptyArray(space, 1));
}
