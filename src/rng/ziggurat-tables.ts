/** The tables of the ziggurats for the normal and the exponential distribution, computed at first use. @module */
import { divide, expOfMinus, type FixedPoint, minusLog, multiply, toDouble, toFixed } from "./fixed-point.js";

/** A ziggurat of 256 layers of equal area; layer 0 is the base with the tail, layer 255 the widest above it. */
export interface Ziggurat {
  /** Integers below which a point of layer i lies under the curve for certain. */
  readonly sure: Float64Array;
  /** What turns the random integer of layer i into x. */
  readonly width: Float64Array;
  /** The curve's height at the edge of layer i. */
  readonly height: Float64Array;
}

const LAYERS = 256;
const LAST = LAYERS - 1;

/** Where the tail of the normal ziggurat begins. */
export const NORMAL_TAIL: number = 3.6541528853610088;
/** Area of a layer of the normal ziggurat. NumPy's value: one unit in the 16th digit below the exact one. */
const NORMAL_AREA = 0.004928673233974652;
/** The one height that NumPy's table rounds the other way: its exact value is 0.498 between two doubles. */
const NORMAL_ROUNDED_UP = 38;

/** Where the tail of the exponential ziggurat begins. */
export const EXPONENTIAL_TAIL: number = 7.69711747013105;
/** The same with 50 decimals: the solution of "256 layers of equal area reach exactly to 1". */
const EXPONENTIAL_TAIL_50 = 769711747013104971404462804801521549911396864005534n;

let normal: Ziggurat | undefined;
let exponential: Ziggurat | undefined;

/**
 * The normal ziggurat over 52-bit integers.
 *
 * NumPy's table comes from the recurrence x(i) = √(-2 ln(v / x(i+1) + f(x(i+1)))) evaluated in doubles. Its rounding shows
 * in the draws, so it is followed step by step, with exponential and logarithm rounded correctly.
 * @see G. Marsaglia and W. W. Tsang, "The Ziggurat Method for Generating Random Variables" (2000), JSS 5(8)
 */
export function normalZiggurat(): Ziggurat {
  normal ??= computeNormal();
  return normal;
}

/** The exponential ziggurat over 53-bit integers: every entry is the exact value, rounded. See {@link normalZiggurat}. */
export function exponentialZiggurat(): Ziggurat {
  exponential ??= computeExponential();
  return exponential;
}

function computeNormal(): Ziggurat {
  const scale = 2 ** 52;
  const table = emptyZiggurat();
  const { sure, width, height } = table;
  let x = NORMAL_TAIL;
  for (let i = LAST; i > 0; i--) {
    width[i] = x / scale;
    height[i] = toDouble(expOfMinus(toFixed(0.5 * x * x))) + (i === NORMAL_ROUNDED_UP ? 2 ** -53 : 0);
    if (i === 1) break;
    const next = Math.sqrt(2 * toDouble(minusLog(toFixed(NORMAL_AREA / x + height[i]!))));
    sure[i] = roundHalfEven((next / x) * scale);
    x = next;
  }
  sure[0] = roundHalfEven(((NORMAL_TAIL * height[LAST]!) / NORMAL_AREA) * scale);
  width[0] = NORMAL_AREA / height[LAST]! / scale;
  return table;
}

function computeExponential(): Ziggurat {
  const scale = 2 ** -53;
  const table = emptyZiggurat();
  const { sure, width, height } = table;
  const one = toFixed(1);
  let x = (EXPONENTIAL_TAIL_50 * one) / 10n ** 50n;
  const tail = expOfMinus(x);
  const area = multiply(x, tail) + tail;
  sure[0] = evenBelow(divide(multiply(x, tail), area));
  width[0] = toDouble(divide(area, tail)) * scale;
  for (let i = LAST; i > 0; i--) {
    const y = expOfMinus(x);
    width[i] = toDouble(x) * scale;
    height[i] = toDouble(y);
    if (i === 1) break;
    const next = minusLog(divide(area, x) + y);
    sure[i] = evenBelow(divide(next, x));
    x = next;
  }
  return table;
}

function emptyZiggurat(): Ziggurat {
  const table = {
    sure: new Float64Array(LAYERS),
    width: new Float64Array(LAYERS),
    height: new Float64Array(LAYERS),
  };
  table.height[0] = 1;
  return table;
}

/** For a multiple of one half. */
function roundHalfEven(x: number): number {
  const floor = Math.floor(x);
  return floor === x || floor % 2 === 0 ? floor : floor + 1;
}

/** A share of 2^53 as an even integer, rounded down: NumPy's table has 52 bits of it. */
function evenBelow(share: FixedPoint): number {
  return 2 * Number(share >> 108n);
}
