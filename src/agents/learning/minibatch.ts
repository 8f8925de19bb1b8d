/** Rows of a rollout put side by side, to be learnt in one step. @module */
import type { PolicyBatch } from "../losses/policy-loss.js";
import type { ValueBatch } from "../losses/value-loss.js";
import type { ActorCritic } from "./actor-critic.js";
import type { EnvStream } from "./env-stream.js";
import type { Rollout } from "./rollout.js";

/** Room for some rows, used again and again. */
export class Minibatch {
  /** Most rows. */
  readonly size: number;
  /** Rows now. */
  rows = 0;
  readonly observations: Float32Array;
  readonly policy: Omit<PolicyBatch, "rows" | "outputs">;
  /** One for each critic. */
  readonly values: readonly Omit<ValueBatch, "rows" | "values">[];
  /** Room for the gradient of any network's outputs. */
  readonly gradients: Float32Array;

  constructor(size: number, { head, critics }: ActorCritic, { observationSize }: EnvStream) {
    this.size = size;
    this.observations = new Float32Array(size * observationSize);
    this.policy = {
      masks: new Uint8Array(size * head.maskSize),
      actions: new Float32Array(size * head.actionSize),
      logProbs: new Float32Array(size),
      advantages: new Float32Array(size),
    };
    this.values = critics.map(() => ({ oldValues: new Float32Array(size), returns: new Float32Array(size) }));
    this.gradients = new Float32Array(size * head.outputs);
  }

  /** Copies rows of a rollout. */
  gather(rollout: Rollout, advantages: Float32Array, rows: Int32Array): void {
    this.rows = rows.length;
    const { masks, actions, logProbs } = this.policy;
    copyRows(rollout.observations, rows, this.observations, rollout.size);
    copyRows(rollout.masks, rows, masks, rollout.size);
    copyRows(rollout.actions, rows, actions, rollout.size);
    copyRows(rollout.logProbs, rows, logProbs, rollout.size);
    copyRows(advantages, rows, this.policy.advantages, rollout.size);
    rollout.channels.forEach(({ values, returns }, k) => {
      copyRows(values, rows, this.values[k]!.oldValues, rollout.size);
      copyRows(returns, rows, this.values[k]!.returns, rollout.size);
    });
  }

  /** Gives the advantages mean 0 and deviation 1. */
  normalizeAdvantages(): void {
    const { advantages } = this.policy;
    const { rows } = this;
    if (rows < 2) return;
    let sum = 0;
    for (let row = 0; row < rows; row++) sum += advantages[row]!;
    const mean = sum / rows;
    let squares = 0;
    for (let row = 0; row < rows; row++) squares += (advantages[row]! - mean) ** 2;
    const deviation = Math.sqrt(squares / (rows - 1)) + 1e-8;
    for (let row = 0; row < rows; row++) advantages[row] = (advantages[row]! - mean) / deviation;
  }
}

/** @param count - Rows that `from` has. */
function copyRows<T extends Float32Array | Uint8Array>(from: T, rows: Int32Array, into: T, count: number): void {
  const width = from.length / count;
  let at = 0;
  for (let k = 0; k < rows.length; k++) {
    const start = rows[k]! * width;
    for (let i = 0; i < width; i++) into[at++] = from[start + i]!;
  }
}
