/** Wrapper: actions between other bounds. @module */
import type { Env, Info } from "../env.js";
import type { Space } from "../spaces/space.js";
import { ActionWrapper } from "../wrapper.js";
import { AffineMap } from "./affine-map.js";
import type { Bound, FloatArray } from "./box-of.js";
import { wrapperOptions } from "./option-check.js";

/** Options of {@link RescaleAction}. */
export interface RescaleActionOptions {
  /** The new lower bounds: one for all, or one for each element. Infinite where the space's are. */
  readonly minAction: Bound;
  /** The new upper bounds, likewise. */
  readonly maxAction: Bound;
}

/** Takes actions between other bounds and stretches them onto those of the Box inside. */
export class RescaleAction<Observation, Action extends FloatArray, I extends object = Info> extends ActionWrapper<
  Observation,
  Action,
  Action,
  I
> {
  override readonly actionSpace: Space<Action>;
  readonly #map: AffineMap;

  /** @throws {@link InvalidOptionError} when the space is no Box of floating-point numbers, or bounds do not fit it. */
  constructor(env: Env<Observation, Action, I>, options: RescaleActionOptions) {
    const { minAction, maxAction } = wrapperOptions(env, options, ["minAction", "maxAction"]);
    const map = new AffineMap("env.actionSpace", env.actionSpace, { minAction, maxAction });
    super(env, map.options);
    this.#map = map;
    this.actionSpace = this.#map.space as Space<unknown> as Space<Action>;
  }

  action(action: Action): Action {
    return this.#map.backward(action) as Action;
  }
}
