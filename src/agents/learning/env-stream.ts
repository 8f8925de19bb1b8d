/** A vector environment as learners read it: flat observations, masks, last observations, finished episodes. @module */
import type { EnvSnapshot } from "../../env.js";
import { InvalidOptionError, NotSupportedError } from "../../errors.js";
import type { Seed } from "../../rng.js";
import { Box } from "../../spaces/index.js";
import type { VectorEnv } from "../../vector/index.js";
import type { ActionBatch } from "./action-batch.js";
import { readMasks } from "./read-masks.js";

/** One episode that has ended. */
export interface FinishedEpisode {
  readonly return: number;
  readonly length: number;
}

/** What {@link EnvStream} remembers: plain data. */
export interface StreamState {
  readonly snapshots: readonly EnvSnapshot[];
  readonly observations: Float32Array;
  readonly masks: Uint8Array;
  readonly ended: Uint8Array;
  readonly returns: Float64Array;
  readonly lengths: Float64Array;
}

/** Steps a vector environment and keeps what a learner needs of the last step. Autoreset is `SameStep` or `NextStep`. */
export class EnvStream {
  readonly env: VectorEnv<unknown, unknown, object>;
  readonly numEnvs: number;
  readonly observationSize: number;
  /** Of shape [numEnvs, observationSize]: what the next action is chosen by. */
  observations: Float32Array;
  /** Of shape [numEnvs, maskSize]: what the next action may be. */
  masks: Uint8Array;
  /** Of the last step. */
  rewards: Float64Array;
  terminations: Uint8Array;
  truncations: Uint8Array;
  infos: object = {};
  /** Of shape [numEnvs, observationSize]: the last observations of episodes that ended with the last step. */
  readonly finals: Float32Array;
  /** Of shape [numEnvs, maskSize]: what could have been done in those observations. */
  readonly finalMasks: Uint8Array;
  /** 1 where the last step only started an episode: its action and reward mean nothing. */
  ignored: Uint8Array;
  #ended: Uint8Array;
  #returns: Float64Array;
  #lengths: Float64Array;
  #finished: FinishedEpisode[] = [];
  readonly #actions: ActionBatch;
  readonly #maskSize: number;

  /** @throws InvalidOptionError, NotSupportedError */
  constructor(env: VectorEnv<unknown, unknown, object>, actions: ActionBatch) {
    const { numEnvs, singleObservationSpace: space, autoresetMode } = env;
    if (autoresetMode === "Disabled") {
      throw new InvalidOptionError("autoresetMode", '"SameStep" or "NextStep" for learning', autoresetMode);
    }
    if (!(space instanceof Box)) {
      throw new NotSupportedError(`Learning from observations of ${space}`, "Flatten them: FlattenObservation.");
    }
    this.env = env;
    this.numEnvs = numEnvs;
    this.observationSize = space.low.length;
    this.#actions = actions;
    this.#maskSize = actions.sizes.reduce((sum, size) => sum + size, 0);
    this.observations = new Float32Array(numEnvs * this.observationSize);
    this.finals = new Float32Array(numEnvs * this.observationSize);
    this.masks = new Uint8Array(numEnvs * this.#maskSize).fill(1);
    this.finalMasks = new Uint8Array(numEnvs * this.#maskSize).fill(1);
    this.rewards = new Float64Array(numEnvs);
    this.terminations = new Uint8Array(numEnvs);
    this.truncations = new Uint8Array(numEnvs);
    this.ignored = new Uint8Array(numEnvs);
    this.#ended = new Uint8Array(numEnvs);
    this.#returns = new Float64Array(numEnvs);
    this.#lengths = new Float64Array(numEnvs);
  }

  /** Starts all episodes. @param seed - As for `reset` of a vector environment. */
  async reset(seed: Seed | readonly Seed[]): Promise<void> {
    const [observations, infos] = await this.env.reset({ seed });
    this.observations = toFloat32(observations);
    this.masks = readMasks(infos, this.numEnvs, this.#maskSize);
    this.#ended.fill(0);
    this.#returns.fill(0);
    this.#lengths.fill(0);
  }

  /** One step of all environments. @param actions - A head's actions, of shape [numEnvs, actionSize]. */
  async step(actions: Float32Array): Promise<void> {
    const [observations, rewards, terminations, truncations, infos] = await this.env.step(
      this.#actions.batch(actions, this.numEnvs),
    );
    this.ignored = this.env.autoresetMode === "NextStep" ? this.#ended : this.ignored;
    this.observations = toFloat32(observations);
    this.masks = readMasks(infos, this.numEnvs, this.#maskSize);
    this.rewards = rewards;
    this.terminations = terminations;
    this.truncations = truncations;
    this.infos = infos;
    this.#ended = new Uint8Array(this.numEnvs);
    let hasFinal = false;
    for (let env = 0; env < this.numEnvs; env++) if (this.ignored[env] === 0 && this.#count(env)) hasFinal = true;
    if (hasFinal) this.finalMasks.set(this.#readFinalMasks(infos));
  }

  /** The episodes that have ended since the last call. */
  takeFinished(): FinishedEpisode[] {
    const finished = this.#finished;
    this.#finished = [];
    return finished;
  }

  /** The state of all environments, and of the stream. @throws what an environment's `snapshot` throws */
  async state(): Promise<StreamState> {
    const snapshots: EnvSnapshot[] = [];
    for (let env = 0; env < this.numEnvs; env++) snapshots.push(await this.env.snapshot(env));
    return {
      snapshots,
      observations: this.observations.slice(),
      masks: this.masks.slice(),
      ended: this.#ended.slice(),
      returns: this.#returns.slice(),
      lengths: this.#lengths.slice(),
    };
  }

  /** Puts a state back. @throws SnapshotMismatchError */
  async restore(state: StreamState): Promise<void> {
    await this.env.reset({ seed: 0 });
    for (let env = 0; env < this.numEnvs; env++) await this.env.restore(env, state.snapshots[env]!);
    this.observations = state.observations.slice();
    this.masks = state.masks.slice();
    this.#ended = state.ended.slice();
    this.#returns = state.returns.slice();
    this.#lengths = state.lengths.slice();
    this.#finished = [];
  }

  /** Counts one environment's step; whether it ended the episode. */
  #count(env: number): boolean {
    this.#returns[env]! += this.rewards[env]!;
    this.#lengths[env]! += 1;
    if (this.terminations[env] === 0 && this.truncations[env] === 0) return false;
    this.#ended[env] = 1;
    this.finals.set(this.#lastObservation(env), env * this.observationSize);
    this.#finished.push({ return: this.#returns[env]!, length: this.#lengths[env]! });
    this.#returns[env] = 0;
    this.#lengths[env] = 0;
    return true;
  }

  #readFinalMasks(infos: object): Uint8Array {
    if (this.env.autoresetMode === "NextStep") return this.masks;
    const { finalInfo } = infos as { readonly finalInfo?: object };
    return readMasks(finalInfo ?? {}, this.numEnvs, this.#maskSize);
  }

  #lastObservation(env: number): ArrayLike<number> {
    const size = this.observationSize;
    if (this.env.autoresetMode === "NextStep") return this.observations.subarray(env * size, (env + 1) * size);
    const { finalObs } = this.infos as { readonly finalObs: readonly ArrayLike<number>[] };
    return finalObs[env]!;
  }
}

/** A batch of any element type, as float32; the same array where it is one. */
function toFloat32(observations: unknown): Float32Array {
  if (observations instanceof Float32Array) return observations;
  return Float32Array.from(observations as ArrayLike<number | bigint>, Number);
}
