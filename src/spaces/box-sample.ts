/** Sampling a box, element by element in the order in which Gymnasium draws. @module */
import { type Dtype, type IntegerDtype, integerLimits, isFloat, type TypedArrayOf, zeros } from "../dtype.js";
import type { Generator } from "../rng.js";
import type { BoxBounds } from "./box-bounds.js";

/** A new sample: all unbounded elements are drawn first, then those bounded below, above, and on both sides. */
export function sampleBox(rng: Generator, dtype: Dtype, bounds: BoxBounds): TypedArrayOf<Dtype> {
  const draws = drawElements(rng, bounds, isFloat(dtype) ? 0 : 1);
  if (dtype === "float64") return draws;
  const sample = zeros(dtype, draws.length);
  if (isFloat(dtype)) sample.set(draws as never);
  else castIntegers(draws, sample, dtype, bounds);
  return sample;
}

/** @param above - 1 for integers, whose upper bound is drawn too because draws are rounded down. */
function drawElements(rng: Generator, bounds: BoxBounds, above: 0 | 1): Float64Array {
  const { lowNumbers: low, highNumbers: high, boundedBelow, boundedAbove } = bounds;
  const draws = new Float64Array(low.length);
  let bounded = 0;
  for (let i = 0; i < draws.length; i++) {
    if (boundedBelow[i] === 0 && boundedAbove[i] === 0) draws[i] = rng.normal();
    else bounded += boundedBelow[i]! & boundedAbove[i]!;
  }
  for (let i = 0; bounded < draws.length && i < draws.length; i++) {
    if (boundedBelow[i] === 1 && boundedAbove[i] === 0) draws[i] = rng.exponential() + low[i]!;
  }
  for (let i = 0; bounded < draws.length && i < draws.length; i++) {
    if (boundedBelow[i] === 0 && boundedAbove[i] === 1) draws[i] = -rng.exponential() + (high[i]! + above);
  }
  for (let i = 0; bounded > 0 && i < draws.length; i++) {
    if (boundedBelow[i] === 0 || boundedAbove[i] === 0) continue;
    const span = high[i]! + above - low[i]!;
    // `uniform` refuses a span beyond the largest double.
    draws[i] = span < Infinity ? low[i]! + span * rng.random() : rng.uniform(low[i]!, high[i]!);
  }
  return draws;
}

/** Rounds down, stays two away from the extremes of a signed type as Gymnasium does, and within 64-bit bounds. */
function castIntegers(draws: Float64Array, sample: TypedArrayOf<Dtype>, dtype: IntegerDtype, bounds: BoxBounds): void {
  const limits = integerLimits(dtype);
  const margin = limits.min < 0n ? 2n : 0n;
  const min = limits.min + margin;
  const max = limits.max - margin;
  for (let i = 0; i < draws.length; i++) {
    const draw = Math.floor(draws[i]!);
    if (sample instanceof BigInt64Array || sample instanceof BigUint64Array) {
      const low = bounds.low[i] as bigint;
      const high = bounds.high[i] as bigint;
      sample[i] = clamp(clamp(BigInt(draw), min, max), low, high);
    } else {
      sample[i] = Math.min(Math.max(draw, Number(min)), Number(max));
    }
  }
}

function clamp(value: bigint, min: bigint, max: bigint): bigint {
  if (value < min) return min;
  return value > max ? max : value;
}
