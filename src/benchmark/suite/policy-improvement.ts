/** How likely one policy does better than another. @module */
import { type Estimate, probabilityOfImprovement, type ScoreTable } from "../score.js";

/** One policy against another. */
export interface PolicyImprovement {
  readonly policy: string;
  readonly over: string;
  /** Probability that it does better on a day than the other one on any day of the same task: mean over the tasks. */
  readonly probability: Estimate;
  /** Share of days on which it does better than the other one on the very same day. */
  readonly daysWon: Estimate;
}

/**
 * Compares two policies' scores.
 *
 * @see R. Agarwal et al., "Deep Reinforcement Learning at the Edge of the Statistical Precipice", NeurIPS 2021, sec. 4.3, for the probability over all pairs of runs
 */
export function improvementsOf(
  policy: string,
  over: string,
  scores: ScoreTable,
  others: ScoreTable,
): PolicyImprovement {
  return {
    policy,
    over,
    probability: probabilityOfImprovement(scores, others, { pairs: "all" }),
    daysWon: probabilityOfImprovement(scores, others),
  };
}
