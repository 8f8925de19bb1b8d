/** Demonstrations as networks learn them: normalized, in a head's units, with returns. @module */
import { PolicyMismatchError } from "../../errors.js";
import { type Demonstrations, STEP_END } from "../demonstrations.js";
import type { ActionBatch } from "./action-batch.js";
import type { ActionChooser } from "./action-head.js";
import type { ActorCritic } from "./actor-critic.js";

/** Some rows, side by side; valid until the next `gather`. */
export interface CloningMinibatch {
  readonly rows: number;
  readonly observations: Float32Array;
  readonly masks: Uint8Array;
  readonly actions: Float32Array;
  readonly returns: Float32Array;
  /** Room for the gradient of any network's outputs. */
  readonly gradients: Float32Array;
}

/** What makes returns of rewards, as in `BehaviourCloningOptions`. */
interface ReturnOptions {
  readonly gamma: number;
  readonly rewardScale: number;
  readonly rewardClip: number | null;
}

/** All rows of a data set. */
export class CloningRows {
  /** Rows that are learnt: those of the first part whose action the mask allows. A forbidden one teaches nothing. */
  readonly training: Int32Array;
  /** Rows that only figures are taken from. */
  readonly validation: Int32Array;
  readonly #source: Demonstrations;
  readonly #model: ActorCritic;
  readonly #observations: Float32Array;
  readonly #masks: Uint8Array;
  readonly #actions: Float32Array;
  readonly #returns: Float32Array;
  #room: Omit<CloningMinibatch, "rows"> & { readonly size: number };

  /** @param model - Learns from the rows how observations are distributed. @throws PolicyMismatchError where the widths do not fit */
  constructor(source: Demonstrations, batch: ActionBatch, model: ActorCritic, validationShare: number) {
    const { rows, observations, actions } = source;
    const { head } = model;
    const size = model.actor.inputs;
    if (observations.length !== rows * size || actions.length !== rows * head.actionSize) {
      const wanted = `rows of ${size} observations and ${head.actionSize} numbers per action`;
      const got = `${rows} rows of ${observations.length / rows} and ${actions.length / rows}`;
      throw new PolicyMismatchError("behaviour-cloning", wanted, got);
    }
    this.#source = source;
    this.#model = model;
    this.#observations = new Float32Array(observations.length);
    model.observe(observations, rows, this.#observations);
    this.#actions = batch.toHead(actions, rows);
    const hasMasks = source.masks.length === rows * head.maskSize;
    this.#masks = hasMasks ? source.masks : new Uint8Array(rows * head.maskSize).fill(1);
    this.#returns = new Float32Array(rows);
    const learnt = rows - Math.floor(rows * validationShare);
    const isAllowed = (row: number): boolean => allows(this.#masks, batch.sizes, this.#actions, row);
    const all = Int32Array.from({ length: rows }, (_, row) => row).filter(isAllowed);
    this.training = all.filter((row) => row < learnt);
    this.validation = all.filter((row) => row >= learnt);
    if (this.training.length === 0) {
      throw new PolicyMismatchError("behaviour-cloning", "steps whose actions their masks allow", `none in ${rows}`);
    }
    this.#room = this.#makeRoom(0);
  }

  /**
   * Discounted sums of what followed each step. Where an episode was cut, the critic's value of the last observation seen stands for the rest.
   */
  estimateReturns({ gamma, rewardScale, rewardClip }: ReturnOptions): void {
    const { rows, rewards, ends } = this.#source;
    const size = this.#model.actor.inputs;
    const most = rewardClip ?? Infinity;
    let later = 0;
    for (let row = rows - 1; row >= 0; row--) {
      if (ends[row] === STEP_END.terminated) later = 0;
      else if (ends[row] === STEP_END.truncated || row === rows - 1) {
        const seen = this.#observations.subarray(row * size, (row + 1) * size);
        later = this.#model.critics[0]!.forward(seen, 1)[0]!;
      }
      later = Math.min(most, Math.max(-most, rewards[row]! * rewardScale)) + gamma * later;
      this.#returns[row] = later;
    }
  }

  gather(rows: Int32Array): CloningMinibatch {
    if (rows.length > this.#room.size) this.#room = this.#makeRoom(rows.length);
    const { observations, masks, actions, returns } = this.#room;
    const { head, actor } = this.#model;
    copyRows(this.#observations, actor.inputs, rows, observations);
    copyRows(this.#masks, head.maskSize, rows, masks);
    copyRows(this.#actions, head.actionSize, rows, actions);
    copyRows(this.#returns, 1, rows, returns);
    return { ...this.#room, rows: rows.length };
  }

  /** How many of the rows gathered last have the action that outputs make likeliest. */
  countRight(head: ActionChooser, outputs: Float32Array, rows: number): number {
    const { masks, actions } = this.#room;
    const best = new Float32Array(rows * head.actionSize);
    let right = 0;
    for (let row = 0; row < rows; row++) {
      head.best(outputs, row, masks, best);
      let isRight = true;
      for (let i = row * head.actionSize; i < (row + 1) * head.actionSize; i++) isRight &&= best[i] === actions[i];
      if (isRight) right++;
    }
    return right;
  }

  #makeRoom(size: number): Omit<CloningMinibatch, "rows"> & { readonly size: number } {
    const { head, actor } = this.#model;
    return {
      size,
      observations: new Float32Array(size * actor.inputs),
      masks: new Uint8Array(size * head.maskSize),
      actions: new Float32Array(size * head.actionSize),
      returns: new Float32Array(size),
      gradients: new Float32Array(size * head.outputs),
    };
  }
}

/** Whether the mask allows a row's action; one that forbids all values of a component counts as none. */
function allows(masks: Uint8Array, sizes: readonly number[], actions: Float32Array, row: number): boolean {
  let at = row * sizes.reduce((sum, size) => sum + size, 0);
  for (let k = 0; k < sizes.length; k++) {
    const component = masks.subarray(at, at + sizes[k]!);
    if (component.includes(1) && component[actions[row * sizes.length + k]!] !== 1) return false;
    at += sizes[k]!;
  }
  return true;
}

function copyRows<T extends Float32Array | Uint8Array>(from: T, width: number, rows: Int32Array, into: T): void {
  let at = 0;
  for (const row of rows) {
    for (let i = row * width; i < (row + 1) * width; i++) into[at++] = from[i]!;
  }
}
