/** histogram_quantile of classic histograms. @module */
import { dropLabels, type LabelSet, labelKey, METRIC_NAME } from "../labels.js";
import type { Expr } from "./ast.js";
import { BucketLevels } from "./bucket-levels.js";
import { boundOf, bucketQuantile } from "./bucket-quantile.js";
import type { CompileContext, ResultSeries } from "./compiled.js";
import type { Operation } from "./frame.js";
import type { PromqlProfile } from "./sample-window.js";

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

/** Environments looked at together, so that their buckets stay in the nearest cache. */
const BLOCK = 32;

function quantileOperation(
  quantile: number,
  bounds: Float64Array,
  columns: Int32Array,
  profile: PromqlProfile,
  target: number,
): Operation {
  const uppers = new Float64Array(bounds.length);
  const counts = new Float64Array(bounds.length);
  const levels = new BucketLevels(columns, profile, BLOCK);
  const isPlain =
    bounds.length > 1 &&
    bounds[bounds.length - 1] === Number.POSITIVE_INFINITY &&
    bounds.every((bound, k) => k === 0 || bound > bounds[k - 1]!);
  return (frame) => {
    const { stride, values, present, size } = frame;
    for (let begin = 0; begin < size; begin += BLOCK) {
      const end = Math.min(size, begin + BLOCK);
      if (isPlain) levels.fill(frame, begin, end);
      for (let i = begin; i < end; i++) {
        const out = target * stride + i;
        const q = quantile * stride + i;
        if (isPlain && levels.isWhole(i - begin)) {
          present[out] = present[q]!;
          values[out] = levels.quantileOf(i - begin, values[q]!, bounds);
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
        present[out] = n === 0 ? 0 : present[q]!;
        values[out] = bucketQuantile(values[q]!, uppers, counts, n, profile);
      }
    }
  };
}
