/** From steps to transitions of n steps, kept in a replay buffer. @module */
import type { EnvStream } from "./env-stream.js";
import { makeArrays, type ReplayBuffer, type TransitionBatch, type TransitionShape } from "./replay-buffer.js";

/** A step that still waits for those after it: plain data. */
interface PendingStep {
  readonly observation: Float32Array;
  readonly action: Float32Array;
  readonly reward: number;
}

/** Steps of each environment that wait: plain data. */
export type RecorderState = readonly (readonly PendingStep[])[];

/**
 * Adds up n discounted rewards, and keeps the observation n steps later; fewer where an episode ends.
 *
 * After a termination nothing more counts; after a truncation the last observation's value does.
 */
export class TransitionRecorder {
  readonly #stream: EnvStream;
  readonly #buffer: ReplayBuffer;
  readonly #shape: TransitionShape;
  readonly #nSteps: number;
  readonly #gamma: number;
  readonly #row: TransitionBatch;
  #pending: PendingStep[][];

  constructor(stream: EnvStream, buffer: ReplayBuffer, shape: TransitionShape, nSteps: number, gamma: number) {
    this.#stream = stream;
    this.#buffer = buffer;
    this.#shape = shape;
    this.#nSteps = nSteps;
    this.#gamma = gamma;
    this.#row = makeArrays(1, shape);
    this.#pending = Array.from({ length: stream.numEnvs }, () => []);
  }

  /**
   * Takes in the stream's last step.
   *
   * @param observations - What was seen before it: shape [numEnvs, observationSize].
   * @param actions - What was done: shape [numEnvs, actionSize], as the buffer keeps them.
   */
  add(observations: Float32Array, actions: Float32Array, rewardScale: number): void {
    const { numEnvs, rewards, ignored, terminations, truncations } = this.#stream;
    const { observationSize, actionSize } = this.#shape;
    for (let env = 0; env < numEnvs; env++) {
      if (ignored[env] === 1) continue;
      const pending = this.#pending[env]!;
      pending.push({
        observation: observations.slice(env * observationSize, (env + 1) * observationSize),
        action: actions.slice(env * actionSize, (env + 1) * actionSize),
        reward: rewards[env]! * rewardScale,
      });
      const hasEnded = terminations[env] === 1 || truncations[env] === 1;
      if (!hasEnded && pending.length < this.#nSteps) continue;
      do this.#emit(env, hasEnded);
      while (hasEnded && pending.length > 0);
    }
  }

  /** A copy of what waits; assign one to go back to it. */
  get state(): RecorderState {
    return this.#pending.map((steps) => [...steps]);
  }

  set state(state: RecorderState) {
    this.#pending = state.map((steps) => [...steps]);
  }

  /** The oldest step that waits becomes a transition. */
  #emit(env: number, hasEnded: boolean): void {
    const { observationSize: size, maskSize } = this.#shape;
    const stream = this.#stream;
    const pending = this.#pending[env]!;
    let [sum, discount] = [0, 1];
    for (const { reward } of pending) {
      sum += discount * reward;
      discount *= this.#gamma;
    }
    const { observation, action } = pending.shift()!;
    const row = this.#row;
    row.observations.set(observation);
    row.actions.set(action);
    row.rewards[0] = sum;
    const [next, masks] = hasEnded ? [stream.finals, stream.finalMasks] : [stream.observations, stream.masks];
    row.nextObservations.set(next.subarray(env * size, (env + 1) * size));
    row.nextMasks.set(masks.subarray(env * maskSize, (env + 1) * maskSize));
    row.discounts[0] = stream.terminations[env] === 1 && hasEnded ? 0 : discount;
    this.#buffer.add(row, 0);
  }
}
