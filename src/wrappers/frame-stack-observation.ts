/** Wrapper: the last observations together. @module */

import { zeros } from "../dtype.js";
import type { Env, Info, ResetOptions, ResetResult, StepResult } from "../env.js";
import { InvalidOptionError } from "../errors.js";
import { batchSpace } from "../spaces/batch-space.js";
import { Box } from "../spaces/box.js";
import { concatenate, createEmptyArray } from "../spaces/concatenate.js";
import type { Json, Space } from "../spaces/space.js";
import { Wrapper } from "../wrapper.js";
import { checkInteger } from "./option-check.js";
import { zeroValue } from "./zero-value.js";

/** Options of {@link FrameStackObservation}. */
export interface FrameStackObservationOptions<InnerObservation = unknown> {
  /** How many observations. At least 1. */
  readonly stackSize: number;
  /** What stands for those before an episode's first: the first itself, zeros, or an observation. @defaultValue "reset" */
  readonly paddingType?: "reset" | "zero" | InnerObservation | { readonly observation: Json };
}

/** Gives the last `stackSize` observations as one batch, the latest last. */
export class FrameStackObservation<InnerObservation, Action, I extends object = Info> extends Wrapper<
  unknown,
  Action,
  I,
  InnerObservation
> {
  override readonly observationSpace: Space<unknown>;
  readonly #stackSize: number;
  /** Null where the first observation of an episode is repeated. */
  readonly #padding: InnerObservation | null;
  /** How many numbers an observation has; null where it is no array. */
  readonly #size: number | null;
  #frames: InnerObservation[] = [];

  /** @throws {@link InvalidOptionError} when `stackSize` is not an integer of at least 1, or the padding no observation. */
  constructor(env: Env<InnerObservation, Action, I>, options: FrameStackObservationOptions<InnerObservation>) {
    const { stackSize, paddingType = "reset" } = options;
    const space = env.observationSpace;
    const padding = paddingOf(space, paddingType);
    super(env, frameStackJson(space as Space<unknown>, options));
    checkInteger("stackSize", stackSize, 1);
    this.observationSpace = batchSpace(space as Space<unknown>, stackSize);
    this.#stackSize = stackSize;
    this.#padding = padding;
    this.#size = space instanceof Box ? space.low.length : null;
  }

  override async reset(options?: ResetOptions): Promise<ResetResult<unknown, I>> {
    const [observation, info] = await this.env.reset(options);
    const padding = this.#padding ?? observation;
    this.#frames = new Array<InnerObservation>(this.#stackSize).fill(padding);
    return [this.#push(observation), info];
  }

  protected override afterStep(result: StepResult<InnerObservation, I>): StepResult<unknown, I> {
    return [this.#push(result[0]), result[1], result[2], result[3], result[4]];
  }

  /** A new batch every time: the caller owns it, and holds none of the frames. */
  #push(observation: InnerObservation): unknown {
    this.#frames.shift();
    this.#frames.push(observation);
    if (this.#size !== null) return this.#joinArrays(this.#size);
    const space = this.env.observationSpace as Space<unknown>;
    return concatenate(space, this.#frames, createEmptyArray(space, this.#stackSize));
  }

  #joinArrays(size: number): Float32Array {
    const batch = zeros(this.env.observationSpace.dtype!, size * this.#stackSize) as Float32Array;
    let at = 0;
    for (let i = 0; i < this.#stackSize; i++) {
      const frame = this.#frames[i] as unknown as Float32Array;
      for (let k = 0; k < size; k++) batch[at++] = frame[k]!;
    }
    return batch;
  }

  protected override saveState(): unknown {
    return structuredClone(this.#frames);
  }

  protected override loadState(state: InnerObservation[]): void {
    this.#frames = structuredClone(state);
  }
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
  if (space.contains(padding)) return structuredClone(padding);
  throw new InvalidOptionError("paddingType", '"reset", "zero" or an observation', paddingType);
}
