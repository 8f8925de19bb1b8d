/** What on-policy learners collect: some steps of all environments, with advantages. @module */
import type { Generator } from "../../rng.js";
import type { ActorCritic } from "./actor-critic.js";
import type { EnvStream } from "./env-stream.js";

/** One quantity that is estimated: the reward, or a cost. */
export interface Channel {
  /** V of the observation before each step: shape [steps, envs]. */
  readonly values: Float32Array;
  readonly rewards: Float32Array;
  readonly advantages: Float32Array;
  /** Advantages plus values: what the critic learns. */
  readonly returns: Float32Array;
}

/** How a step's reward, or cost, is read off the stream. Called once for each step, for all environments. */
export type ChannelSource = (stream: EnvStream, into: Float64Array) => void;

/**
 * A rollout of `numSteps` steps of all environments. Row t · numEnvs + e is step t of environment e.
 *
 * An episode that is truncated is not finished: the value of its last observation, discounted, is added to its last reward.
 * @see F. Pardo et al., "Time Limits in Reinforcement Learning" (2018), arXiv:1712.00378
 */
export class Rollout {
  readonly size: number;
  readonly observations: Float32Array;
  readonly masks: Uint8Array;
  readonly actions: Float32Array;
  readonly logProbs: Float32Array;
  readonly channels: readonly Channel[];
  /** The rows that mean something; a step that only starts an episode does not. */
  rows: Int32Array = new Int32Array(0);
  readonly #numSteps: number;
  readonly #numEnvs: number;
  readonly #ended: Uint8Array;
  readonly #ignored: Uint8Array;
  readonly #amounts: Float64Array;
  readonly #finals: Float32Array;

  constructor(numSteps: number, stream: EnvStream, { head, critics }: ActorCritic) {
    const { numEnvs, observationSize } = stream;
    this.size = numSteps * numEnvs;
    this.#numSteps = numSteps;
    this.#numEnvs = numEnvs;
    this.observations = new Float32Array(this.size * observationSize);
    this.masks = new Uint8Array(this.size * head.maskSize);
    this.actions = new Float32Array(this.size * head.actionSize);
    this.logProbs = new Float32Array(this.size);
    const numbers = (): Float32Array => new Float32Array(this.size);
    this.channels = critics.map(() => ({
      values: numbers(),
      rewards: numbers(),
      advantages: numbers(),
      returns: numbers(),
    }));
    this.#ended = new Uint8Array(this.size);
    this.#ignored = new Uint8Array(this.size);
    this.#amounts = new Float64Array(numEnvs);
    this.#finals = new Float32Array(numEnvs * observationSize);
  }

  /** Fills the rollout. @param sources - One for each critic. */
  async collect(
    stream: EnvStream,
    model: ActorCritic,
    rng: Generator,
    sources: readonly ChannelSource[],
    gamma: number,
  ): Promise<void> {
    const { actor, critics, head } = model;
    const { numEnvs } = stream;
    for (let step = 0; step < this.#numSteps; step++) {
      const start = step * numEnvs;
      const end = start + numEnvs;
      const observed = this.observations.subarray(start * stream.observationSize, end * stream.observationSize);
      const actions = this.actions.subarray(start * head.actionSize, end * head.actionSize);
      model.observe(stream.observations, numEnvs, observed);
      this.masks.set(stream.masks, start * head.maskSize);
      const outputs = actor.forward(observed, numEnvs);
      for (let env = 0; env < numEnvs; env++) {
        head.sample(outputs, env, stream.masks, rng, actions);
        this.logProbs[start + env] = head.logProb;
      }
      critics.forEach((critic, k) => {
        this.channels[k]!.values.set(critic.forward(observed, numEnvs), start);
      });
      await stream.step(actions);
      sources.forEach((source, k) => {
        source(stream, this.#amounts);
        this.channels[k]!.rewards.set(this.#amounts, start);
      });
      this.#ignored.set(stream.ignored, start);
      this.#markEnded(stream, model, start, gamma);
    }
    this.rows = Int32Array.from({ length: this.size }, (_, row) => row).filter((row) => this.#ignored[row] === 0);
  }

  /**
   * Generalized advantage estimates, backwards through time.
   *
   * @see J. Schulman et al., "High-Dimensional Continuous Control Using Generalized Advantage Estimation" (2016), arXiv:1506.02438
   */
  estimate(stream: EnvStream, model: ActorCritic, gamma: number, gaeLambda: number): void {
    const numEnvs = this.#numEnvs;
    const observed = model.normalized(stream.observations, numEnvs);
    model.critics.forEach((critic, k) => {
      const { values, rewards, advantages, returns } = this.channels[k]!;
      const next = Float64Array.from(critic.forward(observed, numEnvs).subarray(0, numEnvs));
      const later = new Float64Array(numEnvs);
      for (let row = this.size - 1; row >= 0; row--) {
        const env = row % numEnvs;
        const goesOn = this.#ended[row] === 1 ? 0 : 1;
        const delta = rewards[row]! + gamma * next[env]! * goesOn - values[row]!;
        // A step that only starts an episode belongs to none: nothing is carried over it.
        later[env] = this.#ignored[row] === 1 ? 0 : delta + gamma * gaeLambda * goesOn * later[env]!;
        advantages[row] = later[env]!;
        returns[row] = advantages[row]! + values[row]!;
        next[env] = values[row]!;
      }
    });
  }

  /** 1 − variance of (returns − values) / variance of returns, for the reward; NaN where returns do not vary. */
  explainedVariance(): number {
    const { returns, advantages } = this.channels[0]!;
    const variance = (of: Float32Array): number => {
      let [sum, squares] = [0, 0];
      for (const row of this.rows) sum += of[row]!;
      const mean = sum / this.rows.length;
      for (const row of this.rows) squares += (of[row]! - mean) ** 2;
      return squares;
    };
    const ofReturns = variance(returns);
    return ofReturns === 0 ? Number.NaN : 1 - variance(advantages) / ofReturns;
  }

  #markEnded(stream: EnvStream, model: ActorCritic, start: number, gamma: number): void {
    const { numEnvs, observationSize: size, terminations, truncations, ignored, finals } = stream;
    const cut: number[] = [];
    for (let env = 0; env < numEnvs; env++) {
      const hasEnded = ignored[env] === 0 && (terminations[env] === 1 || truncations[env] === 1);
      this.#ended[start + env] = hasEnded ? 1 : 0;
      if (!hasEnded || terminations[env] === 1) continue;
      this.#finals.set(finals.subarray(env * size, (env + 1) * size), cut.length * size);
      cut.push(env);
    }
    if (cut.length === 0) return;
    const observed = model.normalized(this.#finals, cut.length);
    model.critics.forEach((critic, k) => {
      const values = critic.forward(observed, cut.length);
      cut.forEach((env, index) => {
        this.channels[k]!.rewards[start + env]! += gamma * values[index]!;
      });
    });
  }
}
