/** Vector wrapper: actions by the numbers of bins. @module */
import { zeros } from "../../dtype.js";
import { batchSpace } from "../../spaces/batch-space.js";
import type { Space } from "../../spaces/space.js";
import { BinGrid, type BinOptions } from "../../wrappers/bin-grid.js";
import { type FloatArray, floatBoxOf } from "../../wrappers/box-of.js";
import { checkBoolean, wrapperOptions } from "../../wrappers/option-check.js";
import type { VectorEnv } from "../vector-env.js";
import { VectorActionWrapper } from "../vector-wrapper.js";

/** Cuts a bounded Box into bins; each environment's action is the number of a bin, or with `multidiscrete` of each element's, and means its centre. */
export class VectorDiscretizeAction<Observations, InnerActions extends FloatArray> extends VectorActionWrapper<
  Observations,
  Int32Array,
  InnerActions
> {
  override readonly actionSpace: Space<Int32Array>;
  override readonly singleActionSpace: Space<unknown>;
  readonly #grid: BinGrid;
  readonly #centers: readonly FloatArray[];

  /** @throws {@link InvalidOptionError} when the space is no bounded Box of floating-point numbers, or `bins` does not fit. */
  constructor(env: VectorEnv<Observations, InnerActions>, options: BinOptions) {
    const { bins, multidiscrete = false } = wrapperOptions(env, options, ["bins", "multidiscrete"]);
    super(env, { bins, multidiscrete });
    checkBoolean("multidiscrete", multidiscrete);
    const name = "env.singleActionSpace";
    this.#grid = new BinGrid(name, floatBoxOf(name, env.singleActionSpace), { bins, multidiscrete });
    this.#centers = this.#grid.centers;
    this.singleActionSpace = this.#grid.space as Space<unknown>;
    this.actionSpace = batchSpace(this.singleActionSpace, env.numEnvs) as Space<unknown> as Space<Int32Array>;
  }

  actions(actions: Int32Array): InnerActions {
    const size = this.#grid.bins.length;
    const width = actions.length / this.numEnvs;
    const isFlat = this.singleActionSpace.shape?.length === 0;
    const inner = zeros(floatBoxOf("env.singleActionSpace", this.env.singleActionSpace).dtype, this.numEnvs * size);
    for (let env = 0; env < this.numEnvs; env++) {
      const own = isFlat ? actions[env]! : actions.subarray(env * width, (env + 1) * width);
      inner.set(this.#grid.pick(this.#centers, this.#grid.decode(own)) as FloatArray, env * size);
    }
    return inner as InnerActions;
  }
}
