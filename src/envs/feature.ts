/** Features: PromQL queries that make up the observation. @module */
import { log1p } from "../elementary.js";
import { InvalidDefinitionError } from "../errors.js";

/** What becomes of a query's value: as it is, its natural logarithm log(1 + x), or cut to the bounds. All are cut to the bounds. */
export type FeatureTransform = "identity" | "log1p" | "clip";

/** What stands for a query without a result, or with NaN: a number, or the feature's last value in this episode (first 0). */
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

/**
 * A component of the observation from a query's value.
 * @param raw - The query's value; NaN where there is none. ±Infinity becomes a bound.
 * @param last - The component's last value.
 */
export function observe(feature: CompiledFeature, raw: number, last: number): number {
  let value = raw;
  if (Number.isNaN(value)) {
    if (feature.whenEmpty === "last") return last;
    value = feature.whenEmpty;
  }
  if (feature.transform === "log1p")
    value = value <= -1 ? feature.low : value === Number.POSITIVE_INFINITY ? feature.high : log1p(value);
  return Math.min(feature.high, Math.max(feature.low, value));
}

/**
 * Observations of many environments.
 * @param values - Raw values: value of feature f in environment e at `f * stride + e`.
 * @param last - The last observations, float32 of shape [numEnvs, features]; overwritten.
 * @returns A new Float32Array of shape [numEnvs, features].
 */
export function observeAll(
  features: readonly CompiledFeature[],
  values: Float64Array,
  stride: number,
  numEnvs: number,
  last: Float32Array,
): Float32Array {
  const width = features.length;
  for (let f = 0; f < width; f++) {
    const feature = features[f]!;
    for (let env = 0; env < numEnvs; env++) {
      const at = env * width + f;
      last[at] = observe(feature, values[f * stride + env]!, last[at]!);
    }
  }
  return last.slice();
}
