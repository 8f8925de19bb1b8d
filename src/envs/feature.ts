/** Features: PromQL queries that make up the observation. @module */
import { InvalidDefinitionError } from "../errors.js";
import { logarithmOf } from "./observer.js";

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

/** Features as columns. */
export interface FeatureTable {
  readonly length: number;
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** What stands for no value. */
  readonly whenEmpty: Float64Array;
  /** 1 where the last value stands for no value. */
  readonly keepsLast: Uint8Array;
  /** Features of which log(1 + x) is taken. */
  readonly logarithms: Int32Array;
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
    logarithms: Int32Array.from(features.keys()).filter((f) => features[f]!.transform === "log1p"),
    first: Float32Array.from(features, ({ low, high }) => Math.min(high, Math.max(low, 0))),
  };
}

/**
 * The observation of one environment: for it, a loop costs less than handing the values over.
 *
 * @param values - Raw values, NaN where a query has none.
 * @param last - The last observation; overwritten.
 * @param observation - Where it goes, of shape [features].
 * @returns `observation`
 */
export function observeOne(
  table: FeatureTable,
  values: Float64Array,
  last: Float32Array,
  observation: Float32Array,
): Float32Array {
  const { length, low, high, logarithms } = table;
  for (let f = 0; f < length; f++) {
    const value = values[f]!;
    if (Number.isNaN(value)) putEmpty(table, f, last);
    // Adding 0 makes 0 of -0.
    else last[f] = value <= low[f]! ? low[f]! : value >= high[f]! ? high[f]! : value + 0;
    observation[f] = last[f]!;
  }
  for (let k = 0; k < logarithms.length; k++) {
    const f = logarithms[k]!;
    const value = values[f]!;
    if (Number.isNaN(value)) continue;
    last[f] = Math.min(high[f]!, Math.max(low[f]!, logarithmOf(value) + 0));
    observation[f] = last[f]!;
  }
  return observation;
}

/** What stands for no value. */
function putEmpty({ low, high, whenEmpty, keepsLast, logarithms }: FeatureTable, f: number, last: Float32Array): void {
  if (keepsLast[f] === 1) return;
  const value = logarithms.includes(f) ? logarithmOf(whenEmpty[f]!) : whenEmpty[f]!;
  last[f] = Math.min(high[f]!, Math.max(low[f]!, value + 0));
}
