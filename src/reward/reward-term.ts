/** What a reward is made of: terms in US dollars over one step's measurements. @module */

/** What happened in one step, judged at the client. One object is reused for all steps: read it at once. */
export interface StepMeasurement {
  /** Length of the step. Unit: seconds. */
  readonly seconds: number;
  /** Requests that came. They need not be judged in the same step: some are answered, or fail, in a later one. */
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
   * Requests answered later than a time, or never: `answered` less those within it, plus `failed`.
   * @param targetSeconds - One of the bounds of the latency histogram. @throws InvalidOptionError for another
   */
  requestsBeyond(targetSeconds: number): number;
  /**
   * A quantile of the response times, by linear interpolation as Prometheus's `histogram_quantile`.
   * @param quantile - In [0, 1].
   * @returns Unit: seconds. With requests and no answer the worst, +Infinity; NaN without requests.
   */
  latencyQuantileSeconds(quantile: number): number;
  /**
   * The same from every request's own time, where the backend keeps it: no interpolation.
   * @param quantile - In [0, 1].
   * @returns Unit: seconds; NaN where none was answered.
   */
  rawLatencyQuantileSeconds?(quantile: number): number;
}

/**
 * A term of the reward. Rewards are sums of terms, so that each can be shown by itself.
 *
 * A term is a description and serves any number of environments at once: what it remembers between steps lies in `memory`,
 * which each environment has for itself. So a saved state is a copy of numbers, and no term can forget to save or clear any.
 *
 * @example
 * // A price per change of the bill, which needs the last step's cost.
 * const term: RewardTerm = {
 *   name: "billChange",
 *   function: "billChange",
 *   options: {},
 *   memoryLength: 1,
 *   evaluate: (step, memory) => {
 *     const change = Math.abs(step.costUsd - memory[0]!);
 *     memory[0] = step.costUsd;
 *     return -change;
 *   },
 * };
 */
export interface RewardTerm {
  /** Name in `info.rewardTerms`, such as `slowRequests`. Unique within a reward. */
  readonly name: string;
  /** The function that made it, such as `slowRequestPenalty`: its name in JSON. */
  readonly function: string;
  /** What the function was called with, as JSON, the defaults filled in. */
  readonly options: Readonly<Record<string, unknown>>;
  /** How many numbers it remembers between steps. @defaultValue 0 */
  readonly memoryLength?: number;
  /**
   * The term's value for one step. Keeps nothing but what it writes to `memory`, and allocates nothing.
   * @param memory - Float64Array of `memoryLength` numbers of this environment; all 0 when an episode starts.
   * @returns Unit: USD. Every term of the library lies in (-∞, 0].
   */
  evaluate(step: StepMeasurement, memory: Float64Array): number;
}
