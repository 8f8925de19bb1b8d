/** What an episode is judged by. @module */
import type { PolicyInfo } from "../agents/policy.js";
import type { SloInfo } from "../envs/info.js";
import type { Plan } from "../infra/plan.js";

/** The part of `info` an environment must give to be judged. */
export interface JudgedInfo extends PolicyInfo {
  /** Billed in this step. Unit: USD. */
  readonly costUsd: number;
  readonly slo: SloInfo;
  readonly plan: Pick<Plan, "isEmpty">;
}

/** How one episode went. */
export interface EpisodeMeasures {
  /** Sum of the rewards. Unit: USD in this library's environments. */
  readonly return: number;
  /** Billed over the episode. Unit: USD. */
  readonly costUsd: number;
  /** Share of the episode's requests that were answered late or not at all, from 0 to 1. */
  readonly slaViolation: number;
  /**
   * Mean of the steps' 95th percentiles, weighted by the requests answered in them. Unit: seconds. NaN when none was.
   * Failed requests are not in it: they show in `slaViolation`.
   */
  readonly p95Seconds: number;
  /** Steps whose action changed the graph. */
  readonly changes: number;
}

/** The names of the measures, in the order of tables and files. */
export const MEASURES: readonly MeasureName[] = Object.freeze([
  "return",
  "costUsd",
  "slaViolation",
  "p95Seconds",
  "changes",
]);

/** The name of a measure. */
export type MeasureName = keyof EpisodeMeasures;

/** Adds up the steps of one episode. */
export class EpisodeTally {
  #return = 0;
  #costUsd = 0;
  #arrivals = 0;
  #violations = 0;
  #answered = 0;
  #weightedP95 = 0;
  #changes = 0;

  /** Takes in one step. */
  add(reward: number, { costUsd, slo, plan }: JudgedInfo): void {
    this.#return += reward;
    this.#costUsd += costUsd;
    this.#arrivals += slo.arrivals;
    this.#violations += slo.slow + slo.failed;
    if (slo.answered > 0) {
      this.#answered += slo.answered;
      this.#weightedP95 += slo.answered * slo.p95Seconds;
    }
    if (!plan.isEmpty) this.#changes++;
  }

  /** The episode so far. */
  measures(): EpisodeMeasures {
    return {
      return: this.#return,
      costUsd: this.#costUsd,
      slaViolation: this.#arrivals > 0 ? this.#violations / this.#arrivals : 0,
      p95Seconds: this.#weightedP95 / this.#answered,
      changes: this.#changes,
    };
  }
}
