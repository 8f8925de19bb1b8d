/** Wrapper: the time of the episode in every observation. @module */

import { isFloat } from "../dtype.js";
import type { Env, Info, ResetOptions, ResetResult } from "../env.js";
import { InvalidOptionError } from "../errors.js";
import { Box } from "../spaces/box.js";
import { Dict, type DictSpaces } from "../spaces/dict.js";
import { flatten } from "../spaces/flatten.js";
import { flattenSpace } from "../spaces/flatten-space.js";
import type { Space } from "../spaces/space.js";
import { Tuple, type TupleSpaces } from "../spaces/tuple.js";
import { ObservationWrapper, Wrapper } from "../wrapper.js";
import type { FloatArray } from "./box-of.js";
import { checkBoolean, wrapperOptions } from "./option-check.js";
import { TimeLimit } from "./time-limit.js";

/** Options of {@link TimeAwareObservation}. */
export interface TimeAwareObservationOptions {
  /** Whether all becomes one vector, with the time among its numbers. @defaultValue true */
  readonly flatten?: boolean;
  /** Whether the time is the share of the episode that has passed, from 0 to 1; otherwise it counts steps. @defaultValue false */
  readonly normalizeTime?: boolean;
  /** What the time is called in a Dict. @defaultValue "time" */
  readonly dictTimeKey?: string;
}

/**
 * Adds the number of steps taken in this episode to every observation: as a part of a Dict or the last of a Tuple; another
 * observation becomes the part `obs` of a Dict. All is one vector unless told otherwise.
 */
export class TimeAwareObservation<InnerObservation, Action, I extends object = Info> extends ObservationWrapper<
  unknown,
  InnerObservation,
  Action,
  I
> {
  override readonly observationSpace: Space<unknown>;
  readonly #maxSteps: number;
  readonly #normalizeTime: boolean;
  readonly #append: (observation: unknown, time: unknown) => unknown;
  /** The space that is flattened, or null. */
  readonly #flattened: Space<unknown> | null;
  /** Whether the vector is the observation's own numbers, then the time. */
  readonly #isOneMore: boolean;
  readonly #isFloat32: boolean;
  #steps = 0;

  /**
   * @throws {@link InvalidOptionError} when the episodes have no limit of steps, or the name of the time is taken.
   * @throws {@link NotSupportedError} when the observations are to be flattened and cannot be.
   */
  constructor(env: Env<InnerObservation, Action, I>, options: TimeAwareObservationOptions = {}) {
    wrapperOptions(env, options, ["flatten", "normalizeTime", "dictTimeKey"]);
    const { flatten: isFlat = true, normalizeTime = false, dictTimeKey = "time" } = options;
    super(env, { flatten: isFlat, normalizeTime, dictTimeKey });
    checkBoolean("flatten", isFlat);
    checkBoolean("normalizeTime", normalizeTime);
    this.#maxSteps = maxStepsOf(env);
    this.#normalizeTime = normalizeTime;
    const time: Space<unknown> = normalizeTime ? new Box(0, 1) : new Box(0, this.#maxSteps, { dtype: "int32" });
    const inner = env.observationSpace as Space<unknown>;
    let space: Space<unknown>;
    if (inner instanceof Tuple) {
      space = new Tuple([...(inner.spaces as TupleSpaces), time]) as Space<unknown>;
      this.#append = (observation, now) => [...(observation as readonly unknown[]), now];
    } else if (inner instanceof Dict) {
      const { spaces } = inner as Dict<DictSpaces>;
      if (typeof dictTimeKey !== "string" || Object.hasOwn(spaces, dictTimeKey)) {
        throw new InvalidOptionError("dictTimeKey", "a name that no part of the observations has", dictTimeKey);
      }
      space = new Dict<DictSpaces>({ ...spaces, [dictTimeKey]: time });
      this.#append = (observation, now) => ({ ...(observation as object), [dictTimeKey]: now });
    } else {
      space = new Dict<DictSpaces>({ obs: inner, time });
      this.#append = (observation, now) => ({ obs: observation, time: now });
    }
    this.#flattened = isFlat ? space : null;
    this.observationSpace = isFlat ? flattenSpace(space) : space;
    this.#isOneMore = isFlat && inner instanceof Box && isFloat(inner.dtype);
    this.#isFloat32 = this.observationSpace.dtype === "float32";
  }

  override reset(options?: ResetOptions): Promise<ResetResult<unknown, I>> {
    this.#steps = 0;
    return super.reset(options);
  }

  protected override beforeStep(action: Action): Action {
    this.#steps++;
    return action;
  }

  observation(observation: InnerObservation): unknown {
    if (this.#isOneMore) return this.#extend(observation as unknown as FloatArray);
    const time = this.#normalizeTime ? Float32Array.of(this.#steps / this.#maxSteps) : Int32Array.of(this.#steps);
    const value = this.#append(observation, time);
    return this.#flattened === null ? value : flatten(this.#flattened, value);
  }

  #extend(values: FloatArray): FloatArray {
    const { length } = values;
    const longer = this.#isFloat32 ? new Float32Array(length + 1) : new Float64Array(length + 1);
    for (let i = 0; i < length; i++) longer[i] = values[i]!;
    longer[length] = this.#normalizeTime ? Math.fround(this.#steps / this.#maxSteps) : this.#steps;
    return longer;
  }

  protected override saveState(): unknown {
    return this.#steps;
  }

  protected override loadState(state: number): void {
    this.#steps = state;
  }
}

/** The limit of the spec, or that of the outermost TimeLimit. */
function maxStepsOf(env: Env<unknown, unknown, object>): number {
  let inner = env;
  while (inner instanceof Wrapper) {
    if (inner instanceof TimeLimit) return inner.maxEpisodeSteps;
    inner = inner.env;
  }
  if (typeof env.spec?.maxEpisodeSteps === "number") return env.spec.maxEpisodeSteps;
  throw new InvalidOptionError("env", "one with maxEpisodeSteps in its spec, or with a TimeLimit around it", env);
}
