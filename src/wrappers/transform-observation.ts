/** Wrapper: a function of every observation. @module */
import type { Env, Info } from "../env.js";
import type { Space } from "../spaces/space.js";
import { ObservationWrapper } from "../wrapper.js";
import { checkFunction, wrapperOptions } from "./option-check.js";

/** Options of {@link TransformObservation}. */
export interface TransformObservationOptions<Observation, InnerObservation> {
  /** The observation outside for one inside, which it may keep or change. */
  readonly func: (observation: InnerObservation) => Observation;
  /** What `func` gives. @defaultValue the space of the environment inside */
  readonly observationSpace?: Space<Observation> | undefined;
}

/**
 * Passes every observation of `reset` and `step` through a function. A spec cannot hold it.
 * @example
 * new TransformObservation(env, { func: (observation) => observation.map(Math.sign) });
 */
export class TransformObservation<
  Observation,
  InnerObservation,
  Action,
  I extends object = Info,
> extends ObservationWrapper<Observation, InnerObservation, Action, I> {
  override readonly observationSpace: Space<Observation>;
  readonly observation: (observation: InnerObservation) => Observation;

  /** @throws {@link InvalidOptionError} when `func` is not a function. */
  constructor(
    env: Env<InnerObservation, Action, I>,
    options: TransformObservationOptions<Observation, InnerObservation>,
  ) {
    const { func, observationSpace } = wrapperOptions(env, options, ["func", "observationSpace"]);
    super(env);
    checkFunction("func", func);
    this.observationSpace = observationSpace ?? (env.observationSpace as Space<unknown> as Space<Observation>);
    this.observation = func;
  }
}
