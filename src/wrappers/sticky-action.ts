/** Wrapper: now and then the last action again, whatever the next one is. @module */
import type { Env, Info, ResetOptions, ResetResult } from "../env.js";
import { InvalidOptionError } from "../errors.js";
import type { Generator } from "../rng.js";
import { copyValue } from "../spaces/copy-value.js";
import { ActionWrapper } from "../wrapper.js";
import { wrapperOptions } from "./option-check.js";

/** Options of {@link StickyAction}. */
export interface StickyActionOptions {
  /** The chance that the last action is taken again. From 0 to below 1. */
  readonly repeatActionProbability: number;
  /** For how many steps then: a number, or the smallest and the largest. @defaultValue 1 */
  readonly repeatActionDuration?: number | readonly [smallest: number, largest: number];
}

interface State<Action> {
  /** The last action; null at an episode's start. */
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
  #hasLast = false;
  #last: Action | undefined;
  #repeatsLeft = 0;
  /** The environment's generator in this episode: asking all wrappers down to it for each step would cost as much as the draw. */
  #rng: Generator | undefined;

  /** @throws {@link InvalidOptionError} when the probability is not below 1, or a duration not an integer above 0. */
  constructor(env: Env<Observation, Action, I>, options: StickyActionOptions) {
    wrapperOptions(env, options, ["repeatActionProbability", "repeatActionDuration"]);
    const { repeatActionProbability, repeatActionDuration = 1 } = options;
    super(env, { repeatActionProbability, repeatActionDuration });
    const { probability, smallest, largest } = checkStickiness(options);
    this.#probability = probability;
    this.#smallest = smallest;
    this.#largest = largest;
  }

  override reset(options?: ResetOptions): Promise<ResetResult<Observation, I>> {
    this.#hasLast = false;
    this.#repeatsLeft = 0;
    this.#rng = undefined;
    return super.reset(options);
  }

  action(action: Action): Action {
    this.#rng ??= this.rng;
    const rng = this.#rng;
    if (!this.#hasLast || (this.#repeatsLeft === 0 && rng.random() >= this.#probability)) {
      this.#keep(action);
      return action;
    }
    if (this.#repeatsLeft === 0) this.#repeatsLeft = rng.integers(this.#smallest, this.#largest + 1);
    this.#repeatsLeft--;
    return copyValue(this.#last!);
  }

  /** A copy of an array, as the caller may write to it after the step; into the copy before, where it fits. */
  #keep(action: Action): void {
    this.#hasLast = true;
    const kept = this.#last;
    if (isArray(action) && isArray(kept) && kept.length === action.length) {
      for (let i = 0; i < action.length; i++) kept[i] = action[i]!;
    } else {
      this.#last = copyValue(action);
    }
  }

  protected override saveState(): State<Action> {
    return { last: this.#hasLast ? { action: copyValue(this.#last!) } : null, repeatsLeft: this.#repeatsLeft };
  }

  protected override loadState({ last, repeatsLeft }: State<Action>): void {
    this.#hasLast = last !== null;
    this.#last = last === null ? undefined : copyValue(last.action);
    this.#repeatsLeft = repeatsLeft;
    this.#rng = undefined;
  }
}

/**
 * The options taken apart.
 * @throws {@link InvalidOptionError} when the probability is not below 1, or a duration not an integer above 0.
 */
export function checkStickiness({ repeatActionProbability, repeatActionDuration = 1 }: StickyActionOptions): {
  readonly probability: number;
  readonly smallest: number;
  readonly largest: number;
} {
  if (!(repeatActionProbability >= 0 && repeatActionProbability < 1)) {
    throw new InvalidOptionError("repeatActionProbability", "a number from 0 to below 1", repeatActionProbability);
  }
  const [smallest, largest] =
    typeof repeatActionDuration === "number" ? [repeatActionDuration, repeatActionDuration] : repeatActionDuration;
  if (!Number.isSafeInteger(smallest) || !Number.isSafeInteger(largest) || smallest < 1 || largest < smallest) {
    const expected = "an integer of at least 1, or the smallest and the largest of them";
    throw new InvalidOptionError("repeatActionDuration", expected, repeatActionDuration);
  }
  return { probability: repeatActionProbability, smallest, largest };
}

function isArray(value: unknown): value is Float32Array {
  return ArrayBuffer.isView(value);
}
