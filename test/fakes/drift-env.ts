/** A point that drifts in a square, as a test environment with a Box of actions and with a Box or a Dict of observations. @module */
import type { Env, EnvMetadata, EnvSnapshot, Info, ResetOptions, ResetResult, StepResult } from "../../src/env.js";
import { EpisodeEndedError, InvalidActionError, ResetNeededError, SnapshotMismatchError } from "../../src/errors.js";
import { type EnvSpec, register } from "../../src/registration.js";
import { createRng, type Generator, type GeneratorState } from "../../src/rng.js";
import { Box, Dict, Discrete } from "../../src/spaces/index.js";
import type { Space } from "../../src/spaces/space.js";

const STEPS = 6;

/** Observation: the position, from -1 to 1 in both directions; as a Dict also the step. Ends after six steps. */
export class DriftEnv implements Env<unknown, Float32Array> {
  readonly spec: EnvSpec | null = null;
  readonly metadata: EnvMetadata = { renderModes: ["ansi"] };
  readonly renderMode = "ansi";
  readonly observationSpace: Space<unknown>;
  readonly actionSpace: Box = new Box(-0.5, 0.5, { shape: [2] });
  rng: Generator = createRng(0);
  closeCount = 0;
  #position: Float32Array | null = null;
  #step = 0;
  readonly #isDict: boolean;

  constructor({ observation = "box" }: { readonly observation?: "box" | "dict" } = {}) {
    const position = new Box(-1, 1, { shape: [2] });
    this.#isDict = observation === "dict";
    this.observationSpace = this.#isDict ? new Dict({ position, step: new Discrete(STEPS + 1) }) : position;
  }

  get unwrapped(): this {
    return this;
  }

  async reset({ seed }: ResetOptions = {}): Promise<ResetResult<unknown>> {
    if (seed !== undefined) this.rng = createRng(seed);
    this.#position = Float32Array.from(this.rng.uniform(-0.5, 0.5, 2));
    this.#step = 0;
    return [this.#observe(), { step: 0 }];
  }

  async step(action: Float32Array): Promise<StepResult<unknown, Info>> {
    if (!this.actionSpace.contains(action)) throw new InvalidActionError("", `in ${this.actionSpace}`, action);
    if (this.#position === null) throw new ResetNeededError("DriftEnv");
    if (this.#step === STEPS) throw new EpisodeEndedError("DriftEnv");
    this.#step++;
    this.#position = this.#position.map((value, i) => {
      const moved = value + action[i]! + 0.1 * this.rng.random();
      return Math.min(Math.max(moved, -1), 1);
    });
    return [this.#observe(), -Math.abs(this.#position[0]!), this.#step === STEPS, false, { step: this.#step }];
  }

  async render(): Promise<string> {
    return `at ${this.#position?.join(" ")}`;
  }

  async close(): Promise<void> {
    this.closeCount++;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  snapshot(): EnvSnapshot {
    return { of: "DriftEnv", state: { position: this.#position?.slice(), step: this.#step, rng: this.rng.state } };
  }

  restore(snapshot: EnvSnapshot): void {
    if (snapshot.of !== "DriftEnv") throw new SnapshotMismatchError("DriftEnv", snapshot.of);
    const { position, step, rng } = snapshot.state as { position: Float32Array; step: number; rng: GeneratorState };
    this.#position = position.slice();
    this.#step = step;
    this.rng.state = rng;
  }

  #observe(): unknown {
    const position = this.#position!.slice();
    return this.#isDict ? { position, step: this.#step } : position;
  }
}

/** Registers the environment as `Drift-v0`. */
export function registerDrift(): void {
  register({ id: "Drift-v0", entryPoint: (options) => new DriftEnv(options), force: true });
}
