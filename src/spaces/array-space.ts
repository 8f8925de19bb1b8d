/** The spaces whose values fill one array when there are many of them. @module */
import type { Dtype } from "../dtype.js";
import { Box } from "./box.js";
import { Discrete } from "./discrete.js";
import { MultiBinary } from "./multi-binary.js";
import { MultiDiscrete } from "./multi-discrete.js";
import type { Space } from "./space.js";

/** A space whose batch is one array. */
export type ArraySpace = Box<Dtype> | Discrete | MultiDiscrete | MultiBinary;

/** Whether a batch of a space's values is one array. Those of a Discrete must fit 32 bits. */
export function isArraySpace(space: Space<unknown>): space is ArraySpace {
  if (space instanceof Discrete)
    return space.start >= -(2 ** 31) && space.start + space.n <= 2 ** 31 && space.n < 2 ** 31;
  return space instanceof Box || space instanceof MultiDiscrete || space instanceof MultiBinary;
}

/** Element type of a batch: that of a MultiDiscrete for a Discrete. */
export function batchDtype(space: ArraySpace): Dtype {
  return space instanceof Discrete ? "int32" : space.dtype;
}
