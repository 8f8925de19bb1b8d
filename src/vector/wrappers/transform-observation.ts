/** Vector wrapper: a function of every batch of observations. @module */
import { NotSupportedError } from "../../errors.js";
import type { Space } from "../../spaces/space.js";
import { checkFunction, wrapperOptions } from "../../wrappers/option-check.js";
import type { VectorEnv } from "../vector-env.js";
import { VectorObservationWrapper } from "../vector-wrapper.js";

/** Options of {@link VectorTransformObservation}. */
export interface VectorTransformObservationOptions<Observations, InnerObservations> {
  /** The batch outside for one inside, which it may keep or change. */
  readonly func: (observations: InnerObservations) => Observations;
  /** The same for the last observation of one episode. Needed in mode `SameStep`. */
  readonly singleFunc?: ((observation: unknown) => unknown) | undefined;
  /** What `func` gives. @defaultValue the space of the environment inside */
  readonly observationSpace?: Space<Observations> | undefined;
  /** What `singleFunc` gives. @defaultValue the space of one environment inside */
  readonly singleObservationSpace?: Space<unknown> | undefined;
}

/** Passes every batch of observations through a function. */
export class VectorTransformObservation<Observations, InnerObservations, Actions> extends VectorObservationWrapper<
  Observations,
  InnerObservations,
  Actions
> {
  override readonly observationSpace: Space<Observations>;
  override readonly singleObservationSpace: Space<unknown>;
  readonly observations: (observations: InnerObservations) => Observations;
  readonly finalObservation: (observation: unknown) => unknown;

  /**
   * @throws {@link InvalidOptionError} when `func` or `singleFunc` is not a function.
   * @throws {@link NotSupportedError} when there is no `singleFunc` in mode `SameStep`.
   */
  constructor(
    env: VectorEnv<InnerObservations, Actions>,
    options: VectorTransformObservationOptions<Observations, InnerObservations>,
  ) {
    wrapperOptions(env, options, ["func", "singleFunc", "observationSpace", "singleObservationSpace"]);
    super(env);
    const { func, singleFunc, observationSpace, singleObservationSpace } = options;
    checkFunction("func", func);
    if (singleFunc !== undefined) checkFunction("singleFunc", singleFunc);
    if (singleFunc === undefined && env.autoresetMode === "SameStep") {
      throw new NotSupportedError(
        "Mode SameStep without singleFunc",
        "Pass what changes the last observation of an episode.",
      );
    }
    this.observationSpace = observationSpace ?? (env.observationSpace as Space<unknown> as Space<Observations>);
    this.singleObservationSpace = singleObservationSpace ?? env.singleObservationSpace;
    this.observations = func;
    this.finalObservation = singleFunc ?? ((observation) => observation);
  }
}
