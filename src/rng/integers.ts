/** `integers` in all its widths: arguments, element types, and how many random bits each takes. @module */
import { type IntegerDtype, integerLimits, type TypedArrayOf, zeros } from "../dtype.js";
import { InvalidOptionError } from "../errors.js";
import { boundedUint32, boundedUint64 } from "./bounded-integers.js";
import type { PCG64 } from "./pcg64.js";

/** Options of `Generator.integers`. */
export interface IntegersOptions<D extends IntegerDtype = IntegerDtype> {
  /** Element type; it decides how many random bits a value takes, as in NumPy. @defaultValue "int64" */
  readonly dtype?: D;
  /** Whether `high` itself may be drawn. @defaultValue false */
  readonly endpoint?: boolean;
}

/** A checked range: `low` to `low + span`, both included. */
export interface IntegerRange {
  readonly low: bigint;
  readonly span: bigint;
  readonly dtype: IntegerDtype;
}

/**
 * Checks the arguments of `integers`.
 * @throws {@link InvalidOptionError} when a bound is not an exact integer, the range is empty, or `dtype` cannot hold it.
 */
export function checkIntegerRange(low: unknown, high: unknown, options: IntegersOptions): IntegerRange {
  const { dtype = "int64", endpoint = false } = options;
  const limits = integerLimits(dtype);
  const first = checkBound("low", low);
  const last = checkBound("high", high) - (endpoint ? 0n : 1n);
  if (last < first) {
    throw new InvalidOptionError("high", `${endpoint ? "at least" : "above"} low, which is ${first}`, high);
  }
  if (first < limits.min) throw new InvalidOptionError("low", `at least ${limits.min} (${dtype})`, low);
  if (last > limits.max) {
    throw new InvalidOptionError("high", `at most ${limits.max + (endpoint ? 0n : 1n)} (${dtype})`, high);
  }
  return { low: first, span: last - first, dtype };
}

function checkBound(name: string, bound: unknown): bigint {
  if (typeof bound === "bigint") return bound;
  if (typeof bound === "number" && Number.isSafeInteger(bound)) return BigInt(bound);
  throw new InvalidOptionError(name, "a safe integer or a bigint", bound);
}

/** `size` integers of a range in an array of its element type. */
export function fillIntegers(bits: PCG64, range: IntegerRange, size: number): TypedArrayOf<IntegerDtype> {
  const { low, span, dtype } = range;
  const values = zeros(dtype, size);
  if (values instanceof BigInt64Array || values instanceof BigUint64Array) {
    for (let i = 0; i < size; i++) values[i] = low + boundedUint64(bits, span);
    return values;
  }
  const start = Number(low);
  const max = Number(span);
  if (values.BYTES_PER_ELEMENT === 4) {
    for (let i = 0; i < size; i++) values[i] = start + boundedUint32(bits, max);
    return values;
  }
  const width = 8 * values.BYTES_PER_ELEMENT;
  const source = new NarrowBits(bits, width);
  for (let i = 0; i < size; i++) values[i] = start + boundedNarrow(source, width, max);
  return values;
}

/** 8 or 16 bits at a time out of 32-bit draws, lowest first; what is left over at the end of a call is thrown away. */
class NarrowBits {
  #buffer = 0;
  #left = 0;
  readonly #mask: number;

  constructor(
    private readonly bits: PCG64,
    private readonly width: number,
  ) {
    this.#mask = 2 ** width - 1;
  }

  next(): number {
    if (this.#left === 0) {
      this.#buffer = this.bits.next32();
      this.#left = 32 / this.width;
    } else {
      this.#buffer >>>= this.width;
    }
    this.#left--;
    return this.#buffer & this.#mask;
  }
}

function boundedNarrow(source: NarrowBits, width: number, max: number): number {
  if (max === 0) return 0;
  const all = 2 ** width - 1;
  if (max === all) return source.next();
  const count = max + 1;
  let product = source.next() * count;
  if ((product & all) < count) {
    const threshold = (all - max) % count;
    while ((product & all) < threshold) product = source.next() * count;
  }
  return product >>> width;
}
