/** The space of n values at once: what a vector environment takes and gives. @module */
import type { Dtype } from "../dtype.js";
import { InvalidOptionError, NotSupportedError } from "../errors.js";
import { Box } from "./box.js";
import { Dict, type DictSpaces } from "./dict.js";
import { Discrete } from "./discrete.js";
import { MultiDiscrete } from "./multi-discrete.js";
import type { SeededSpace } from "./seeded-space.js";
import type { Space, ValueOf } from "./space.js";

/** The space that {@link batchSpace} makes of a space. */
export type BatchedSpace<S> =
  S extends Box<infer D extends Dtype>
    ? Box<D>
    : S extends Discrete
      ? MultiDiscrete
      : S extends MultiDiscrete
        ? Box<"int32">
        : S extends Dict<infer P>
          ? Dict<{ [K in keyof P]: BatchedSpace<P[K]> }>
          : Space<unknown>;

/** The type of n values of a space at once. */
export type BatchOf<S> = ValueOf<BatchedSpace<S>>;

/**
 * The space of `n` values of a space at once, with a first axis of length `n`.
 *
 * A Box stays one, a Discrete becomes a MultiDiscrete, a MultiDiscrete a Box of int32; the parts of a Dict are batched
 * one by one. The new space goes on from a copy of the generators, so that it draws what Gymnasium's draws.
 * @param n - How many. An integer of at least 0. @defaultValue 1
 * @throws {@link InvalidOptionError} when `n` is not such an integer.
 * @throws {@link NotSupportedError} for a space of another kind.
 * @example
 * batchSpace(new Discrete(3), 2).toString(); // "MultiDiscrete([3 3])"
 */
export function batchSpace<S extends Space<unknown>>(space: S, n: number = 1): BatchedSpace<S> {
  if (!Number.isSafeInteger(n) || n < 0) throw new InvalidOptionError("n", "an integer of at least 0", n);
  return batch(space, n) as BatchedSpace<S>;
}

function batch(space: Space<unknown>, n: number): Space<unknown> {
  if (space instanceof Box) return goingOn(batchBox(space, n), space);
  if (space instanceof Discrete) {
    const start = new Array<number>(n).fill(space.start);
    return goingOn(new MultiDiscrete(new Array<number>(n).fill(space.n), { start }), space);
  }
  if (space instanceof MultiDiscrete) return goingOn(batchMultiDiscrete(space, n), space);
  if (space instanceof Dict) {
    const parts = Object.entries((space as Dict<DictSpaces>).spaces).map(([key, part]) => [key, batch(part, n)]);
    return goingOn(new Dict(Object.fromEntries(parts)), space);
  }
  throw new NotSupportedError(`Batching ${space}`, "Use spaces of the kinds Box, Discrete, MultiDiscrete and Dict.");
}

function batchBox(box: Box<Dtype>, n: number): Box<Dtype> {
  const low = repeat(givenBounds(box.low, box.boundedBelow, -Infinity), n);
  const high = repeat(givenBounds(box.high, box.boundedAbove, Infinity), n);
  return new Box<Dtype>(low, high, { shape: [n, ...box.shape], dtype: box.dtype });
}

/** What was given as infinite stays so: as a bound of an integer type, it is the type's extreme value. */
function givenBounds(
  bounds: ArrayLike<number | bigint>,
  bounded: Uint8Array,
  infinity: number,
): readonly (number | bigint)[] {
  return Array.from(bounds, (bound, i) => (bounded[i] === 1 ? bound : infinity));
}

function batchMultiDiscrete({ nvec, start, shape }: MultiDiscrete, n: number): Box<"int32"> {
  const last = nvec.map((count, i) => start[i]! + count - 1);
  return new Box(repeat(start, n), repeat(last, n), { shape: [n, ...shape], dtype: "int32" });
}

function repeat(values: ArrayLike<number | bigint>, times: number): (number | bigint)[] {
  return Array.from({ length: times * values.length }, (_, i) => values[i % values.length]!);
}

function goingOn<B extends SeededSpace>(batched: B, space: SeededSpace): B {
  batched.continueFrom(space);
  return batched;
}
