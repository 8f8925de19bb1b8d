/** What a reward is made of: terms in US dollars over one step's measurements. @module */

/** What happened in one step, judged at the client. One object is reused for all steps: read it at once. */
export interface StepMeasurement {
  /** Length of the step. Unit: seconds. */
  readonly seconds: number;
  /** Requests that came. */
  readonly arrivals: number;
  /** Requests answered. */
  readonly answered: number;
  /** Requests refused, lost or given up; at the episode's end also those still waiting. */
  readonly failed: number;
  /** What the provider billed. Unit: USD. */
  readonly costUsd: number;
  /** Whether the episode ends with this step. */
  readonly final: boolean;
  /**
   * Requests answered later than a time, or never.
   * @param targetSeconds - One of the bounds of the latency histogram. @throws InvalidOptionError for another
   */
  requestsBeyond(targetSeconds: number): number;
  /**
   * A quantile of the response times, by linear interpolation as Prometheus's `histogram_quantile`.
   * @param quantile - In [0, 1].
   * @returns Unit: seconds. With arrivals and no answer the worst, +Infinity; NaN without arrivals.
   */
  latencyQuantileSeconds(quantile: number): number;
}

/** A term of the reward. Rewards are sums of terms, so that each can be shown by itself. */
export interface RewardTerm {
  /** Name in `info.rewardTerms`, such as `slowRequests`. */
  readonly name: string;
  /** The term's function and options as JSON, from which it can be rebuilt. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Forgets what was accumulated; called at `reset`. Terms without memory lack it. */
  reset?(): void;
  /** The term's value for one step. Unit: USD. */
  evaluate(step: StepMeasurement): number;
}
