/** Wrapper: rewards by the standard deviation of the discounted return. @module */
import type { Env, Info, ResetOptions, ResetResult, StepResult } from "../env.js";
import { InvalidOptionError } from "../errors.js";
import { Wrapper } from "../wrapper.js";
import { checkPositive, wrapperOptions } from "./option-check.js";
import { RunningMeanStd, type RunningStatistics } from "./running-mean-std.js";

/** Options of {@link NormalizeReward}. */
export interface NormalizeRewardOptions {
  /** How much the return of the past counts after one more step. From 0 to 1. @defaultValue 0.99 */
  readonly gamma?: number;
  /** Added to the variance before its root is taken. Above 0. @defaultValue 1e-8 */
  readonly epsilon?: number;
}

/**
 * Divides rewards by the standard deviation of the discounted sum of rewards, which leaves their sign alone.
 *
 * The sum starts at 0 with every episode; Gymnasium's carries the end of one into the next.
 */
export class NormalizeReward<Observation, Action, I extends object = Info> extends Wrapper<Observation, Action, I> {
  /** Whether rewards still change the statistics; false for evaluation. */
  updateRunningMean = true;
  readonly #gamma: number;
  readonly #epsilon: number;
  readonly #running = new RunningMeanStd(1, "float64");
  readonly #sum = new Float64Array(1);

  /** @throws {@link InvalidOptionError} when `gamma` is not from 0 to 1, or `epsilon` not above 0. */
  constructor(env: Env<Observation, Action, I>, options: NormalizeRewardOptions = {}) {
    const { gamma = 0.99, epsilon = 1e-8 } = wrapperOptions(env, options, ["gamma", "epsilon"]);
    super(env, { gamma, epsilon });
    checkGamma(gamma);
    checkPositive("epsilon", epsilon);
    this.#gamma = gamma;
    this.#epsilon = epsilon;
  }

  /** Mean, variance and count of the discounted returns so far. */
  get statistics(): RunningStatistics {
    return this.#running.statistics;
  }

  /** @throws {@link InvalidOptionError} when they are of another size. */
  set statistics(statistics: RunningStatistics) {
    this.#running.statistics = statistics;
  }

  override reset(options?: ResetOptions): Promise<ResetResult<Observation, I>> {
    this.#sum[0] = 0;
    return super.reset(options);
  }

  protected override afterStep(result: StepResult<Observation, I>): StepResult<Observation, I> {
    const reward = result[1];
    this.#sum[0] = (result[2] ? 0 : this.#sum[0]! * this.#gamma) + reward;
    if (this.updateRunningMean) this.#running.update(this.#sum);
    const scaled = reward / Math.sqrt(this.#running.variance[0]! + this.#epsilon);
    return [result[0], scaled, result[2], result[3], result[4]];
  }

  protected override saveState(): unknown {
    return { running: this.#running.save(), sum: this.#sum[0], updateRunningMean: this.updateRunningMean };
  }

  protected override loadState(state: {
    running: ReturnType<RunningMeanStd["save"]>;
    sum: number;
    updateRunningMean: boolean;
  }): void {
    this.#running.load(state.running);
    this.#sum[0] = state.sum;
    this.updateRunningMean = state.updateRunningMean;
  }
}

/** @throws {@link InvalidOptionError} when a discount factor is not from 0 to 1. */
export function checkGamma(gamma: unknown): void {
  if (!((gamma as number) >= 0 && (gamma as number) <= 1))
    throw new InvalidOptionError("gamma", "a number from 0 to 1", gamma);
}
