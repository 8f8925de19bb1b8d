/** Steps that were sent and not received: who is ready first is received first. @module */
import { CallOrderError, InvalidOptionError } from "../errors.js";
import type { Space } from "../spaces/space.js";
import { batchInfos } from "./batch-infos.js";
import { batchLayout } from "./batch-layout.js";
import type { ThreadStep } from "./thread-protocol.js";
import type { VectorInfos } from "./vector-env.js";

/** Results of some environments, in the order they were ready. The caller owns all arrays. */
export interface VectorBatch<Observations = unknown> {
  /** Which environments: row k of all the rest belongs to environment `indices[k]`. */
  readonly indices: Int32Array;
  readonly observations: Observations;
  readonly rewards: Float64Array;
  readonly terminations: Uint8Array;
  readonly truncations: Uint8Array;
  readonly infos: VectorInfos;
}

interface Outcome {
  readonly env: number;
  readonly step?: ThreadStep;
  readonly error?: unknown;
}

/** Environments under way, and what those that are ready gave. */
export class StepQueue {
  readonly #space: Space<unknown>;
  readonly #observe: (env: number, step: ThreadStep) => unknown;
  readonly #underWay = new Set<number>();
  readonly #ready: Outcome[] = [];
  #wake: (() => void) | undefined;
  #isTaking = false;

  /** @param observe - Notes a step and gives its observation. */
  constructor(space: Space<unknown>, observe: (env: number, step: ThreadStep) => unknown) {
    this.#space = space;
    this.#observe = observe;
  }

  /** How many were sent and not received. */
  get size(): number {
    return this.#underWay.size;
  }

  /** Whether an environment was sent and not received. */
  has(env: number): boolean {
    return this.#underWay.has(env);
  }

  /** Adds a step that was sent. */
  add(env: number, step: Promise<readonly ThreadStep[]>): void {
    this.#underWay.add(env);
    step.then(
      ([result]) => this.#arrive({ env, step: result! }),
      (error: unknown) => this.#arrive({ env, error }),
    );
  }

  /** Waits for the first `count`; an error comes alone, and those that are ready stay to be received. */
  async take(count: number): Promise<VectorBatch> {
    if (this.size === 0) throw new CallOrderError("receive", "nothing is under way. Call send() first.");
    if (this.#isTaking) throw new CallOrderError("receive", "another receive is under way. Await it first.");
    if (!Number.isSafeInteger(count) || count < 1 || count > this.size) {
      throw new InvalidOptionError("count", `an integer from 1 to ${this.size}, the environments under way`, count);
    }
    this.#isTaking = true;
    try {
      while (this.#ready.length < count && !this.#ready.some(({ step }) => step === undefined)) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    } finally {
      this.#isTaking = false;
    }
    const failed = this.#ready.findIndex(({ step }) => step === undefined);
    if (failed >= 0) {
      const [{ env, error } = { env: -1, error: undefined }] = this.#ready.splice(failed, 1);
      this.#underWay.delete(env);
      throw error;
    }
    return this.#gather(this.#ready.splice(0, count));
  }

  #arrive(outcome: Outcome): void {
    this.#ready.push(outcome);
    this.#wake?.();
  }

  #gather(outcomes: readonly Outcome[]): VectorBatch {
    const layout = batchLayout(this.#space, outcomes.length);
    const observations = layout.create();
    for (const [k, { env, step }] of outcomes.entries()) {
      this.#underWay.delete(env);
      layout.write(observations, k, this.#observe(env, step!));
    }
    return {
      indices: Int32Array.from(outcomes, ({ env }) => env),
      observations,
      rewards: Float64Array.from(outcomes, ({ step }) => step![1]),
      terminations: Uint8Array.from(outcomes, ({ step }) => (step![2] ? 1 : 0)),
      truncations: Uint8Array.from(outcomes, ({ step }) => (step![3] ? 1 : 0)),
      infos: batchInfos(outcomes.map(({ step }) => step![4])),
    };
  }
}
