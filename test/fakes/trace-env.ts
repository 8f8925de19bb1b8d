/** The environment of the autoreset traces: its observation tells episode and step; also a module for worker threads. @module */
import type { Env, EnvMetadata, EnvSnapshot, ResetOptions, ResetResult, StepResult } from "../../src/env.js";
import type { EnvSpec } from "../../src/registration.js";
import { createRng, type Generator } from "../../src/rng.js";
import { Box, Discrete } from "../../src/spaces/index.js";

/** Options of {@link TraceEnv}; plain data. */
export interface TraceOptions {
  /** Steps of an episode; one of two steps is terminated, any other truncated. */
  readonly lengths: readonly number[];
  /** What a step of action 9 does. @defaultValue "throw" */
  readonly mischief?: "throw" | "exit" | "hang" | "uncaught";
  /** What every step takes. Unit: milliseconds of computing. @defaultValue 0 */
  readonly busyMilliseconds?: number;
}

/** Observation [100 × episode + step], reward = action, info `t` and, after a reset, `start`. */
export class TraceEnv implements Env<Float32Array, number, object> {
  readonly spec: EnvSpec | null = null;
  readonly metadata: EnvMetadata = { renderModes: [] };
  readonly observationSpace: Box = new Box(0, Number.POSITIVE_INFINITY, { shape: [1] });
  readonly actionSpace: Discrete = new Discrete(10);
  readonly renderMode = null;
  readonly rng: Generator = createRng(0);
  /** Something to read and to set by name. */
  mood = "calm";
  readonly #options: TraceOptions;
  #length = 0;
  #episode = -1;
  #step = 0;

  constructor(options: TraceOptions) {
    this.#options = options;
  }

  get unwrapped(): this {
    return this;
  }

  /** A seed s picks the s-th of the lengths. */
  async reset({ seed }: ResetOptions = {}): Promise<ResetResult<Float32Array>> {
    const { lengths } = this.#options;
    if (seed !== undefined) this.#length = lengths[Number(seed) % lengths.length]!;
    this.#step = 0;
    this.#episode++;
    return [this.#observation(), { t: 0, start: true }];
  }

  async step(action: number): Promise<StepResult<Float32Array>> {
    if (action === 9) await this.#misbehave();
    const { busyMilliseconds = 0 } = this.#options;
    for (const until = performance.now() + busyMilliseconds; performance.now() < until; );
    this.#step++;
    const ended = this.#step === this.#length;
    const terminated = ended && this.#length === 2;
    return [this.#observation(), action, terminated, ended && !terminated, { t: this.#step }];
  }

  /** Something to call by name. */
  describe(...words: unknown[]): string {
    return [`${this.mood} at step ${this.#step}`, ...words].join(", ");
  }

  async render(): Promise<null> {
    return null;
  }

  async close(): Promise<void> {}

  async [Symbol.asyncDispose](): Promise<void> {}

  snapshot(): EnvSnapshot {
    return { of: "TraceEnv", state: [this.#length, this.#episode, this.#step] };
  }

  restore({ state }: EnvSnapshot): void {
    [this.#length, this.#episode, this.#step] = state as [number, number, number];
  }

  #observation(): Float32Array {
    return Float32Array.of(100 * this.#episode + this.#step);
  }

  async #misbehave(): Promise<void> {
    const { mischief = "throw" } = this.#options;
    if (mischief === "throw") throw new RangeError("nine is too many");
    if (mischief === "exit") process.exit(3);
    if (mischief === "uncaught")
      setTimeout(() => {
        throw new RangeError("nine was too many");
      }, 0);
    await new Promise(() => setInterval(() => {}, 1000));
  }
}

/** What a worker thread calls. */
export function makeEnv(options: object): TraceEnv {
  return new TraceEnv(options as TraceOptions);
}
