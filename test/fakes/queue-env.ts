/** A small real environment for tests of what judges environments: one tier whose queue is a sum. @module */
import type { PolicySpec } from "../../src/agents/policy.js";
import type { JudgedInfo } from "../../src/benchmark/measures.js";
import type { Env, EnvMetadata, EnvSnapshot, ResetOptions, ResetResult, StepResult } from "../../src/env.js";
import { NotSupportedError } from "../../src/errors.js";
import type { EnvSpec } from "../../src/registration.js";
import { createRng, type Generator } from "../../src/rng.js";
import { Box } from "../../src/spaces/box.js";
import { Discrete } from "../../src/spaces/discrete.js";

/** What a replica serves. Unit: requests per second. */
const CAPACITY = 100;
const STEP_SECONDS = 60;
const MAX_REPLICAS = 10;
/** The dollar price of a replica and hour. */
const PRICE = 0.03;

/** Options of {@link QueueEnv}. */
export interface QueueEnvOptions {
  readonly steps?: number;
  readonly workload?: unknown;
  readonly split?: unknown;
}

/** Load swings around 300 requests/s with noise; replicas come up after one step; actions are -1, 0, +1. */
export class QueueEnv implements Env<Float32Array, number, JudgedInfo> {
  readonly spec: EnvSpec = {
    id: "Queue-v0",
    namespace: null,
    name: "Queue",
    version: 0,
    maxEpisodeSteps: null,
    options: {},
  };
  readonly metadata: EnvMetadata = { renderModes: [] };
  readonly observationSpace: Box = new Box(0, 10_000, { shape: [2], dtype: "float32" });
  readonly actionSpace: Discrete = new Discrete(3, { start: -1 });
  readonly renderMode = null;
  readonly policySpec: PolicySpec = {
    id: "Queue-v0",
    observationSpace: this.observationSpace,
    actionSpace: this.actionSpace,
    controls: [
      {
        name: "web",
        min: 1,
        max: MAX_REPLICAS,
        kind: "count",
        signals: ["utilization", "replicas", "readyReplicas"],
      },
    ],
    stepSeconds: STEP_SECONDS,
    encode: ([wanted], { controls }) => Math.sign(wanted! - controls.web!.desired),
  };
  rng: Generator = createRng(0);
  closed = 0;
  readonly #steps: number;
  #step = 0;
  #ready = 3;
  #desired = 3;

  constructor({ steps = 30 }: QueueEnvOptions = {}) {
    this.#steps = steps;
  }

  get unwrapped(): this {
    return this;
  }

  async reset({ seed }: ResetOptions = {}): Promise<ResetResult<Float32Array, JudgedInfo>> {
    if (seed !== undefined) this.rng = createRng(seed);
    this.#step = 0;
    this.#ready = 3;
    this.#desired = 3;
    return [this.#observe(0), this.#infoOf(0, true)];
  }

  async step(action: number): Promise<StepResult<Float32Array, JudgedInfo>> {
    const before = this.#desired;
    this.#desired = Math.min(MAX_REPLICAS, Math.max(1, before + action));
    this.#step++;
    const rate = 300 + 200 * Math.sin(this.#step / 5) + 20 * this.rng.normal();
    const info = this.#infoOf(rate, this.#desired === before);
    this.#ready = this.#desired;
    const reward = -info.costUsd - 1e-5 * (info.slo.slow + info.slo.failed);
    return [this.#observe(rate), reward, false, this.#step >= this.#steps, info];
  }

  async render(): Promise<null> {
    return null;
  }

  async close(): Promise<void> {
    this.closed++;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  snapshot(): EnvSnapshot {
    throw new NotSupportedError("snapshot", "Use another environment.");
  }

  restore(): void {
    throw new NotSupportedError("restore", "Use another environment.");
  }

  #observe(rate: number): Float32Array {
    return Float32Array.of(Math.max(0, rate), this.#ready);
  }

  #infoOf(rate: number, isEmpty: boolean): JudgedInfo {
    const utilization = this.#step === 0 ? Number.NaN : Math.min(1, rate / (this.#ready * CAPACITY));
    const arrivals = Math.round(rate * STEP_SECONDS);
    const failed = Math.max(0, arrivals - this.#ready * CAPACITY * STEP_SECONDS);
    const mask = Uint8Array.of(this.#desired > 1 ? 1 : 0, 1, this.#desired < MAX_REPLICAS ? 1 : 0);
    return {
      signals: { web: { utilization, replicas: this.#desired, readyReplicas: this.#ready } },
      controls: { web: { desired: this.#desired, current: this.#ready } },
      actionMask: mask,
      timeSeconds: 896_054_400 + this.#step * STEP_SECONDS,
      costUsd: this.#step === 0 ? 0 : (this.#desired * PRICE * STEP_SECONDS) / 3600,
      slo: {
        arrivals,
        answered: arrivals - failed,
        failed,
        slow: 0,
        violationRatio: arrivals > 0 ? failed / arrivals : 0,
        p95Seconds: arrivals > 0 ? 0.05 / (1.05 - utilization) : Number.NaN,
      },
      plan: { isEmpty },
    };
  }
}
