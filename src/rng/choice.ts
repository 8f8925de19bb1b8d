/** Choosing indices, with or without weights and replacement, as NumPy does it. @module */
import { InvalidOptionError } from "../errors.js";
import { boundedUint32 } from "./bounded-integers.js";
import type { PCG64 } from "./pcg64.js";
import { range, shuffleInPlace } from "./shuffle.js";

/** Options of `Generator.choice`. */
export interface ChoiceOptions {
  /** Whether an element can be chosen more than once. @defaultValue true */
  readonly replace?: boolean;
  /** The chance of each element; they sum to 1. @defaultValue equal chances */
  readonly p?: ArrayLike<number>;
  /** Without replacement and `p`: whether the order of the chosen is random too. @defaultValue true */
  readonly shuffle?: boolean;
}

/** How far from 1 a sum of chances may be: the square root of a double's precision. */
const SUM_TOLERANCE = 1.4901161193847656e-8;

/** @throws {@link InvalidOptionError} when there is not one chance per element, or they are negative or do not sum to 1. */
export function checkChances(p: ArrayLike<number>, count: number, name: string = "p"): void {
  if (p.length !== count) throw new InvalidOptionError(name, `${count} chances, one per element`, p);
  let sum = 0;
  let lost = 0;
  for (let i = 0; i < count; i++) {
    if (!(p[i]! >= 0)) throw new InvalidOptionError(`${name}[${i}]`, "a number from 0 to 1", p[i]);
    const term = p[i]! - lost;
    const next = sum + term;
    lost = next - sum - term;
    sum = next;
  }
  if (Math.abs(sum - 1) > SUM_TOLERANCE) throw new InvalidOptionError(name, "chances that sum to 1", p);
}

/** One index drawn with chances `p`, without allocation. */
export function weightedIndex(bits: PCG64, p: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < p.length; i++) total += p[i]!;
  const u = bits.nextDouble();
  let sum = 0;
  let i = 0;
  while (i < p.length - 1) {
    sum += p[i]!;
    if (sum / total > u) break;
    i++;
  }
  return i;
}

/**
 * `size` indices below `count`.
 * @throws {@link InvalidOptionError} when more are wanted than there are, or `p` does not fit.
 */
export function chooseIndices(bits: PCG64, count: number, size: number, options: ChoiceOptions): Int32Array {
  const { replace = true, p, shuffle = true } = options;
  if (p !== undefined) checkChances(p, count);
  if (count === 0 && size > 0) throw new InvalidOptionError("items", "at least one element to choose from", count);
  const available = p === undefined ? count : nonZero(p);
  if (!replace && size > available) {
    throw new InvalidOptionError("size", `at most ${available}, as nothing can be chosen twice`, size);
  }
  if (p !== undefined) return replace ? weightedIndices(bits, p, size) : weightedSubset(bits, p, size);
  if (!replace) return subset(bits, count, size, shuffle);
  return Int32Array.from({ length: size }, () => boundedUint32(bits, count - 1));
}

function nonZero(p: ArrayLike<number>): number {
  let count = 0;
  for (let i = 0; i < p.length; i++) if (p[i] !== 0) count++;
  return count;
}

function weightedIndices(bits: PCG64, p: ArrayLike<number>, size: number): Int32Array {
  const cumulative = cumulativeOf(p);
  return Int32Array.from({ length: size }, () => firstAbove(cumulative, bits.nextDouble()));
}

/** Draws what is still missing at once, drops what came twice, sets the chances of the chosen to 0, and again. */
function weightedSubset(bits: PCG64, p: ArrayLike<number>, size: number): Int32Array {
  const left = Float64Array.from(p);
  const chosen = new Set<number>();
  while (chosen.size < size) {
    for (const index of chosen) left[index] = 0;
    for (const index of weightedIndices(bits, left, size - chosen.size)) chosen.add(index);
  }
  return Int32Array.from(chosen);
}

/** @see R. W. Floyd in J. Bentley, "Programming Pearls: a sample of brilliance" (1987), CACM 30(9), for the small subset */
function subset(bits: PCG64, count: number, size: number, shuffle: boolean): Int32Array {
  if (count > 10_000 && size > Math.floor(count / (shuffle ? 50 : 20))) {
    const all = range(count);
    shuffleInPlace(bits, all, Math.max(count - size, 1), boundedUint32);
    return all.slice(count - size);
  }
  const chosen = new Set<number>();
  for (let last = count - size; last < count; last++) {
    const index = boundedUint32(bits, last);
    chosen.add(chosen.has(index) ? last : index);
  }
  const indices = Int32Array.from(chosen);
  if (shuffle) shuffleInPlace(bits, indices, 1, boundedUint32);
  return indices;
}

function cumulativeOf(p: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(p.length);
  let sum = 0;
  for (let i = 0; i < p.length; i++) {
    sum += p[i]!;
    sums[i] = sum;
  }
  return sums.map((partial) => partial / sum);
}

/** Index of the first value above `u`, by bisection. */
function firstAbove(cumulative: Float64Array, u: number): number {
  let low = 0;
  let high = cumulative.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (cumulative[middle]! > u) high = middle;
    else low = middle + 1;
  }
  return low;
}
