/** histogram_quantile of classic histograms. @module */
import { Opcode } from "../column-codes.js";
import { dropLabels, type LabelSet, labelKey, METRIC_NAME } from "../labels.js";
import type { Expr } from "./ast.js";
import { boundOf, bucketQuantile, TOLERANCE } from "./bucket-quantile.js";
import type { CompileContext, ResultSeries } from "./compiled.js";
import type { Operation, Step } from "./frame.js";
import type { PromqlProfile } from "./sample-window.js";
import { allOf } from "./window.js";

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
    const column = builder.column(key, (target) => quantileStep(quantile, bounds, columns, builder.profile, target));
    return { labels, column };
  });
}

/**
 * The kernel does what is common: histograms with all their buckets, up to +Inf. `prom3` takes neighbours as equal whose difference is only
 * rounding; that, and what else is out of the common, is left to the host.
 */
function quantileStep(
  quantile: number,
  bounds: Float64Array,
  columns: Int32Array,
  profile: PromqlProfile,
  target: number,
): Step {
  const uppers = new Float64Array(bounds.length);
  const counts = new Float64Array(bounds.length);
  const quantilesOfListed: Operation = ({ stride, values, present, left }, _item, listed) => {
    for (let r = 0; r < listed; r++) {
      const i = left[r]!;
      const out = target * stride + i;
      const q = quantile * stride + i;
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
  };
  const isPlain =
    bounds.length > 1 &&
    bounds[0]! > 0 &&
    bounds[bounds.length - 1] === Number.POSITIVE_INFINITY &&
    bounds.every((bound, k) => k === 0 || bound > bounds[k - 1]!);
  if (!isPlain) return (frame, item) => quantilesOfListed(frame, item, allOf(frame));
  // A difference of TOLERANCE times the sum, and a thousandth less and more.
  const [near, far] = profile === "prom3" ? [1 + 1.999 * TOLERANCE, 1 + 2.001 * TOLERANCE] : [1, 1];
  return {
    write: (code, step) => {
      const from = Array.from(columns, (column) => code.column(column));
      const levels = new Float64Array(4 * (columns.length + 2));
      const ends = bounds.with(-1, bounds.at(-2)!);
      const integers = [step, code.column(quantile), code.column(target), columns.length, ...from];
      code.write(Opcode.quantile, integers, [near, far, 0, ...ends, ...levels]);
    },
    host: quantilesOfListed,
  };
}
