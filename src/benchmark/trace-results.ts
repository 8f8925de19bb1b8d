/** How recorded traces were used, for the results; the policies see none of it. @module */
import type { Env } from "../env.js";
import type { TraceWorkload } from "../loadgen/trace.js";
import type { Split, Workload } from "../loadgen/workload.js";

/** How one trace was used. */
export interface TraceResult {
  readonly workload: string;
  /** Length of a period of the file. Unit: seconds. */
  readonly periodSeconds: number;
  /** The 99.5th percentile of the recorded rates. Unit: requests per second. */
  readonly recordedPeak: number;
  /** What it was scaled to; null where it was left as it is. Unit: requests per second. */
  readonly scaledPeak: number | null;
  /** How many times faster it ran than it was recorded. */
  readonly compress: number;
  /** The days of the split, as ISO dates: seed k took day k modulo their number. */
  readonly days: readonly string[];
}

/** What is known about the traces among workloads. @param env - Whose reference rate they were scaled to. */
export function traceResults(
  workloads: readonly (string | Workload)[],
  split: Split,
  env: Env<unknown, unknown, object>,
): TraceResult[] {
  const { definition } = env.unwrapped as { readonly definition?: { readonly referenceRate: number } };
  return workloads.filter(isTrace).map(({ name, periodSeconds, recordedPeak, options, days }) => ({
    workload: name,
    periodSeconds,
    recordedPeak,
    scaledPeak: scaledPeak(options.peak, definition?.referenceRate ?? null),
    compress: Number(options.compress),
    days: days[split],
  }));
}

function isTrace(workload: string | Workload): workload is TraceWorkload {
  return typeof workload === "object" && "recordedPeak" in workload;
}

function scaledPeak(peak: unknown, referenceRate: number | null): number | null {
  if (peak === "reference") return referenceRate;
  return typeof peak === "number" ? peak : null;
}
