/** Features: PromQL queries that make up the observation. @module */
import { log1p } from "../elementary.js";
import { InvalidDefinitionError } from "../errors.js";

/** What becomes of a query's value: as it is, its natural logarithm log(1 + x), or cut to the bounds. All are cut to the bounds. */
export type FeatureTransform = "identity" | "log1p" | "clip";

/** What stands for a query without a result, or with NaN: a number, or the feature's last value in this episode (at first 0, cut to the bounds). */
export type WhenEmpty = number | "last";

/** One component of the observation. */
export interface Feature {
  readonly name: string;
  /** A query that gives one value. `$__step`, `$__scrape` and `$__rate_interval` are filled in. */
  readonly promql: string;
  /** Bounds of the component, after the transform; values beyond are cut. */
  readonly low: number;
  readonly high: number;
  /** Unit of the query's value, such as `requests/s`. */
  readonly unit: string;
  /** @defaultValue 0 */
  readonly whenEmpty?: WhenEmpty;
  /** @defaultValue "identity" */
  readonly transform?: FeatureTransform;
}

/** A feature with its defaults filled in. */
export type CompiledFeature = Required<Feature>;

/** Checks a feature; its query is checked when all queries are compiled. @throws InvalidDefinitionError */
export function compileFeature(feature: Feature, index: number, names: Set<string>): CompiledFeature {
  const path = `features[${index}]`;
  const { whenEmpty = 0, transform = "identity" } = feature;
  if (names.has(feature.name)) throw new InvalidDefinitionError(`${path}.name`, `${feature.name} comes twice.`);
  names.add(feature.name);
  if (!(feature.low < feature.high) || !Number.isFinite(feature.low) || !Number.isFinite(feature.high)) {
    throw new InvalidDefinitionError(
      path,
      `${feature.name} needs finite bounds low < high, got ${feature.low} and ${feature.high}.`,
    );
  }
  if (!["identity", "log1p", "clip"].includes(transform)) {
    throw new InvalidDefinitionError(
      `${path}.transform`,
      `expected identity, log1p or clip, got ${JSON.stringify(transform)}.`,
    );
  }
  if (whenEmpty !== "last" && !Number.isFinite(whenEmpty)) {
    throw new InvalidDefinitionError(`${path}.whenEmpty`, `expected a finite number or "last", got ${whenEmpty}.`);
  }
  return { ...feature, whenEmpty, transform };
}

/** Features as columns, for {@link observeAll}. */
export interface FeatureTable {
  readonly length: number;
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** What stands for no value. */
  readonly whenEmpty: Float64Array;
  /** 1 where the last value stands for no value. */
  readonly keepsLast: Uint8Array;
  /** 1 where log(1 + x) is taken. */
  readonly logarithm: Uint8Array;
  /** What counts as the last observation when an episode begins: 0, cut to the bounds. */
  readonly first: Float32Array;
}

/** Lays features out as columns. */
export function tabulateFeatures(features: readonly CompiledFeature[]): FeatureTable {
  return {
    length: features.length,
    low: Float64Array.from(features, ({ low }) => low),
    high: Float64Array.from(features, ({ high }) => high),
    whenEmpty: Float64Array.from(features, ({ whenEmpty }) => (whenEmpty === "last" ? 0 : whenEmpty)),
    keepsLast: Uint8Array.from(features, ({ whenEmpty }) => (whenEmpty === "last" ? 1 : 0)),
    logarithm: Uint8Array.from(features, ({ transform }) => (transform === "log1p" ? 1 : 0)),
    first: Float32Array.from(features, ({ low, high }) => Math.min(high, Math.max(low, 0))),
  };
}

/**
 * Observations of many environments: raw values without gaps, transformed and cut to the bounds.
 *
 * @param values - Raw values: value of feature f in environment e at `f * stride + e`; NaN where a query has none.
 * @param last - The last observations, float32 of shape [numEnvs, features]; overwritten.
 * @returns A new Float32Array of shape [numEnvs, features].
 */
export function observeAll(
  table: FeatureTable,
  values: Float64Array,
  stride: number,
  numEnvs: number,
  last: Float32Array,
): Float32Array {
  if (numEnvs === 1) observeOne(table, values, stride, last);
  else observeColumns(table, values, stride, numEnvs, last);
  return last.slice();
}

function observeOne(table: FeatureTable, values: Float64Array, stride: number, last: Float32Array): void {
  const { low, high, whenEmpty, keepsLast, logarithm } = table;
  for (let f = 0; f < last.length; f++) {
    let value = values[f * stride]!;
    if (Number.isNaN(value)) {
      if (keepsLast[f] === 1) continue;
      value = whenEmpty[f]!;
    }
    if (logarithm[f] === 1) value = logarithmOf(value);
    last[f] = value <= low[f]! ? low[f]! : value >= high[f]! ? high[f]! : value + 0;
  }
}

/** Environments observed together: a feature's components lie as far apart as an observation is long, and stay in the nearest cache so. */
const BLOCK = 32;

function observeColumns(
  table: FeatureTable,
  values: Float64Array,
  stride: number,
  numEnvs: number,
  last: Float32Array,
): void {
  for (let begin = 0; begin < numEnvs; begin += BLOCK) {
    const end = Math.min(numEnvs, begin + BLOCK);
    for (let f = 0; f < table.length; f++) observeFeature(table, f, values, f * stride, begin, end, last);
  }
}

/** One feature in environments `begin` to `end - 1`. @param row - Where the feature's values begin. */
function observeFeature(
  table: FeatureTable,
  f: number,
  values: Float64Array,
  row: number,
  begin: number,
  end: number,
  last: Float32Array,
): void {
  const width = table.length;
  const low = table.low[f]!;
  const high = table.high[f]!;
  const whenEmpty = table.whenEmpty[f]!;
  const keepsLast = table.keepsLast[f] === 1;
  const logarithm = table.logarithm[f] === 1;
  for (let env = begin, at = begin * width + f; env < end; env++, at += width) {
    let value = values[row + env]!;
    if (Number.isNaN(value)) {
      if (keepsLast) continue;
      value = whenEmpty;
    }
    if (logarithm) value = logarithmOf(value);
    // Without -0, which is no less than a bound of 0.
    last[at] = value <= low ? low : value >= high ? high : value + 0;
  }
}

/** log(1 + x); -Infinity and +Infinity where that has no value. */
function logarithmOf(value: number): number {
  if (value <= -1) return Number.NEGATIVE_INFINITY;
  return value === Number.POSITIVE_INFINITY ? value : log1p(value);
}
