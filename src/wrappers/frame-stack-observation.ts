/** Wrapper: the last observations together. @module */
import type { Env, Info, ResetOptions, ResetResult, StepResult } from "../env.js";
import { InvalidOptionError } from "../errors.js";
import { batchSpace } from "../spaces/batch-space.js";
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
  #frames: InnerObservation[] = [];

  /** @throws {@link InvalidOptionError} when `stackSize` is not an integer of at least 1, or the padding no observation. */
  constructor(env: Env<InnerObservation, Action, I>, options: FrameStackObservationOptions<InnerObservation>) {
    const { stackSize, paddingType = "reset" } = options;
    const space = env.observationSpace;
    const padding = paddingOf(space, paddingType);
    const isNamed = paddingType === "reset" || paddingType === "zero";
    super(env, {
      stackSize,
      paddingType: isNamed ? paddingType : { observation: space.toJsonable([padding as InnerObservation]) },
    });
    checkInteger("stackSize", stackSize, 1);
    this.observationSpace = batchSpace(space as Space<unknown>, stackSize);
    this.#stackSize = stackSize;
    this.#padding = padding;
  }

  override async reset(options?: ResetOptions): Promise<ResetResult<unknown, I>> {
    const [observation, info] = await this.env.reset(options);
    const padding = this.#padding ?? observation;
    this.#frames = new Array<InnerObservation>(this.#stackSize).fill(padding);
    return [this.#push(observation), info];
  }

  override step(action: Action): Promise<StepResult<unknown, I>> {
    return this.env.step(action).then(this.#onStep);
  }

  readonly #onStep = (result: StepResult<InnerObservation, I>): StepResult<unknown, I> => [
    this.#push(result[0]),
    result[1],
    result[2],
    result[3],
    result[4],
  ];

  #push(observation: InnerObservation): unknown {
    this.#frames.shift();
    this.#frames.push(observation);
    const space = this.env.observationSpace as Space<unknown>;
    // A new batch every time: the caller owns it, and holds none of the frames.
    return concatenate(space, this.#frames, createEmptyArray(space, this.#stackSize));
  }

  protected override saveState(): unknown {
    return structuredClone(this.#frames);
  }

  protected override loadState(state: InnerObservation[]): void {
    this.#frames = structuredClone(state);
  }
}

function paddingOf<T>(space: Space<T>, paddingType: unknown): T | null {
  if (paddingType === "reset") return null;
  if (paddingType === "zero") return zeroValue(space as Space<unknown>) as T;
  const json = (paddingType as { readonly observation?: Json } | null)?.observation;
  const padding = json === undefined || space.contains(paddingType) ? paddingType : space.fromJsonable(json)[0];
  if (space.contains(padding)) return structuredClone(padding);
  throw new InvalidOptionError("paddingType", '"reset", "zero" or an observation', paddingType);
}
