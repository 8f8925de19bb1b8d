/** Vector wrapper: observations of mean 0 and variance 1. @module */
import { batchSpace } from "../../spaces/batch-space.js";
import { Box } from "../../spaces/box.js";
import { boxOf, type FloatArray, type NumericArray } from "../../wrappers/box-of.js";
import { type NormalizeObservationOptions, toFloats } from "../../wrappers/normalize-observation.js";
import { checkPositive, wrapperOptions } from "../../wrappers/option-check.js";
import { RunningMeanStd, type RunningStatistics } from "../../wrappers/running-mean-std.js";
import type { VectorEnv, VectorInfos, VectorResetOptions, VectorStepResult } from "../vector-env.js";
import { mapFinalObservations, resetMaskOf, VectorWrapper } from "../vector-wrapper.js";

/**
 * Subtracts the mean of all environments' observations so far and divides by their standard deviation.
 *
 * A reset of some environments counts their first observations alone, and in mode `SameStep` last observations count and
 * are normalized like all others. The statistics belong to all environments, so no snapshot of one holds them: read and
 * assign `statistics`.
 */
export class VectorNormalizeObservation<Actions> extends VectorWrapper<Float32Array, Actions, NumericArray> {
  override readonly singleObservationSpace: Box;
  override readonly observationSpace: Box;
  /** Whether observations still change the statistics; false for evaluation. */
  updateRunningMean = true;
  readonly #epsilon: number;
  readonly #running: RunningMeanStd;
  readonly #size: number;

  /** @throws {@link InvalidOptionError} when the space of one environment is no Box, or `epsilon` not above 0. */
  constructor(env: VectorEnv<NumericArray, Actions>, options: NormalizeObservationOptions = {}) {
    const { epsilon = 1e-8 } = wrapperOptions(env, options, ["epsilon"]);
    super(env, { epsilon });
    const { shape, low } = boxOf("env.singleObservationSpace", env.singleObservationSpace);
    checkPositive("epsilon", epsilon);
    this.singleObservationSpace = new Box(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, { shape });
    this.observationSpace = batchSpace(this.singleObservationSpace, env.numEnvs) as unknown as Box;
    this.#epsilon = epsilon;
    this.#size = low.length;
    this.#running = new RunningMeanStd(low.length, "float32");
  }

  /** Mean, variance and count of the observations so far. */
  get statistics(): RunningStatistics {
    return this.#running.statistics;
  }

  /** @throws {@link InvalidOptionError} when they are of another size. */
  set statistics(statistics: RunningStatistics) {
    this.#running.statistics = statistics;
  }

  override async reset(options?: VectorResetOptions): Promise<[observations: Float32Array, infos: VectorInfos]> {
    const [observations, infos] = await this.env.reset(options);
    const values = toFloats(observations);
    const mask = resetMaskOf(options);
    this.#update(mask === null ? values : this.#rowsOf(values, mask));
    return [this.#running.normalize(values, this.#epsilon), infos];
  }

  override async step(actions: Actions): Promise<VectorStepResult<Float32Array, VectorInfos>> {
    const [observations, rewards, terminations, truncations, infos] = await this.env.step(actions);
    const values = toFloats(observations);
    this.#update(values);
    mapFinalObservations(infos, (observation) => this.#update(toFloats(observation as NumericArray)));
    const outer = mapFinalObservations(infos, (observation) =>
      this.#running.normalize(toFloats(observation as NumericArray), this.#epsilon),
    );
    return [this.#running.normalize(values, this.#epsilon), rewards, terminations, truncations, outer];
  }

  #update(rows: FloatArray): void {
    if (this.updateRunningMean) this.#running.update(rows);
  }

  #rowsOf(values: FloatArray, mask: ArrayLike<unknown>): FloatArray {
    return values.filter((_: number, at: number) => mask[Math.floor(at / this.#size)]);
  }
}
