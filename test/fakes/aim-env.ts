/** Aiming at a target that is seen: the smallest problem with continuous actions, masks of none, and truncation. @module */
import type { Env, EnvMetadata, EnvSnapshot, Info, ResetOptions, ResetResult, StepResult } from "../../src/env.js";
import { InvalidActionError, ResetNeededError, SnapshotMismatchError } from "../../src/errors.js";
import { type EnvSpec, register } from "../../src/registration.js";
import { createRng, type Generator, type GeneratorState } from "../../src/rng.js";
import { Box } from "../../src/spaces/index.js";

const STEPS = 10;

/**
 * Observation: two numbers from -1 to 1; action: a guess at half of each, from -0.5 to 0.5. The reward is minus the squared
 * distance; new targets in every step; truncated after ten steps. `info.cost` is 1 where the first number of the action is above 0.
 */
export class AimEnv implements Env<Float32Array, Float32Array> {
  readonly spec: EnvSpec | null = null;
  readonly metadata: EnvMetadata = { renderModes: [] };
  readonly renderMode = null;
  readonly observationSpace: Box = new Box(-1, 1, { shape: [2] });
  readonly actionSpace: Box = new Box(-0.5, 0.5, { shape: [2] });
  rng: Generator = createRng(0);
  #target: Float32Array | null = null;
  #step = 0;

  get unwrapped(): this {
    return this;
  }

  async reset({ seed }: ResetOptions = {}): Promise<ResetResult<Float32Array>> {
    if (seed !== undefined) this.rng = createRng(seed);
    this.#step = 0;
    this.#target = Float32Array.from(this.rng.uniform(-1, 1, 2));
    return [this.#target.slice(), {}];
  }

  async step(action: Float32Array): Promise<StepResult<Float32Array>> {
    if (!this.actionSpace.contains(action)) throw new InvalidActionError("", "two numbers from -0.5 to 0.5", action);
    const target = this.#target;
    if (target === null) throw new ResetNeededError("Aim");
    const distance = (i: number): number => action[i]! - target[i]! / 2;
    const reward = -(distance(0) ** 2) - distance(1) ** 2;
    const info: Info = { cost: action[0]! > 0 ? 1 : 0 };
    this.#step++;
    this.#target = Float32Array.from(this.rng.uniform(-1, 1, 2));
    return [this.#target.slice(), reward, false, this.#step >= STEPS, info];
  }

  async render(): Promise<null> {
    return null;
  }

  async close(): Promise<void> {}

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  snapshot(): EnvSnapshot {
    return { of: "Aim", state: { target: this.#target?.slice(), step: this.#step, rng: this.rng.state } };
  }

  restore(snapshot: EnvSnapshot): void {
    if (snapshot.of !== "Aim") throw new SnapshotMismatchError("Aim", snapshot.of);
    const saved = snapshot.state as { target: Float32Array; step: number; rng: GeneratorState };
    this.#target = saved.target.slice();
    this.#step = saved.step;
    this.rng.state = saved.rng;
  }
}

/** Registers the environment as `Aim-v0`. */
export function registerAim(): void {
  register({ id: "Aim-v0", entryPoint: () => new AimEnv(), force: true });
}
