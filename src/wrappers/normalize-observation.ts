/** Wrapper: observations of mean 0 and variance 1. @module */
import type { Env, Info } from "../env.js";
import { Box } from "../spaces/box.js";
import { ObservationWrapper } from "../wrapper.js";
import { boxOf, type FloatArray, type NumericArray } from "./box-of.js";
import { castArray } from "./cast-array.js";
import { checkPositive, wrapperOptions } from "./option-check.js";
import { RunningMeanStd, type RunningStatistics } from "./running-mean-std.js";

/** Options of {@link NormalizeObservation}. */
export interface NormalizeObservationOptions {
  /** Added to the variance before its root is taken. Above 0. @defaultValue 1e-8 */
  readonly epsilon?: number;
}

/**
 * Subtracts the mean of all observations so far and divides by their standard deviation, element by element.
 *
 * Statistics go on over episodes, take part in snapshots, and can be kept: read `statistics`, and assign them elsewhere.
 */
export class NormalizeObservation<
  InnerObservation extends NumericArray,
  Action,
  I extends object = Info,
> extends ObservationWrapper<Float32Array, InnerObservation, Action, I> {
  override readonly observationSpace: Box;
  /** Whether observations still change the statistics; false for evaluation. */
  updateRunningMean = true;
  readonly #epsilon: number;
  readonly #running: RunningMeanStd;

  /** @throws {@link InvalidOptionError} when the space is no Box, or `epsilon` not above 0. */
  constructor(env: Env<InnerObservation, Action, I>, options: NormalizeObservationOptions = {}) {
    const { epsilon = 1e-8 } = wrapperOptions(env, options, ["epsilon"]);
    const { shape, low } = boxOf("env.observationSpace", env.observationSpace);
    super(env, { epsilon });
    checkPositive("epsilon", epsilon);
    this.observationSpace = new Box(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, { shape });
    this.#epsilon = epsilon;
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

  observation(observation: InnerObservation): Float32Array {
    const values = toFloats(observation);
    return this.updateRunningMean
      ? this.#running.take(values, this.#epsilon)
      : this.#running.normalize(values, this.#epsilon);
  }

  protected override saveState(): unknown {
    return { running: this.#running.save(), updateRunningMean: this.updateRunningMean };
  }

  protected override loadState(state: {
    running: ReturnType<RunningMeanStd["save"]>;
    updateRunningMean: boolean;
  }): void {
    this.#running.load(state.running);
    this.updateRunningMean = state.updateRunningMean;
  }
}

/** Integers as float64, as NumPy's mean makes of them. */
export function toFloats(values: NumericArray): FloatArray {
  return values instanceof Float32Array || values instanceof Float64Array ? values : castArray(values, "float64");
}
