/** Wrapper: some of the parts of an observation. @module */
import type { Env, Info } from "../env.js";
import type { Space } from "../spaces/space.js";
import { ObservationWrapper } from "../wrapper.js";
import { wrapperOptions } from "./option-check.js";
import { PartFilter } from "./part-filter.js";

/** Options of {@link FilterObservation}. */
export interface FilterObservationOptions {
  /** Which parts are kept, at least one: names of a Dict, or places in a Tuple counted from 0, in the order wanted. */
  readonly filterKeys: readonly string[] | readonly number[];
}

/** Keeps some parts of the observations of a Dict or a Tuple. */
export class FilterObservation<InnerObservation, Action, I extends object = Info> extends ObservationWrapper<
  unknown,
  InnerObservation,
  Action,
  I
> {
  override readonly observationSpace: Space<unknown>;
  readonly #filter: PartFilter;

  /** @throws {@link InvalidOptionError} when the space is no Dict or Tuple, or a key is none of its own or there twice. */
  constructor(env: Env<InnerObservation, Action, I>, options: FilterObservationOptions) {
    const { filterKeys } = wrapperOptions(env, options, ["filterKeys"]);
    const filter = new PartFilter("env.observationSpace", env.observationSpace as Space<unknown>, filterKeys);
    super(env, { filterKeys: filter.keys });
    this.#filter = filter;
    this.observationSpace = filter.space;
  }

  observation(observation: InnerObservation): unknown {
    return this.#filter.pick(observation);
  }
}
