/** Vector wrapper: some of the parts of observations. @module */
import { batchSpace } from "../../spaces/batch-space.js";
import type { Space } from "../../spaces/space.js";
import type { FilterObservationOptions } from "../../wrappers/filter-observation.js";
import { wrapperOptions } from "../../wrappers/option-check.js";
import { PartFilter } from "../../wrappers/part-filter.js";
import type { VectorEnv } from "../vector-env.js";
import { VectorObservationWrapper } from "../vector-wrapper.js";

/** Keeps some parts of the observations of a Dict or a Tuple. */
export class VectorFilterObservation<InnerObservations, Actions> extends VectorObservationWrapper<
  unknown,
  InnerObservations,
  Actions
> {
  override readonly observationSpace: Space<unknown>;
  override readonly singleObservationSpace: Space<unknown>;
  readonly #filter: PartFilter;

  /** @throws {@link InvalidOptionError} when the space is no Dict or Tuple, or a key is none of its own or there twice. */
  constructor(env: VectorEnv<InnerObservations, Actions>, options: FilterObservationOptions) {
    const { filterKeys } = wrapperOptions(env, options, ["filterKeys"]);
    const filter = new PartFilter("env.singleObservationSpace", env.singleObservationSpace, filterKeys);
    super(env, { filterKeys: filter.keys });
    this.#filter = filter;
    this.singleObservationSpace = filter.space;
    this.observationSpace = batchSpace(filter.space, env.numEnvs);
  }

  observations(observations: InnerObservations): unknown {
    return this.#filter.pick(observations);
  }

  finalObservation(observation: unknown): unknown {
    return this.#filter.pick(observation);
  }
}
