/** Wrapper: refuses steps before the first reset. @module */
import type { Env, Info, ResetOptions, ResetResult } from "../env.js";
import { ResetNeededError } from "../errors.js";
import { nameOf, Wrapper } from "../wrapper.js";

/** Rejects `step` and `render` with {@link ResetNeededError} until `reset` has been called. */
export class OrderEnforcing<Observation, Action, I extends object = Info> extends Wrapper<Observation, Action, I> {
  #hasReset = false;

  constructor(env: Env<Observation, Action, I>) {
    super(env, {});
  }

  /** Whether `reset` has been called. */
  get hasReset(): boolean {
    return this.#hasReset;
  }

  override reset(options?: ResetOptions): Promise<ResetResult<Observation, I>> {
    this.#hasReset = true;
    return super.reset(options);
  }

  protected override beforeStep(action: Action): Action {
    if (!this.#hasReset) throw new ResetNeededError(nameOf(this.env));
    return action;
  }

  override render(): Promise<string | null> {
    if (!this.#hasReset) return Promise.reject(new ResetNeededError(nameOf(this.env)));
    return super.render();
  }

  protected override saveState(): boolean {
    return this.#hasReset;
  }

  protected override loadState(state: boolean): void {
    this.#hasReset = state;
  }
}
