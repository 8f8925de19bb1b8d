/** The spaces whose values fill one array when there are many of them. @module */
import type { Dtype, IntegerDtype } from "../dtype.js";
import { Box } from "./box.js";
import { Discrete } from "./discrete.js";
import { MultiBinary } from "./multi-binary.js";
import { MultiDiscrete, type MultiDiscreteDtype } from "./multi-discrete.js";
import type { Space } from "./space.js";

/** A space whose batch is one array. */
export type ArraySpace = Box<Dtype> | Discrete<IntegerDtype> | MultiDiscrete<MultiDiscreteDtype> | MultiBinary;

/** Whether a batch of a space's values is one array. Those of a Discrete must fit 32 bits. */
export function isArraySpace(space: Space<unknown>): space is ArraySpace {
  if (space instanceof Discrete)
    return space.start >= -(2 ** 31) && space.start + space.n <= 2 ** 31 && space.n < 2 ** 31;
  return space instanceof Box || space instanceof MultiDiscrete || space instanceof MultiBinary;
}

/** Element type of a batch: for a Discrete of 64 bits int32, as numbers of 64 bits are no numbers here. */
export function batchDtype(space: ArraySpace): Dtype {
  return space instanceof Discrete ? discreteBatchDtype(space) : space.dtype;
}

/** Element type of a batch of a Discrete. */
export function discreteBatchDtype({ dtype }: Discrete<IntegerDtype>): MultiDiscreteDtype {
  return dtype === "int64" || dtype === "uint64" ? "int32" : dtype;
}
