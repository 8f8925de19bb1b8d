/** histogram_quantile of classic histograms. @module */
import { dropLabels, type LabelSet, labelKey, METRIC_NAME } from "../labels.js";
import type { Expr } from "./ast.js";
import type { CompileContext, ResultSeries } from "./compiled.js";
import type { Operation } from "./frame.js";
import type { PromqlProfile } from "./sample-window.js";

/** Relative difference below which `prom3` takes two neighbouring buckets as equal. */
const TOLERANCE = 1e-12;

/** Compiles histogram_quantile: one column per label set without `le`. Series without a numeric `le` are left out. */
export function compileHistogramQuantile(quantile: number, expr: Expr, context: CompileContext): ResultSeries[] {
  const { builder } = context;
  const groups = new Map<string, { labels: LabelSet; buckets: { bound: number; column: number }[] }>();
  for (const { labels, column } of context.vector(expr)) {
    const bound = boundOf(labels.get("le"));
    if (bound === undefined) continue;
    const rest = dropLabels(labels, ["le", METRIC_NAME]);
    const group = groups.get(labelKey(rest)) ?? { labels: rest, buckets: [] };
    group.buckets.push({ bound, column });
    groups.set(labelKey(rest), group);
  }
  return [...groups.values()].map(({ labels, buckets }) => {
    buckets.sort((a, b) => (a.bound === b.bound ? 0 : a.bound - b.bound));
    const bounds = Float64Array.from(buckets, ({ bound }) => bound);
    const columns = Int32Array.from(buckets, ({ column }) => column);
    const key = `histogram_quantile ${quantile} ${buckets.map(({ bound, column }) => `${bound}:${column}`).join(" ")}`;
    const column = builder.column(key, (target) =>
      quantileOperation(quantile, bounds, columns, builder.profile, target),
    );
    return { labels, column };
  });
}

/** A bucket's bound. "+Inf" is not a number to `Number`. */
function boundOf(le: string | undefined): number | undefined {
  if (le === undefined || le.trim() === "") return undefined;
  if (/^\+?inf(inity)?$/i.test(le)) return Number.POSITIVE_INFINITY;
  const bound = Number(le);
  return Number.isNaN(bound) ? undefined : bound;
}

function quantileOperation(
  quantile: number,
  bounds: Float64Array,
  columns: Int32Array,
  profile: PromqlProfile,
  target: number,
): Operation {
  const uppers = new Float64Array(bounds.length);
  const counts = new Float64Array(bounds.length);
  const plain = bounds.every((bound, k) => k === 0 || bound > bounds[k - 1]!);
  return ({ stride, values, present, size, left: found }) => {
    found.fill(0, 0, size);
    for (let k = 0; k < columns.length; k++) {
      const from = columns[k]! * stride;
      for (let i = 0; i < size; i++) found[i] = found[i]! + present[from + i]!;
    }
    for (let i = 0; i < size; i++) {
      const out = target * stride + i;
      const q = quantile * stride + i;
      present[out] = found[i] === 0 ? 0 : present[q]!;
      if (plain && found[i] === columns.length) {
        for (let k = 0; k < columns.length; k++) counts[k] = values[columns[k]! * stride + i]!;
        values[out] = bucketQuantile(values[q]!, bounds, counts, columns.length, profile);
        continue;
      }
      let n = 0;
      for (let k = 0; k < columns.length; k++) {
        const at = columns[k]! * stride + i;
        if (present[at] === 0) continue;
        // Buckets with one bound, such as le="1" and le="1.0", are added up.
        if (n > 0 && uppers[n - 1] === bounds[k]) counts[n - 1] = counts[n - 1]! + values[at]!;
        else {
          uppers[n] = bounds[k]!;
          counts[n++] = values[at]!;
        }
      }
      values[out] = bucketQuantile(values[q]!, uppers, counts, n, profile);
    }
  };
}

/**
 * The quantile by linear interpolation within its bucket.
 * @param counts - Cumulative counts of the first `n` buckets; made monotonic in place.
 * @see https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile
 */
export function bucketQuantile(
  quantile: number,
  uppers: Float64Array,
  counts: Float64Array,
  n: number,
  profile: PromqlProfile,
): number {
  if (Number.isNaN(quantile)) return Number.NaN;
  if (quantile < 0) return Number.NEGATIVE_INFINITY;
  if (quantile > 1) return Number.POSITIVE_INFINITY;
  if (uppers[n - 1] !== Number.POSITIVE_INFINITY || n < 2) return Number.NaN;
  makeMonotonic(counts, n, profile);
  const observations = counts[n - 1]!;
  if (observations === 0) return Number.NaN;
  const rank = quantile * observations;
  const bucket = firstAtLeast(counts, n - 1, rank);
  if (bucket === n - 1) return uppers[n - 2]!;
  if (bucket === 0 && uppers[0]! <= 0) return uppers[0]!;
  if (bucket === 0) return uppers[0]! * (rank / counts[0]!);
  const start = uppers[bucket - 1]!;
  const below = counts[bucket - 1]!;
  return start + (uppers[bucket]! - start) * ((rank - below) / (counts[bucket]! - below));
}

/** The first of `n` ascending counts that is at least `rank`, or `n`; with NaN among them, the one Go's search meets. */
function firstAtLeast(counts: Float64Array, n: number, rank: number): number {
  let low = 0;
  let high = n;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (counts[middle]! >= rank) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Lifts counts to the highest before them; `prom3` also levels differences that are only rounding. */
function makeMonotonic(counts: Float64Array, n: number, profile: PromqlProfile): void {
  const tolerance = profile === "prom3" ? 2 * TOLERANCE : 0;
  let highest = counts[0]!;
  for (let k = 1; k < n; k++) {
    const count = counts[k]!;
    // The first test is the common case; what is near enough is looked at exactly.
    if (count - highest > (count + highest) * tolerance) highest = count;
    else if (count === highest) continue;
    else if (count < highest || (profile === "prom3" && almostEqual(count, highest))) counts[k] = highest;
    else if (profile === "prom3") highest = count;
  }
}

function almostEqual(a: number, b: number): boolean {
  const size = Math.abs(a) + Math.abs(b);
  const difference = Math.abs(a - b);
  if (a === 0 || b === 0 || size < 2 ** -1022) return difference < TOLERANCE * 2 ** -1022;
  return difference / Math.min(size, Number.MAX_VALUE) < TOLERANCE;
}
