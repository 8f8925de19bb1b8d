/** A vector environment for tests that gives out given batches and rewards, in mode NextStep. @module */
import type { EnvSnapshot } from "../../src/env.js";
import { Box, batchSpace, Discrete } from "../../src/spaces/index.js";
import type { Space } from "../../src/spaces/space.js";
import type { VectorEnv, VectorInfos, VectorStepResult } from "../../src/vector/vector-env.js";

/** Reset gives the first batch, each step the next one with the rewards of its number. */
export class ReplayVectorEnv implements VectorEnv<Float32Array, unknown> {
  readonly spec = null;
  readonly autoresetMode = "NextStep";
  readonly numEnvs: number;
  readonly singleObservationSpace: Box;
  readonly observationSpace: Space<Float32Array>;
  readonly singleActionSpace: Discrete = new Discrete(2);
  readonly actionSpace: Space<unknown>;
  #at = 0;

  constructor(
    readonly batches: readonly Float32Array[],
    readonly rewards: readonly (readonly number[])[],
    size: number,
  ) {
    this.numEnvs = batches[0]!.length / size;
    this.singleObservationSpace = new Box(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, { shape: [size] });
    this.observationSpace = batchSpace(this.singleObservationSpace, this.numEnvs) as unknown as Space<Float32Array>;
    this.actionSpace = batchSpace(this.singleActionSpace, this.numEnvs);
  }

  async reset(): Promise<[Float32Array, VectorInfos]> {
    this.#at = 0;
    return [this.batches[0]!.slice(), {}];
  }

  async step(): Promise<VectorStepResult<Float32Array, VectorInfos>> {
    this.#at++;
    const { numEnvs } = this;
    const observations = this.batches[this.#at % this.batches.length]!.slice();
    const rewards = Float64Array.from(this.rewards[this.#at % this.rewards.length]!);
    return [observations, rewards, new Uint8Array(numEnvs), new Uint8Array(numEnvs), {}];
  }

  async close(): Promise<void> {}

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  snapshot(): EnvSnapshot {
    return { of: "ReplayVectorEnv", state: this.#at };
  }

  restore(_index: number, { state }: EnvSnapshot): void {
    this.#at = state as number;
  }
}
