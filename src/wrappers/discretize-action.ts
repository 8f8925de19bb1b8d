/** Wrapper: actions by the numbers of bins. @module */
import type { Env, Info } from "../env.js";
import type { Space } from "../spaces/space.js";
import { ActionWrapper } from "../wrapper.js";
import { BinGrid, type BinOptions } from "./bin-grid.js";
import { type FloatArray, floatBoxOf } from "./box-of.js";
import { checkBoolean, wrapperOptions } from "./option-check.js";

/** Cuts a bounded Box into bins of equal width; an action is the number of a bin, or with `multidiscrete` of each element's, and means its centre. */
export class DiscretizeAction<
  Observation,
  InnerAction extends FloatArray,
  I extends object = Info,
> extends ActionWrapper<Observation, number | Int32Array, InnerAction, I> {
  override readonly actionSpace: Space<number | Int32Array>;
  readonly #grid: BinGrid;
  readonly #centers: readonly FloatArray[];
  /** Used again in every step. */
  readonly #indices: Int32Array;

  /** @throws {@link InvalidOptionError} when the space is no bounded Box of floating-point numbers, or `bins` does not fit. */
  constructor(env: Env<Observation, InnerAction, I>, options: BinOptions) {
    const { bins, multidiscrete = false } = wrapperOptions(env, options, ["bins", "multidiscrete"]);
    super(env, { bins, multidiscrete });
    checkBoolean("multidiscrete", multidiscrete);
    this.#grid = new BinGrid("env.actionSpace", floatBoxOf("env.actionSpace", env.actionSpace), {
      bins,
      multidiscrete,
    });
    this.#centers = this.#grid.centers;
    this.#indices = new Int32Array(this.#centers.length);
    this.actionSpace = this.#grid.space as Space<unknown> as Space<number | Int32Array>;
  }

  action(action: number | Int32Array): InnerAction {
    return this.#grid.pick(this.#centers, this.#grid.decode(action, this.#indices)) as InnerAction;
  }

  /** The action outside whose bin has its centre nearest to an action inside. */
  revertAction(action: InnerAction): number | Int32Array {
    return this.#grid.encode(this.#grid.nearest(action));
  }
}
