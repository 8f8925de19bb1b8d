/** Vector wrapper: observations as the numbers of bins. @module */
import { batchSpace } from "../../spaces/batch-space.js";
import type { Space } from "../../spaces/space.js";
import { BinGrid, type BinOptions } from "../../wrappers/bin-grid.js";
import { type FloatArray, floatBoxOf } from "../../wrappers/box-of.js";
import { checkBoolean, wrapperOptions } from "../../wrappers/option-check.js";
import type { VectorEnv } from "../vector-env.js";
import { VectorObservationWrapper } from "../vector-wrapper.js";

/** Cuts a bounded Box into bins; each environment's observation is the number of its bin, or with `multidiscrete` of each element's. */
export class VectorDiscretizeObservation<
  InnerObservations extends FloatArray,
  Actions,
> extends VectorObservationWrapper<Int32Array, InnerObservations, Actions> {
  override readonly observationSpace: Space<Int32Array>;
  override readonly singleObservationSpace: Space<unknown>;
  readonly #grid: BinGrid;
  readonly #isFlat: boolean;

  /** @throws {@link InvalidOptionError} when the space is no bounded Box of floating-point numbers, or `bins` does not fit. */
  constructor(env: VectorEnv<InnerObservations, Actions>, options: BinOptions) {
    const { bins, multidiscrete = false } = wrapperOptions(env, options, ["bins", "multidiscrete"]);
    super(env, { bins, multidiscrete });
    checkBoolean("multidiscrete", multidiscrete);
    const name = "env.singleObservationSpace";
    this.#grid = new BinGrid(name, floatBoxOf(name, env.singleObservationSpace), { bins, multidiscrete });
    this.#isFlat = !multidiscrete;
    this.singleObservationSpace = this.#grid.space as Space<unknown>;
    this.observationSpace = batchSpace(this.singleObservationSpace, env.numEnvs) as Space<unknown> as Space<Int32Array>;
  }

  observations(observations: InnerObservations): Int32Array {
    const size = this.#grid.bins.length;
    const bins = new Int32Array(this.numEnvs * (this.#isFlat ? 1 : size));
    for (let env = 0; env < this.numEnvs; env++) {
      const own = observations.subarray(env * size, (env + 1) * size);
      if (this.#isFlat) bins[env] = this.#grid.flatIndexOf(own);
      else this.#grid.indicesOf(own, bins.subarray(env * size, (env + 1) * size));
    }
    return bins;
  }

  finalObservation(observation: unknown): number | Int32Array {
    const own = observation as FloatArray;
    return this.#isFlat ? this.#grid.flatIndexOf(own) : this.#grid.indicesOf(own);
  }
}
