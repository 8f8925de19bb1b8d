/** A small environment for tests: counts its steps, ends after three, and can be saved. @module */
import type { Env, EnvMetadata, EnvSnapshot, ResetOptions, ResetResult, StepResult } from "../../src/env.js";
import { SnapshotMismatchError } from "../../src/errors.js";
import type { EnvSpec } from "../../src/registration.js";
import { createRng, type Generator, type GeneratorState } from "../../src/rng.js";
import { Box, Discrete } from "../../src/spaces/index.js";

/** What info holds. */
export interface CountingInfo {
  readonly count: number;
}

/** Observation [count, random number], reward 1 + action, terminated on the third step. */
export class CountingEnv implements Env<Float32Array, number, CountingInfo> {
  readonly spec: EnvSpec | null = null;
  readonly metadata: EnvMetadata = { renderModes: ["ansi"] };
  readonly observationSpace: Box = new Box(0, Number.POSITIVE_INFINITY, { shape: [2] });
  readonly actionSpace: Discrete = new Discrete(3);
  readonly renderMode = "ansi";
  rng: Generator = createRng(0);
  count = 0;
  isClosed = false;

  constructor(readonly options: Readonly<Record<string, unknown>> = {}) {}

  get unwrapped(): this {
    return this;
  }

  async reset({ seed }: ResetOptions = {}): Promise<ResetResult<Float32Array, CountingInfo>> {
    if (seed !== undefined) this.rng = createRng(seed);
    this.count = 0;
    return [this.#observation(), { count: 0 }];
  }

  async step(action: number): Promise<StepResult<Float32Array, CountingInfo>> {
    this.count++;
    return [this.#observation(), 1 + action, this.count === 3, false, { count: this.count }];
  }

  async render(): Promise<string> {
    return `count ${this.count}`;
  }

  async close(): Promise<void> {
    this.isClosed = true;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  snapshot(): EnvSnapshot {
    return { of: "CountingEnv", state: { count: this.count, rng: this.rng.state } };
  }

  restore(snapshot: EnvSnapshot): void {
    if (snapshot.of !== "CountingEnv") throw new SnapshotMismatchError("CountingEnv", snapshot.of);
    const { count, rng } = snapshot.state as { count: number; rng: GeneratorState };
    this.count = count;
    this.rng.state = rng;
  }

  #observation(): Float32Array {
    return Float32Array.of(this.count, this.rng.random());
  }
}
