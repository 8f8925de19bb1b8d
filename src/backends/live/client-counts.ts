/** What the load's clients have counted, and a step's measurements from two readings of it. @module */
import { GeneratorLimitError, MetricsServerError } from "../../errors.js";
import { FINE_COUNT, fineQuantile, parseFineCounts } from "../../loadgen/runner/fine-latencies.js";
import { LATE, LIMIT_SHARE } from "../../loadgen/runner/load-tally.js";
import { sendRequest } from "../../metrics/client/http-request.js";
import { parseExposition } from "../../metrics/exposition/parse-exposition.js";
import { LATENCY_BUCKETS } from "../../metrics/latency-buckets.js";
import { HistogramMeasurement } from "../../reward/histogram-measurement.js";
import type { StepMeasurement } from "../../reward/reward-term.js";

/** One reading; counts since the load began. */
export interface ClientCounts {
  readonly offered: number;
  readonly code200: number;
  /** Refused, lost and given up. */
  readonly failed: number;
  /** Sent late, or not at all. */
  readonly late: number;
  /** Answers within each bound, the last beyond them all: cumulative. */
  readonly within: Float64Array;
  /** Answers by fine bucket of the load. */
  readonly fine: Float64Array;
}

/** Nothing yet. */
export const NO_COUNTS: ClientCounts = {
  offered: 0,
  code200: 0,
  failed: 0,
  late: 0,
  within: new Float64Array(LATENCY_BUCKETS.length + 1),
  fine: new Float64Array(FINE_COUNT),
};

/** Longest answer taken. Unit: bytes. */
const MOST_BYTES = 2 ** 20;
/** How long a reading may take: the process that sends the load may be busy with it. Unit: seconds. */
const PATIENCE = 15;

/** Reads the counts off a load's metrics. @throws MetricsServerError when they cannot be had */
export async function readClientCounts(url: string): Promise<ClientCounts> {
  const signal = AbortSignal.timeout(PATIENCE * 1000);
  const read = async (from: string): Promise<string> => {
    const request = { url: from, method: "GET", headers: {}, maxResponseBytes: MOST_BYTES, signal } as const;
    const { status, body } = await sendRequest(request).catch((error: unknown) => {
      if (!signal.aborted) throw error;
      throw new MetricsServerError(from, "deadline", 0, `the load's metrics: no answer within ${PATIENCE} s.`);
    });
    if (status === 200) return body;
    throw new MetricsServerError(from, "status", status, `the load's metrics: status ${status}.`);
  };
  const [body, latencies, late] = (await Promise.all(
    ["/metrics", "/latencies", "/late"].map((path) => read(new URL(path, url).href)),
  )) as [string, string, string];
  const within = new Float64Array(LATENCY_BUCKETS.length + 1);
  const counts = { offered: 0, code200: 0, failed: 0, late: Number(late), within, fine: parseFineCounts(latencies) };
  let bucket = 0;
  for (const { samples } of parseExposition(body, { format: "text" })) {
    for (const { name, labels, value } of samples) {
      if (name === "infra_gym_offered_requests_total") counts.offered += value;
      else if (name === "http_request_duration_seconds_bucket") counts.within[bucket++] = value;
      else if (name === "http_requests_total" && /^[1-4]/.test(labels.get("code") ?? "")) counts.code200 += value;
      else if (name === "http_requests_total") counts.failed += value;
    }
  }
  return counts;
}

/** What is wrong where the load could not keep up between two readings: more than 1 % of the requests were late, or not sent. */
export function limitBetween(before: ClientCounts, after: ClientCounts): GeneratorLimitError | undefined {
  const offered = after.offered - before.offered;
  const late = after.late - before.late;
  return late > LIMIT_SHARE * offered ? new GeneratorLimitError(Math.min(1, late / offered), LATE) : undefined;
}

/** Measurements of a step, where each request counts several times. */
export class LiveMeasurement implements StepMeasurement {
  readonly #histogram = new HistogramMeasurement();
  readonly #fine = new Float64Array(FINE_COUNT);
  answered = 0;

  /**
   * Fills in a step.
   * @param weight - How often a request counts: the time scale.
   */
  set(step: {
    readonly before: ClientCounts;
    readonly after: ClientCounts;
    readonly weight: number;
    readonly seconds: number;
    readonly costUsd: number;
    readonly final: boolean;
  }): this {
    const { before, after, weight, seconds, costUsd, final } = step;
    const failed =
      after.failed - before.failed + (final ? Math.max(0, after.offered - after.code200 - after.failed) : 0);
    this.answered = weight * (after.code200 - before.code200);
    Object.assign(this.#histogram, {
      seconds,
      costUsd,
      final,
      arrivals: weight * (after.offered - before.offered),
      failed: weight * failed,
    });
    for (let b = 0; b < after.within.length; b++) {
      this.#histogram.counts[b] = weight * (after.within[b]! - before.within[b]!);
    }
    for (let b = 0; b < FINE_COUNT; b++) this.#fine[b] = after.fine[b]! - before.fine[b]!;
    return this;
  }

  get seconds(): number {
    return this.#histogram.seconds;
  }

  get arrivals(): number {
    return this.#histogram.arrivals;
  }

  get failed(): number {
    return this.#histogram.failed;
  }

  get costUsd(): number {
    return this.#histogram.costUsd;
  }

  get final(): boolean {
    return this.#histogram.final;
  }

  requestsBeyond(targetSeconds: number): number {
    return this.#histogram.requestsBeyond(targetSeconds);
  }

  latencyQuantileSeconds(quantile: number): number {
    return this.#histogram.latencyQuantileSeconds(quantile);
  }

  rawLatencyQuantileSeconds(quantile: number): number {
    return fineQuantile(this.#fine, quantile);
  }
}
