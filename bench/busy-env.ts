/** An environment whose step costs a given time, as a module for worker threads. @module */
import type { Env, EnvMetadata, EnvSnapshot, EnvSpec, ResetResult, StepResult } from "infra-gym";
import { createRng, type Generator, NotSupportedError } from "infra-gym";
import { Box, Discrete } from "infra-gym/spaces";

/** Computes for `milliseconds` in every step; an episode never ends. */
export class BusyEnv implements Env<Float32Array, number> {
  readonly spec: EnvSpec | null = null;
  readonly metadata: EnvMetadata = { renderModes: [] };
  readonly renderMode = null;
  readonly observationSpace: Box = new Box(0, 1, { shape: [16] });
  readonly actionSpace: Discrete = new Discrete(2);
  readonly rng: Generator = createRng(0);

  constructor(readonly milliseconds: number) {}

  get unwrapped(): this {
    return this;
  }

  async reset(): Promise<ResetResult<Float32Array>> {
    return [new Float32Array(16), {}];
  }

  async step(): Promise<StepResult<Float32Array>> {
    const until = performance.now() + this.milliseconds;
    while (performance.now() < until);
    return [new Float32Array(16), 0, false, false, {}];
  }

  async render(): Promise<null> {
    return null;
  }

  async close(): Promise<void> {}

  async [Symbol.asyncDispose](): Promise<void> {}

  snapshot(): EnvSnapshot {
    throw new NotSupportedError("snapshot", "It has no state.");
  }

  restore(): void {
    throw new NotSupportedError("restore", "It has no state.");
  }
}

/** What worker threads call. */
export function makeEnv({ milliseconds }: { readonly milliseconds: number }): BusyEnv {
  return new BusyEnv(milliseconds);
}
