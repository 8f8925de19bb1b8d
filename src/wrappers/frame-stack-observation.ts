/** Wrapper: the last observations together. @module */

import { type Dtype, zeros } from "../dtype.js";
import type { Env, Info, ResetOptions, ResetResult } from "../env.js";
import { InvalidOptionError } from "../errors.js";
import { batchSpace } from "../spaces/batch-space.js";
import { Box } from "../spaces/box.js";
import { concatenate, createEmptyArray } from "../spaces/concatenate.js";
import { copyValue } from "../spaces/copy-value.js";
import type { Json, Space } from "../spaces/space.js";
import { ObservationWrapper } from "../wrapper.js";
import type { NumericArray } from "./box-of.js";
import { FloatFrames } from "./float-frames.js";
import { checkInteger, wrapperOptions } from "./option-check.js";
import { zeroValue } from "./zero-value.js";

/** Options of {@link FrameStackObservation}. */
export interface FrameStackObservationOptions<InnerObservation = unknown> {
  /** How many observations. At least 1. */
  readonly stackSize: number;
  /** What stands for those before an episode's first: the first itself, zeros, or an observation. @defaultValue "reset" */
  readonly paddingType?: "reset" | "zero" | InnerObservation | { readonly observation: Json };
}

/** Gives the last `stackSize` observations as one batch, the latest last. */
export class FrameStackObservation<InnerObservation, Action, I extends object = Info> extends ObservationWrapper<
  unknown,
  InnerObservation,
  Action,
  I
> {
  override readonly observationSpace: Space<unknown>;
  readonly #stackSize: number;
  /** Null where the first observation of an episode is repeated. */
  readonly #padding: InnerObservation | null;
  /** The stack of float32 arrays; null where observations are something else. */
  readonly #floats: FloatFrames | null;
  /** The stack of other arrays, the latest last; null where observations are none. */
  #arrays: NumericArray | null;
  /** The stack of other observations. */
  #frames: InnerObservation[] = [];

  /** @throws {@link InvalidOptionError} when `stackSize` is not an integer of at least 1, or the padding no observation. */
  constructor(env: Env<InnerObservation, Action, I>, options: FrameStackObservationOptions<InnerObservation>) {
    wrapperOptions(env, options, ["stackSize", "paddingType"]);
    const { stackSize, paddingType = "reset" } = options;
    const space = env.observationSpace as Space<unknown>;
    const padding = paddingOf(env.observationSpace, paddingType);
    super(env, frameStackJson(space, options));
    checkInteger("stackSize", stackSize, 1);
    this.observationSpace = batchSpace(space, stackSize);
    this.#stackSize = stackSize;
    this.#padding = padding;
    const isFloat32 = space instanceof Box && space.dtype === "float32";
    this.#floats = isFloat32 ? new FloatFrames(space.low.length, stackSize) : null;
    this.#arrays =
      space instanceof Box && !isFloat32 ? zeros(space.dtype as Dtype, space.low.length * stackSize) : null;
  }

  override async reset(options?: ResetOptions): Promise<ResetResult<unknown, I>> {
    const [observation, info] = await this.env.reset(options);
    const padding = this.#padding ?? observation;
    this.#frames = [];
    for (let i = 0; i < this.#stackSize; i++) {
      if (this.#floats !== null) this.#floats.push(padding as NumericArray as Float32Array);
      else if (this.#arrays !== null) push(this.#arrays, padding as NumericArray);
      else this.#frames.push(padding);
    }
    return [this.observation(observation), info];
  }

  /** Takes in the latest; a new batch every time: the caller owns it, and holds none of the frames. */
  observation(observation: InnerObservation): unknown {
    const floats = this.#floats;
    if (floats !== null) {
      floats.push(observation as NumericArray as Float32Array);
      return floats.toArray();
    }
    if (this.#arrays !== null) {
      push(this.#arrays, observation as NumericArray);
      return this.#arrays.slice();
    }
    this.#frames.shift();
    this.#frames.push(observation);
    const space = this.env.observationSpace as Space<unknown>;
    return concatenate(space, this.#frames, createEmptyArray(space, this.#stackSize));
  }

  protected override saveState(): unknown {
    return { arrays: this.#floats?.toArray() ?? copyValue(this.#arrays), frames: copyValue(this.#frames) };
  }

  protected override loadState(state: { arrays: NumericArray | null; frames: InnerObservation[] }): void {
    const { arrays, frames } = copyValue(state);
    if (this.#floats === null) this.#arrays = arrays;
    else this.#floats.load(arrays as Float32Array);
    this.#frames = frames;
  }
}

/** Moves arrays in a stack up and puts one at the end. By hand, as `copyWithin` and `set` take longer for those of usual sizes. */
function push(stack: NumericArray, array: NumericArray): void {
  const { length } = array;
  const end = stack.length - length;
  for (let i = 0; i < end; i++) stack[i] = stack[i + length]!;
  for (let i = 0; i < length; i++) stack[end + i] = array[i]!;
}

/** The options as a spec holds them. */
export function frameStackJson(
  space: Space<unknown>,
  { stackSize, paddingType = "reset" }: FrameStackObservationOptions,
): Readonly<Record<string, unknown>> {
  const padding = paddingOf(space, paddingType);
  if (padding === null || paddingType === "zero") return { stackSize, paddingType };
  return { stackSize, paddingType: { observation: space.toJsonable([padding]) } };
}

function paddingOf<T>(space: Space<T>, paddingType: unknown): T | null {
  if (paddingType === "reset") return null;
  if (paddingType === "zero") return zeroValue(space as Space<unknown>) as T;
  const json = (paddingType as { readonly observation?: Json } | null)?.observation;
  const padding = json === undefined || space.contains(paddingType) ? paddingType : space.fromJsonable(json)[0];
  if (space.contains(padding)) return copyValue(padding);
  throw new InvalidOptionError("paddingType", '"reset", "zero" or an observation', paddingType);
}
