/** Response times of many requests at once, added to the histogram's cumulative buckets. @module */
import { greater } from "./branchless";
import { fillGamma } from "./host";
import { log } from "./logarithm";
import { bounds, buckets, decayTable, gammaTable, logBounds, paddedBuckets } from "./model";
import { WHOLE } from "./poisson";

/** Cells per unit of the table of e^-x, and where it ends: beyond, e^-x is below 2e-14. */
const CELLS: f64 = 64;
const TABLE_END: f64 = 32;

// Gamma distribution, for sums of response times: see src/simulator/core-tables.ts, which makes the table.
const SHAPE_ROWS: f64 = 49;
const SHAPES_PER_OCTAVE: f64 = 8;
const SHAPE_LOG2_LOW: f64 = -2;
const COLUMNS: i32 = 129;
const COLUMNS_PER_OCTAVE: f64 = 8;
const COLUMN_LOG2_LOW: f64 = -12;

let gammaFilled: bool = false;

/** Responses are held together while their places in the table are not further from their mean than this. Unit: rows. */
const HELD_ROWS: f64 = 3;

/** Responses of ticks at much the same utilization, held back while their places in the table are near to each other. */
@final
export class HeldResponses {
  count: f64 = 0;
  positions: f64 = 0;

  /** Takes responses. `position`: their place in the table, in rows. `into`: buckets for those held so far, where these are too far from them. */
  add(count: f64, position: f64, table: usize, into: usize): void {
    const distance = position * this.count - this.positions;
    if (abs(distance) > HELD_ROWS * this.count) this.release(table, into);
    this.count += count;
    this.positions += count * position;
  }

  /** Adds what is held to the buckets, two at a time; rows of the table are padded as the buckets are. */
  release(table: usize, into: usize): void {
    const held = this.count;
    if (held === 0 || table === 0) return;
    const position = this.positions / held;
    const row = <i32>position;
    const width = (<usize>paddedBuckets) << 3;
    let low = table + <usize>row * width;
    const upper = held * (position - <f64>row);
    const lowers = f64x2.splat(held - upper);
    const uppers = f64x2.splat(upper);
    for (const end = into + width; into < end; into += 16, low += 16) {
      const below = f64x2.add(v128.load(into), f64x2.mul(lowers, v128.load(low)));
      v128.store(into, f64x2.add(below, f64x2.mul(uppers, v128.load(low + width))));
    }
    this.count = 0;
    this.positions = 0;
  }
}

/**
 * Adds `weight` responses to cumulative buckets: a wait spread evenly from `shortest` to `longest`, and an exponential time of mean `rest`
 * on top. Exponentials come from a table by linear interpolation, with an error below 4e-5.
 */
export function addSpreadResponses(into: usize, weight: f64, shortest: f64, longest: f64, rest: f64): void {
  const inverse = 1 / rest;
  // A wait this even is as good as one wait, and the quotient below would lose its digits.
  const width = greater(longest - shortest, 0.05 * rest);
  const scale = weight / width;
  // From the last bucket down: waits are long, and most buckets are shorter than all of them.
  let b = buckets - 1;
  for (; b >= 0; b--) {
    const offset = (<usize>b) << 3;
    const inside = load<f64>(bounds + offset) - shortest - width;
    if (inside * inverse < TABLE_END) break;
    store<f64>(into + offset, load<f64>(into + offset) + weight);
  }
  for (; b >= 0; b--) {
    const offset = (<usize>b) << 3;
    const beyond = load<f64>(bounds + offset) - shortest;
    if (beyond <= 0) break;
    const lengths = f64x2.replace_lane(f64x2.splat(beyond), 1, greater(beyond - width, 0));
    const decayed = decay(f64x2.mul(lengths, f64x2.splat(inverse)));
    const areas = f64x2.sub(lengths, f64x2.mul(f64x2.splat(rest), f64x2.sub(f64x2.splat(1), decayed)));
    const area = f64x2.extract_lane(areas, 0) - f64x2.extract_lane(areas, 1);
    store<f64>(into + offset, load<f64>(into + offset) + scale * area);
  }
}

/** e^-x of two numbers from the table, 0 beyond its end. */
function decay(x: v128): v128 {
  const position = f64x2.mul(f64x2.pmin(x, f64x2.splat(TABLE_END)), f64x2.splat(CELLS));
  const cell = f64x2.floor(position);
  const numbers = f64x2.add(cell, f64x2.splat(WHOLE));
  const a = v128.load(decayTable + ((<usize>i32x4.extract_lane(numbers, 0)) << 3));
  const b = v128.load(decayTable + ((<usize>i32x4.extract_lane(numbers, 2)) << 3));
  const low = v128.shuffle<f64>(a, b, 0, 2);
  const high = v128.shuffle<f64>(a, b, 1, 3);
  const value = f64x2.add(low, f64x2.mul(f64x2.sub(position, cell), f64x2.sub(high, low)));
  return v128.and(value, f64x2.lt(x, f64x2.splat(TABLE_END)));
}

/** Adds `weight` responses with a given mean and variance to cumulative buckets, as a gamma distribution with these moments. */
export function addGammaResponses(into: usize, weight: f64, mean: f64, variance: f64): void {
  if (!gammaFilled) {
    fillGamma(gammaTable);
    gammaFilled = true;
  }
  const shape = (mean * mean) / variance;
  const rowPosition = min(SHAPE_ROWS - 1.001, max(0, (log(shape) / Math.LN2 - SHAPE_LOG2_LOW) * SHAPES_PER_OCTAVE));
  const row = <i32>floor(rowPosition);
  const rowFraction = rowPosition - <f64>row;
  const lower = gammaTable + ((<usize>(row * COLUMNS)) << 3);
  const upper = (<usize>COLUMNS) << 3;
  const shift = -(log(mean) / Math.LN2) - COLUMN_LOG2_LOW;
  const end = (<usize>buckets) << 3;
  for (let b: usize = 0; b < end; b += 8) {
    const position = (load<f64>(logBounds + b) + shift) * COLUMNS_PER_OCTAVE;
    if (position <= 0) continue;
    const at = into + b;
    if (position >= <f64>(COLUMNS - 1)) {
      store<f64>(at, load<f64>(at) + weight);
      continue;
    }
    const column = <i32>position;
    const fraction = position - <f64>column;
    const cell = lower + ((<usize>column) << 3);
    const low = load<f64>(cell) + fraction * (load<f64>(cell, 8) - load<f64>(cell));
    const next = cell + upper;
    const high = load<f64>(next) + fraction * (load<f64>(next, 8) - load<f64>(next));
    store<f64>(at, load<f64>(at) + weight * (low + rowFraction * (high - low)));
  }
}
