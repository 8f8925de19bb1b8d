/** Wrapper: observations as the numbers of bins. @module */
import type { Env, Info } from "../env.js";
import type { Space } from "../spaces/space.js";
import { ObservationWrapper } from "../wrapper.js";
import { BinGrid, type BinOptions } from "./bin-grid.js";
import { type FloatArray, floatBoxOf } from "./box-of.js";
import { checkBoolean, wrapperOptions } from "./option-check.js";

/** Cuts a bounded Box into bins of equal width; an observation is the number of its bin, or with `multidiscrete` of each element's. */
export class DiscretizeObservation<
  InnerObservation extends FloatArray,
  Action,
  I extends object = Info,
> extends ObservationWrapper<number | Int32Array, InnerObservation, Action, I> {
  override readonly observationSpace: Space<number | Int32Array>;
  readonly #grid: BinGrid;
  readonly #isFlat: boolean;

  /** @throws {@link InvalidOptionError} when the space is no bounded Box of floating-point numbers, or `bins` does not fit. */
  constructor(env: Env<InnerObservation, Action, I>, options: BinOptions) {
    const { bins, multidiscrete = false } = wrapperOptions(env, options, ["bins", "multidiscrete"]);
    super(env, { bins, multidiscrete });
    checkBoolean("multidiscrete", multidiscrete);
    const box = floatBoxOf("env.observationSpace", env.observationSpace);
    this.#grid = new BinGrid("env.observationSpace", box, { bins, multidiscrete });
    this.#isFlat = !multidiscrete;
    this.observationSpace = this.#grid.space as Space<unknown> as Space<number | Int32Array>;
  }

  observation(observation: InnerObservation): number | Int32Array {
    return this.#isFlat ? this.#grid.flatIndexOf(observation) : this.#grid.indicesOf(observation);
  }

  /** Between which values an observation inside lies for one outside. */
  revertObservation(observation: number | Int32Array): {
    readonly low: InnerObservation;
    readonly high: InnerObservation;
  } {
    const indices = this.#grid.decode(observation);
    return {
      low: this.#grid.pick(this.#grid.edges, indices) as InnerObservation,
      high: this.#grid.pick(this.#grid.edges, indices, 1) as InnerObservation,
    };
  }
}
