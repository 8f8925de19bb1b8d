/** Rewards in units of the deviation of their discounted sums. @module */
import { type MomentsState, RunningMoments } from "./running-moments.js";

/** How far a scaled reward may lie from 0. */
const LIMIT = 10;

/** What {@link ReturnScale} remembers: plain data. */
export interface ReturnScaleState {
  readonly moments: MomentsState;
  readonly returns: Float64Array;
}

/** Divides rewards by the running deviation of each environment's discounted return, as CleanRL's environments do. */
export class ReturnScale {
  readonly #moments = new RunningMoments(1);
  readonly #gamma: number;
  #returns: Float64Array;

  constructor(numEnvs: number, gamma: number) {
    this.#gamma = gamma;
    this.#returns = new Float64Array(numEnvs);
  }

  /** Takes in one step's rewards and writes them scaled, within ±10. */
  scale(rewards: Float64Array, ended: (env: number) => boolean, into: Float64Array): void {
    const returns = this.#returns;
    for (let env = 0; env < returns.length; env++) returns[env] = returns[env]! * this.#gamma + rewards[env]!;
    this.#moments.update(returns, returns.length);
    const factor = 1 / this.#moments.deviation(0);
    for (let env = 0; env < returns.length; env++) {
      into[env] = Math.min(LIMIT, Math.max(-LIMIT, rewards[env]! * factor));
      if (ended(env)) returns[env] = 0;
    }
  }

  /** A copy of everything remembered; assign one to go back to it. */
  get state(): ReturnScaleState {
    return { moments: this.#moments.state, returns: this.#returns.slice() };
  }

  set state({ moments, returns }: ReturnScaleState) {
    this.#moments.state = moments;
    this.#returns = returns.slice();
  }
}
