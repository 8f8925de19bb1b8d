/** Wrapper: starts the next episode by itself. @module */
import type { Env, Info, ResetOptions, ResetResult, StepResult } from "../env.js";
import { Wrapper } from "../wrapper.js";

/**
 * Resets the environment in the step after the one that ended an episode, as Gymnasium does ("next step").
 *
 * That step ignores its action and resolves to the first observation and info of the new episode with a reward of 0;
 * the last observation of the old one has come with the step before.
 */
export class Autoreset<Observation, Action, I extends object = Info> extends Wrapper<Observation, Action, I> {
  #ended = false;

  constructor(env: Env<Observation, Action, I>) {
    super(env, {});
  }

  override reset(options?: ResetOptions): Promise<ResetResult<Observation, I>> {
    this.#ended = false;
    return super.reset(options);
  }

  override step(action: Action): Promise<StepResult<Observation, I>> {
    return this.#ended ? this.env.reset().then(this.#begin) : super.step(action);
  }

  protected override afterStep(result: StepResult<Observation, I>): StepResult<Observation, I> {
    this.#ended = result[2] || result[3];
    return result;
  }

  readonly #begin = ([observation, info]: ResetResult<Observation, I>): StepResult<Observation, I> => {
    this.#ended = false;
    return [observation, 0, false, false, info];
  };

  protected override saveState(): boolean {
    return this.#ended;
  }

  protected override loadState(state: boolean): void {
    this.#ended = state;
  }
}
