/** An environment for tests that gives out a list of observations and rewards, and keeps the actions it was given. @module */
import type { Env, EnvMetadata, EnvSnapshot, Info, ResetOptions, ResetResult, StepResult } from "../../src/env.js";
import type { EnvSpec } from "../../src/registration.js";
import { createRng, type Generator } from "../../src/rng.js";
import { Discrete } from "../../src/spaces/index.js";
import type { Space } from "../../src/spaces/space.js";

/** What a {@link ReplayEnv} gives out. */
export interface ReplayOptions<Observation, Action> {
  readonly observations: readonly Observation[];
  readonly observationSpace: Space<Observation>;
  /** Reward i comes with observation i; the lists start again at their ends. @defaultValue [0] */
  readonly rewards?: readonly number[];
  /** With which observations an episode ends. @defaultValue none */
  readonly ends?: readonly number[];
  /** @defaultValue Discrete(2) */
  readonly actionSpace?: Space<Action>;
}

/** Every reset and every step gives the next observation; reset does not start again. */
export class ReplayEnv<Observation, Action = number> implements Env<Observation, Action> {
  readonly spec: EnvSpec | null = null;
  readonly metadata: EnvMetadata = { renderModes: [] };
  readonly renderMode = null;
  readonly observationSpace: Space<Observation>;
  readonly actionSpace: Space<Action>;
  readonly taken: Action[] = [];
  rng: Generator = createRng(0);
  #at = 0;

  constructor(readonly options: ReplayOptions<Observation, Action>) {
    this.observationSpace = options.observationSpace;
    this.actionSpace = options.actionSpace ?? (new Discrete(2) as Space<unknown> as Space<Action>);
  }

  get unwrapped(): this {
    return this;
  }

  async reset({ seed }: ResetOptions = {}): Promise<ResetResult<Observation>> {
    if (seed !== undefined) this.rng = createRng(seed);
    return [this.#next(), {}];
  }

  async step(action: Action): Promise<StepResult<Observation, Info>> {
    this.taken.push(action);
    const { rewards = [0], ends = [] } = this.options;
    const at = this.#at;
    return [this.#next(), rewards[at % rewards.length]!, ends.includes(at), false, {}];
  }

  #next(): Observation {
    const { observations } = this.options;
    return structuredClone(observations[this.#at++ % observations.length]!);
  }

  async render(): Promise<null> {
    return null;
  }

  async close(): Promise<void> {}

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  snapshot(): EnvSnapshot {
    return { of: "ReplayEnv", state: this.#at };
  }

  restore({ state }: EnvSnapshot): void {
    this.#at = state as number;
  }
}
