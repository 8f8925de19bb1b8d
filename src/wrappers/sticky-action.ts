/** Wrapper: now and then the last action again, whatever the next one is. @module */
import type { Env, Info, ResetOptions, ResetResult } from "../env.js";
import { InvalidOptionError } from "../errors.js";
import { ActionWrapper } from "../wrapper.js";

/** Options of {@link StickyAction}. */
export interface StickyActionOptions {
  /** The chance that the last action is taken again. From 0 to below 1. */
  readonly repeatActionProbability: number;
  /** For how many steps then: a number, or the smallest and the largest. @defaultValue 1 */
  readonly repeatActionDuration?: number | readonly [smallest: number, largest: number];
}

interface State<Action> {
  readonly last: { readonly action: Action } | null;
  readonly repeatsLeft: number;
}

/**
 * Takes the last action again with a chance, drawn from the environment's generator as in Gymnasium.
 *
 * @see Machado et al., "Revisiting the Arcade Learning Environment" (2018), for why.
 */
export class StickyAction<Observation, Action, I extends object = Info> extends ActionWrapper<
  Observation,
  Action,
  Action,
  I
> {
  readonly #probability: number;
  readonly #smallest: number;
  readonly #largest: number;
  #last: { readonly action: Action } | null = null;
  #repeatsLeft = 0;

  /** @throws {@link InvalidOptionError} when the probability is not below 1, or a duration not an integer above 0. */
  constructor(
    env: Env<Observation, Action, I>,
    { repeatActionProbability, repeatActionDuration = 1 }: StickyActionOptions,
  ) {
    super(env, { repeatActionProbability, repeatActionDuration });
    if (!(repeatActionProbability >= 0 && repeatActionProbability < 1)) {
      throw new InvalidOptionError("repeatActionProbability", "a number from 0 to below 1", repeatActionProbability);
    }
    const [smallest, largest] =
      typeof repeatActionDuration === "number" ? [repeatActionDuration, repeatActionDuration] : repeatActionDuration;
    if (!Number.isSafeInteger(smallest) || !Number.isSafeInteger(largest) || smallest < 1 || largest < smallest) {
      const expected = "an integer of at least 1, or the smallest and the largest of them";
      throw new InvalidOptionError("repeatActionDuration", expected, repeatActionDuration);
    }
    this.#probability = repeatActionProbability;
    this.#smallest = smallest;
    this.#largest = largest;
  }

  override reset(options?: ResetOptions): Promise<ResetResult<Observation, I>> {
    this.#last = null;
    this.#repeatsLeft = 0;
    return super.reset(options);
  }

  action(action: Action): Action {
    const { rng } = this;
    if (this.#last === null || (this.#repeatsLeft === 0 && rng.random() >= this.#probability)) {
      // The caller may write to an array after the step.
      this.#last = { action: ArrayBuffer.isView(action) ? structuredClone(action) : action };
      return action;
    }
    if (this.#repeatsLeft === 0) this.#repeatsLeft = rng.integers(this.#smallest, this.#largest + 1);
    this.#repeatsLeft--;
    return this.#last.action;
  }

  protected override saveState(): State<Action> {
    return structuredClone({ last: this.#last, repeatsLeft: this.#repeatsLeft });
  }

  protected override loadState(state: State<Action>): void {
    this.#last = structuredClone(state.last);
    this.#repeatsLeft = state.repeatsLeft;
  }
}
