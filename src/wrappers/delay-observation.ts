/** Wrapper: observations some steps late. @module */
import type { Env, Info, ResetOptions, ResetResult } from "../env.js";
import { copyValue } from "../spaces/copy-value.js";
import { ObservationWrapper } from "../wrapper.js";
import { checkInteger, wrapperOptions } from "./option-check.js";
import { zeroValue } from "./zero-value.js";

/** Options of {@link DelayObservation}. */
export interface DelayObservationOptions {
  /** How many steps late. At least 0. */
  readonly delay: number;
}

/** Gives each observation some steps after it was made; the first ones of an episode are zeros. */
export class DelayObservation<Observation, Action, I extends object = Info> extends ObservationWrapper<
  Observation,
  Observation,
  Action,
  I
> {
  readonly #delay: number;
  #queue: Observation[] = [];

  /** @throws {@link InvalidOptionError} when `delay` is not an integer of at least 0. */
  constructor(env: Env<Observation, Action, I>, options: DelayObservationOptions) {
    const { delay } = wrapperOptions(env, options, ["delay"]);
    super(env, { delay });
    checkInteger("delay", delay, 0);
    this.#delay = delay;
  }

  override reset(options?: ResetOptions): Promise<ResetResult<Observation, I>> {
    this.#queue = [];
    return super.reset(options);
  }

  observation(observation: Observation): Observation {
    this.#queue.push(observation);
    return this.#queue.length > this.#delay ? this.#queue.shift()! : zeroValue(this.observationSpace);
  }

  protected override saveState(): unknown {
    return this.#queue.map(copyValue);
  }

  protected override loadState(state: Observation[]): void {
    this.#queue = state.map(copyValue);
  }
}
