/** Vector wrapper: rewards by the standard deviation of the discounted return. @module */
import { checkGamma, type NormalizeRewardOptions } from "../../wrappers/normalize-reward.js";
import { checkPositive, wrapperOptions } from "../../wrappers/option-check.js";
import { RunningMeanStd, type RunningStatistics } from "../../wrappers/running-mean-std.js";
import type { VectorEnv, VectorInfos, VectorResetOptions, VectorStepResult } from "../vector-env.js";
import { resetMaskOf, VectorWrapper } from "../vector-wrapper.js";

/**
 * Divides rewards by the standard deviation of the discounted sums of rewards of all environments.
 *
 * Each sum starts at 0 with every episode, in float32 as in Gymnasium, whose sums carry the end of one episode into the
 * next. A reset of some environments leaves the sums of the others alone. The statistics belong to all environments, so no
 * snapshot of one holds them: read and assign `statistics`.
 */
export class VectorNormalizeReward<Observations, Actions> extends VectorWrapper<Observations, Actions> {
  /** Whether rewards still change the statistics; false for evaluation. */
  updateRunningMean = true;
  readonly #gamma: number;
  readonly #epsilon: number;
  readonly #running = new RunningMeanStd(1, "float64");
  readonly #sums: Float32Array;
  /** In mode NextStep, whose next step resets. */
  readonly #hasEnded: Uint8Array;

  /** @throws {@link InvalidOptionError} when `gamma` is not from 0 to 1, or `epsilon` not above 0. */
  constructor(env: VectorEnv<Observations, Actions>, options: NormalizeRewardOptions = {}) {
    const { gamma = 0.99, epsilon = 1e-8 } = wrapperOptions(env, options, ["gamma", "epsilon"]);
    super(env, { gamma, epsilon });
    checkGamma(gamma);
    checkPositive("epsilon", epsilon);
    this.#gamma = gamma;
    this.#epsilon = epsilon;
    this.#sums = new Float32Array(env.numEnvs);
    this.#hasEnded = new Uint8Array(env.numEnvs);
  }

  /** Mean, variance and count of the discounted returns so far. */
  get statistics(): RunningStatistics {
    return this.#running.statistics;
  }

  /** @throws {@link InvalidOptionError} when they are of another size. */
  set statistics(statistics: RunningStatistics) {
    this.#running.statistics = statistics;
  }

  override async reset(options?: VectorResetOptions): Promise<[observations: Observations, infos: VectorInfos]> {
    const result = await this.env.reset(options);
    const mask = resetMaskOf(options);
    for (let i = 0; i < this.numEnvs; i++) if (mask === null || mask[i]) this.#start(i);
    return result;
  }

  override async step(actions: Actions): Promise<VectorStepResult<Observations, VectorInfos>> {
    const [observations, rewards, terminations, truncations, infos] = await this.env.step(actions);
    const isActive = this.#hasEnded.map((ended) => 1 - ended);
    for (let i = 0; i < this.numEnvs; i++) {
      if (isActive[i] === 0) this.#start(i);
      else this.#add(i, rewards[i]!, terminations[i]!);
    }
    if (this.updateRunningMean) this.#running.update(this.#sums.filter((_, i) => isActive[i] === 1));
    const scale = Math.sqrt(this.#running.variance[0]! + this.#epsilon);
    for (let i = 0; i < this.numEnvs; i++) {
      if (isActive[i] === 1 && (terminations[i] === 1 || truncations[i] === 1)) this.#end(i);
    }
    return [observations, rewards.map((reward) => reward / scale), terminations, truncations, infos];
  }

  #add(index: number, reward: number, terminated: number): void {
    const past = Math.fround(this.#sums[index]! * Math.fround(this.#gamma));
    this.#sums[index] = past * (1 - terminated) + reward;
  }

  #end(index: number): void {
    // In the other modes the next step is one of a new episode already.
    if (this.autoresetMode === "NextStep") this.#hasEnded[index] = 1;
    else this.#start(index);
  }

  #start(index: number): void {
    this.#sums[index] = 0;
    this.#hasEnded[index] = 0;
  }

  /** The running sum. */
  protected override saveState(index: number): readonly number[] {
    return [this.#sums[index]!, this.#hasEnded[index]!];
  }

  protected override loadState(index: number, state: readonly [number, number]): void {
    [this.#sums[index], this.#hasEnded[index]] = state;
  }
}
