/** The space of n values at once: what a vector environment takes and gives. @module */
import type { Dtype, IntegerDtype } from "../dtype.js";
import { InvalidOptionError } from "../errors.js";
import { discreteBatchDtype, isArraySpace } from "./array-space.js";
import { Box } from "./box.js";
import { givenHigh, givenLow } from "./box-bounds.js";
import { Dict, type DictSpaces } from "./dict.js";
import type { Discrete } from "./discrete.js";
import { MultiBinary } from "./multi-binary.js";
import { MultiDiscrete, type MultiDiscreteDtype } from "./multi-discrete.js";
import { copySpace } from "./seeded-space.js";
import type { Space, ValueOf } from "./space.js";
import { Tuple, type TupleSpaces } from "./tuple.js";

/** The space that {@link batchSpace} makes of a space. */
export type BatchedSpace<S> =
  S extends Box<infer D extends Dtype>
    ? Box<D>
    : S extends Discrete<infer D extends IntegerDtype>
      ? MultiDiscrete<D extends MultiDiscreteDtype ? D : "int32">
      : S extends MultiDiscrete<infer D extends MultiDiscreteDtype>
        ? Box<D>
        : S extends MultiBinary
          ? Box<"int8">
          : S extends Dict<infer P>
            ? Dict<{ [K in keyof P]: BatchedSpace<P[K]> }>
            : S extends Tuple<infer P>
              ? Tuple<{ readonly [K in keyof P]: BatchedSpace<P[K]> }>
              : S extends Space<unknown>
                ? Tuple<readonly S[]>
                : never;

/** Gymnasium's bound of the seeds of copies. */
const MAX_COPY_SEED = 1e8;

/** The type of n values of a space at once. */
export type BatchOf<S> = ValueOf<BatchedSpace<S>>;

/**
 * The space of `n` values of a space at once, with a first axis of length `n`.
 *
 * A Box stays one, a Discrete becomes a MultiDiscrete, a MultiDiscrete a Box of integers, a MultiBinary a Box of int8; the
 * parts of a Dict and of a Tuple are batched one by one; of any other space, and of a Discrete with values that need more
 * than 32 bits, a Tuple holds `n` copies. The new space goes on from a copy of the generators and draws what Gymnasium's
 * draws.
 * @param n - How many. An integer of at least 0. @defaultValue 1
 * @throws {@link InvalidOptionError} when `n` is not such an integer.
 * @throws {@link NotSupportedError} for a space of a user's own class that cannot be copied.
 * @example
 * batchSpace(new Discrete(3), 2).toString(); // "MultiDiscrete([3 3])"
 */
export function batchSpace<S extends Space<unknown>>(space: S, n: number = 1): BatchedSpace<S> {
  if (!Number.isSafeInteger(n) || n < 0) throw new InvalidOptionError("n", "an integer of at least 0", n);
  return batch(space, n) as BatchedSpace<S>;
}

function batch(space: Space<unknown>, n: number): Space<unknown> {
  if (space instanceof Box) return batchBox(space, n).continueFrom(space);
  if (isArraySpace(space)) {
    if (space instanceof MultiDiscrete) return batchMultiDiscrete(space, n).continueFrom(space);
    if (space instanceof MultiBinary) {
      return new Box(0, 1, { shape: [n, ...space.shape], dtype: "int8" }).continueFrom(space);
    }
    const { n: count, start } = space as Discrete<IntegerDtype>;
    const dtype = discreteBatchDtype(space as Discrete<IntegerDtype>);
    return new MultiDiscrete(filled(n, count), { start: filled(n, start), dtype }).continueFrom(space);
  }
  if (space instanceof Dict) {
    const { spaces, sortKeys } = space as Dict<DictSpaces>;
    const parts = Object.entries(spaces).map(([key, part]) => [key, batch(part, n)]);
    return new Dict(Object.fromEntries(parts), { sortKeys }).continueFrom(space);
  }
  if (space instanceof Tuple) {
    const { spaces } = space as Tuple<TupleSpaces>;
    return new Tuple(spaces.map((part) => batch(part, n))).continueFrom(space);
  }
  return repeatSpace(space, n);
}

/** Copies, each with a seed of its own, drawn from a copy of the space's generator. */
function repeatSpace(space: Space<unknown>, n: number): Space<unknown> {
  const copies = Array.from({ length: n }, () => copySpace(space));
  const { rng } = copySpace(space);
  return new Tuple(copies, { seed: copies.map(() => rng.integers(MAX_COPY_SEED)) });
}

function batchBox(box: Box<Dtype>, n: number): Box<Dtype> {
  const { shape, dtype } = box;
  return new Box<Dtype>(repeat(givenLow(box), n), repeat(givenHigh(box), n), { shape: [n, ...shape], dtype });
}

function batchMultiDiscrete({ nvec, start, shape, dtype }: MultiDiscrete<MultiDiscreteDtype>, n: number): Box<Dtype> {
  const last = nvec.map((count, i) => start[i]! + count - 1);
  return new Box(repeat(start, n), repeat(last, n), { shape: [n, ...shape], dtype });
}

function repeat(values: ArrayLike<number | bigint>, times: number): (number | bigint)[] {
  return Array.from({ length: times * values.length }, (_, i) => values[i % values.length]!);
}

function filled(length: number, value: number): number[] {
  return new Array<number>(length).fill(value);
}
