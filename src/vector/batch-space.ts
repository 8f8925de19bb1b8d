/** The space of a batch of values. @module */
import type { Dtype } from "../dtype.js";
import { InvalidOptionError } from "../errors.js";
import { Box } from "../spaces/box.js";
import { Dict } from "../spaces/dict.js";
import { Discrete } from "../spaces/discrete.js";
import { MultiDiscrete } from "../spaces/multi-discrete.js";
import type { Nested } from "../spaces/nested.js";
import type { Space } from "../spaces/space.js";

/**
 * The space of n values of a space: first axis n.
 * @throws {@link InvalidOptionError} for a space that has no batch.
 */
export function batchSpace(space: Space<unknown>, n: number): Space<unknown> {
  if (space instanceof Box) {
    const { low, high, shape, dtype } = space as Box<Dtype>;
    const repeat = (values: ArrayLike<number | bigint>): (number | bigint)[] =>
      Array.from({ length: n * values.length }, (_, i) => values[i % values.length]!);
    return new Box<Dtype>(repeat(low) as Nested, repeat(high) as Nested, { shape: [n, ...shape], dtype });
  }
  if (space instanceof Discrete) {
    return new MultiDiscrete(new Array<number>(n).fill(space.n), { start: new Array<number>(n).fill(space.start) });
  }
  if (space instanceof MultiDiscrete && space.shape.length === 1) {
    const rows = (values: Int32Array): number[][] => Array.from({ length: n }, () => [...values]);
    return new MultiDiscrete(rows(space.nvec), { start: rows(space.start) });
  }
  if (space instanceof Dict) {
    const spaces = space.spaces as Readonly<Record<string, Space<unknown>>>;
    return new Dict(Object.fromEntries(Object.entries(spaces).map(([key, part]) => [key, batchSpace(part, n)])));
  }
  throw new InvalidOptionError("space", "one that has batches: Box, Discrete, MultiDiscrete, Dict", space);
}
