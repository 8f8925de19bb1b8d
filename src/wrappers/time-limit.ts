/** Wrapper: ends an episode after a number of steps. @module */
import type { Env, Info, ResetOptions, ResetResult, StepResult } from "../env.js";
import { InvalidOptionError } from "../errors.js";
import type { EnvSpec } from "../registration.js";
import { Wrapper } from "../wrapper.js";
import { wrapperOptions } from "./option-check.js";

/** Options of {@link TimeLimit}. */
export interface TimeLimitOptions {
  /** The step on which an episode is truncated, counted from 1. */
  readonly maxEpisodeSteps: number;
}

/** Sets `truncated` on step `maxEpisodeSteps` of an episode and on every later one; `terminated` is left alone. */
export class TimeLimit<Observation, Action, I extends object = Info> extends Wrapper<Observation, Action, I> {
  readonly #maxEpisodeSteps: number;
  #elapsedSteps = 0;

  /** @throws {@link InvalidOptionError} when `maxEpisodeSteps` is not an integer of at least 1. */
  constructor(env: Env<Observation, Action, I>, options: TimeLimitOptions) {
    const { maxEpisodeSteps } = wrapperOptions(env, options, ["maxEpisodeSteps"]);
    super(env, { maxEpisodeSteps });
    if (!Number.isSafeInteger(maxEpisodeSteps) || maxEpisodeSteps < 1) {
      throw new InvalidOptionError("maxEpisodeSteps", "an integer of at least 1", maxEpisodeSteps);
    }
    this.#maxEpisodeSteps = maxEpisodeSteps;
  }

  /** The step on which an episode is truncated. */
  get maxEpisodeSteps(): number {
    return this.#maxEpisodeSteps;
  }

  /**
   * Directly around an environment, or around what `make` was given for one, the limit is part of its spec; around another
   * wrapper it is one more wrapper.
   */
  protected override extendSpec(spec: EnvSpec): EnvSpec {
    if (this.env instanceof Wrapper && !Object.hasOwn(this.env, "spec")) return super.extendSpec(spec);
    return { ...spec, maxEpisodeSteps: this.#maxEpisodeSteps };
  }

  override reset(options?: ResetOptions): Promise<ResetResult<Observation, I>> {
    this.#elapsedSteps = 0;
    return super.reset(options);
  }

  protected override afterStep(result: StepResult<Observation, I>): StepResult<Observation, I> {
    if (++this.#elapsedSteps < this.#maxEpisodeSteps) return result;
    return [result[0], result[1], result[2], true, result[4]];
  }

  protected override saveState(): number {
    return this.#elapsedSteps;
  }

  protected override loadState(state: number): void {
    this.#elapsedSteps = state;
  }
}
