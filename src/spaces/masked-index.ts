/** Drawing one of n indices under a mask or with given chances, as Gymnasium's discrete spaces do. @module */

import { InvalidOptionError } from "../errors.js";
import { checkChances } from "../rng/choice.js";
import type { Generator } from "../rng.js";
import type { SampleOptions } from "./space.js";

/**
 * One of the indices whose mask is 1, or 0 where there is none.
 * @throws {@link InvalidOptionError} when the mask is not n zeros and ones, or a probability is given too.
 */
export function maskedIndex(rng: Generator, n: number, options: SampleOptions<ArrayLike<number>>): number {
  const { probability } = options;
  const mask = options.mask!;
  if (probability !== undefined) throw new InvalidOptionError("probability", "absent beside a mask", probability);
  if (mask.length !== n) throw new InvalidOptionError("mask", `a list of ${n} values`, mask);
  let allowed = 0;
  for (let i = 0; i < n; i++) {
    if (mask[i] !== 0 && mask[i] !== 1) throw new InvalidOptionError(`mask[${i}]`, "0 or 1", mask[i]);
    allowed += mask[i]!;
  }
  if (allowed === 0) return 0;
  let left = rng.integers(allowed);
  let index = 0;
  while (mask[index] === 0 || left-- > 0) index++;
  return index;
}

/**
 * An index drawn with given chances.
 * @throws {@link InvalidOptionError} when there are not n chances from 0 to 1 that sum to 1.
 */
export function probableIndex(rng: Generator, n: number, probability: ArrayLike<number>): number {
  if (probability.length !== n) throw new InvalidOptionError("probability", `a list of ${n} chances`, probability);
  checkChances(probability, n, "probability");
  return rng.choice(n, { p: probability });
}
