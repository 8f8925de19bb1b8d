/** Vector wrapper: an observation wrapper of single environments around each one of a batch. @module */
import type { Env, EnvSnapshot, ResetResult, StepResult } from "../../env.js";
import type { WrapperSpec } from "../../registration.js";
import { createRng } from "../../rng.js";
import { batchSpace } from "../../spaces/batch-space.js";
import { concatenate, createEmptyArray } from "../../spaces/concatenate.js";
import { copyValue } from "../../spaces/copy-value.js";
import { iterate } from "../../spaces/iterate.js";
import type { Space } from "../../spaces/space.js";
import { checkFunction, wrapperOptions } from "../../wrappers/option-check.js";
import type { VectorEnv, VectorInfos, VectorResetOptions, VectorStepResult } from "../vector-env.js";
import { resetMaskOf, VectorWrapper } from "../vector-wrapper.js";

type AnyEnv = Env<unknown, unknown, object>;

/** Options of {@link VectorizeObservation}. */
export interface VectorizeObservationOptions {
  /** Puts the wrapper around one environment; it may change observations only. */
  readonly wrap: (env: AnyEnv) => AnyEnv;
}

/**
 * Gives every environment of a batch an observation wrapper of its own, with what it remembers of the episode: in all
 * autoreset modes, through resets of some, with last observations in `infos.finalObs`, and in snapshots.
 *
 * @example
 * new VectorizeObservation(envs, { wrap: (env) => new FrameStackObservation(env, { stackSize: 4 }) });
 */
export class VectorizeObservation<Actions> extends VectorWrapper<unknown, Actions, unknown> {
  override readonly singleObservationSpace: Space<unknown>;
  override readonly observationSpace: Space<unknown>;
  readonly #feeds: readonly ObservationFeed[];
  readonly #lanes: readonly AnyEnv[];
  readonly #latest: unknown[];
  /** In mode NextStep, whose next step resets. */
  readonly #hasEnded: Uint8Array;

  /**
   * @param options - What a subclass is made with, for the spec.
   * @throws {@link InvalidOptionError} when `wrap` is not a function, or what the wrapper itself throws.
   */
  constructor(
    env: VectorEnv<unknown, Actions>,
    given: VectorizeObservationOptions,
    options: WrapperSpec["options"] = null,
  ) {
    const { wrap } = wrapperOptions(env, given, ["wrap"]);
    super(env, options);
    checkFunction("wrap", wrap);
    this.#feeds = Array.from({ length: env.numEnvs }, () => new ObservationFeed(env));
    this.#lanes = this.#feeds.map(wrap);
    this.#latest = new Array<unknown>(env.numEnvs);
    this.#hasEnded = new Uint8Array(env.numEnvs);
    this.singleObservationSpace = this.#lanes[0]!.observationSpace;
    this.observationSpace = batchSpace(this.singleObservationSpace, env.numEnvs) as Space<unknown>;
  }

  override async reset(options?: VectorResetOptions): Promise<[observations: unknown, infos: VectorInfos]> {
    const [observations, infos] = await this.env.reset(options);
    const mask = resetMaskOf(options);
    for (const [i, observation] of this.#split(observations)) {
      if (mask === null || mask[i]) this.#latest[i] = await this.#begin(i, observation);
    }
    return [this.#join(), infos];
  }

  override async step(actions: Actions): Promise<VectorStepResult<unknown, VectorInfos>> {
    const [observations, rewards, terminations, truncations, infos] = await this.env.step(actions);
    const { finalObs } = infos as { readonly finalObs?: readonly unknown[] };
    const changed = finalObs?.slice();
    for (const [i, observation] of this.#split(observations)) {
      const last = finalObs?.[i] ?? null;
      if (changed !== undefined && last !== null) changed[i] = await this.#next(i, last);
      const isFirst = last !== null || this.#hasEnded[i] === 1;
      this.#latest[i] = isFirst ? await this.#begin(i, observation) : await this.#next(i, observation);
      if (this.autoresetMode === "NextStep") this.#hasEnded[i] = terminations[i]! | truncations[i]!;
    }
    const outer = changed === undefined ? infos : { ...infos, finalObs: changed };
    return [this.#join(), rewards, terminations, truncations, outer];
  }

  #split(observations: unknown): Iterable<[index: number, observation: unknown]> {
    return [...iterate(this.env.observationSpace as Space<unknown>, observations)].entries();
  }

  #join(): unknown {
    const space = this.singleObservationSpace;
    return concatenate(space, this.#latest as never, createEmptyArray(space, this.numEnvs));
  }

  async #begin(index: number, observation: unknown): Promise<unknown> {
    this.#feeds[index]!.next = observation;
    this.#hasEnded[index] = 0;
    return (await this.#lanes[index]!.reset())[0];
  }

  async #next(index: number, observation: unknown): Promise<unknown> {
    this.#feeds[index]!.next = observation;
    return (await this.#lanes[index]!.step(null))[0];
  }

  protected override saveState(index: number): unknown {
    const latest = copyValue(this.#latest[index]);
    return { lane: this.#lanes[index]!.snapshot(), latest, hasEnded: this.#hasEnded[index] };
  }

  protected override loadState(index: number, state: { lane: EnvSnapshot; latest: unknown; hasEnded: number }): void {
    this.#lanes[index]!.restore(state.lane);
    this.#latest[index] = copyValue(state.latest);
    this.#hasEnded[index] = state.hasEnded;
  }
}

/** Stands for one environment of the batch: gives the observation it was handed. */
class ObservationFeed implements AnyEnv {
  readonly spec: AnyEnv["spec"];
  readonly metadata: AnyEnv["metadata"] = { renderModes: [] };
  readonly renderMode = null;
  readonly observationSpace: Space<unknown>;
  readonly actionSpace: Space<unknown>;
  readonly rng: AnyEnv["rng"] = createRng(0);
  next: unknown;

  constructor(env: Pick<VectorEnv, "spec" | "singleObservationSpace" | "singleActionSpace">) {
    this.spec = env.spec;
    this.observationSpace = env.singleObservationSpace;
    this.actionSpace = env.singleActionSpace;
  }

  get unwrapped(): this {
    return this;
  }

  async reset(): Promise<ResetResult<unknown, object>> {
    return [this.next, {}];
  }

  async step(): Promise<StepResult<unknown, object>> {
    return [this.next, 0, false, false, {}];
  }

  async render(): Promise<null> {
    return null;
  }

  async close(): Promise<void> {}

  async [Symbol.asyncDispose](): Promise<void> {}

  snapshot(): EnvSnapshot {
    return { of: "ObservationFeed", state: null };
  }

  restore(): void {}
}
