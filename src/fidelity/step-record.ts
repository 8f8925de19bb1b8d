/** What one step came to on one side of a comparison: what is written to the journal, and compared. @module */

/** One step. JSON; a number that is not known is null. */
export interface StepRecord {
  /** How many steps came before in the episode. */
  readonly step: number;
  readonly arrivals: number;
  readonly answered: number;
  readonly failed: number;
  /** Requests answered within each bound of `LATENCY_BUCKETS`, then all that were answered. */
  readonly within: readonly number[];
  /** Billed. Unit: USD. */
  readonly costUsd: number;
  /** Unit: USD. */
  readonly reward: number;
  /** Mean share of the slots at work, over the services, by PromQL. From 0. */
  readonly utilization: number | null;
  /** Mean response time, by PromQL. Unit: seconds. */
  readonly meanSeconds: number | null;
  /** 95th percentile of the response times, by PromQL over the histogram. Unit: seconds. */
  readonly p95Seconds: number | null;
  /** The same from every request's own time; null where none is kept. Unit: seconds. */
  readonly p95RawSeconds: number | null;
  /** Work of a request by service, by PromQL. Unit: seconds. */
  readonly workSeconds: Readonly<Record<string, number | null>>;
  /** Replicas that the action asked for more, or fewer. */
  readonly change: number;
  /** Means over the step of what is desired, what is billed and what answers requests. Unit: replicas. */
  readonly desired: number | null;
  readonly active: number | null;
  readonly ready: number | null;
  /** How late the step ended. Unit: seconds. */
  readonly lateSeconds: number;
  /** Whether nothing was changing at its beginning and its end. */
  readonly isSteady: boolean;
}

/** One policy's episode on one side. */
export interface EpisodeRecord {
  /** Such as `local`. */
  readonly side: string;
  readonly policy: string;
  /** As text: seeds may be larger than JSON's numbers. */
  readonly seed: string;
  /** Software that it ran on, by part. */
  readonly components: Readonly<Record<string, string>>;
  readonly steps: readonly StepRecord[];
}

/** Which episode it is, among those of one side. */
export function episodeKey({ policy, seed }: Pick<EpisodeRecord, "policy" | "seed">): string {
  return `${policy} ${seed}`;
}
