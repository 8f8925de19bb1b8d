/** What DQN and SAC have in common: act, remember, learn from what is remembered. @module */
import { TrainingDivergedError } from "../../errors.js";
import { denseEngine, type Network, type NetworkFactory } from "../../networks/index.js";
import { createRng, type Generator, type GeneratorState } from "../../rng.js";
import type { VectorEnv } from "../../vector/index.js";
import type { Algorithm, Learner, Metrics, PolicyWeights, UpdateResult } from "../learner.js";
import type { ActionBatch } from "./action-batch.js";
import { EnvStream, type StreamState } from "./env-stream.js";
import { type NetworkState, networkStates, restoreNetworks } from "./network-state.js";
import { checkOffPolicyOptions, type FilledOffPolicyOptions } from "./off-policy-options.js";
import { checkNames } from "./option-check.js";
import { ReplayBuffer, type ReplayState, type TransitionBatch, type TransitionShape } from "./replay-buffer.js";
import { type MomentsState, RunningMoments } from "./running-moments.js";
import { type RecorderState, TransitionRecorder } from "./transition-recorder.js";

interface OffPolicyState {
  readonly globalStep: number;
  readonly due: number;
  readonly rng: GeneratorState;
  readonly networks: readonly NetworkState[];
  readonly moments: MomentsState | null;
  readonly stream: StreamState;
  readonly buffer: ReplayState;
  readonly recorder: RecorderState;
  readonly more: unknown;
}

/** Steps of each environment in one update. */
const STEPS_PER_UPDATE = 16;

/** An off-policy learner; the algorithms say how to act and how to learn from a batch. */
export abstract class OffPolicyLearner<Options extends FilledOffPolicyOptions> implements Learner {
  readonly options: Options;
  readonly stepsPerUpdate: number;
  /** @internal */
  protected readonly stream: EnvStream;
  /** @internal */
  protected readonly rng: Generator;
  /** @internal */
  protected readonly engine: NetworkFactory;
  /** @internal */
  protected readonly moments: RunningMoments | null;
  readonly #buffer: ReplayBuffer;
  readonly #recorder: TransitionRecorder;
  readonly #observed: Float32Array;
  readonly #actions: Float32Array;
  readonly #kept: Float32Array;
  #globalStep = 0;
  /** Learning steps that are due; whole ones are done. */
  #due = 0;
  #isStarted = false;

  /** @param keptSize - Numbers of an action as the buffer keeps it. @throws InvalidOptionError, NotSupportedError */
  protected constructor(
    readonly algorithm: Algorithm,
    env: VectorEnv<unknown, unknown, object>,
    batch: ActionBatch,
    keptSize: number,
    { engine = denseEngine(), ...given }: Partial<Options> & { readonly engine?: NetworkFactory },
    defaults: Options,
  ) {
    checkNames(given, Object.keys(defaults));
    this.options = { ...defaults, ...given } as Options;
    checkOffPolicyOptions(this.options);
    const { seed, bufferSize, batchSize, nSteps, gamma, normalizeObservations } = this.options;
    this.stream = new EnvStream(env, batch);
    this.rng = createRng([seed, 1] as bigint[]);
    this.engine = engine;
    const { numEnvs, observationSize } = this.stream;
    this.moments = normalizeObservations ? new RunningMoments(observationSize) : null;
    const maskSize = batch.sizes.reduce((sum, size) => sum + size, 0);
    const shape: TransitionShape = { observationSize, actionSize: keptSize, maskSize };
    this.#buffer = new ReplayBuffer(bufferSize, batchSize, shape);
    this.#recorder = new TransitionRecorder(this.stream, this.#buffer, shape, nSteps, gamma);
    this.#observed = new Float32Array(numEnvs * observationSize);
    this.#actions = new Float32Array(numEnvs * batch.size);
    this.#kept = new Float32Array(numEnvs * keptSize);
    this.stepsPerUpdate = STEPS_PER_UPDATE * numEnvs;
  }

  get globalStep(): number {
    return this.#globalStep;
  }

  async update(progress: number): Promise<UpdateResult> {
    await this.#start();
    const { learningStarts, trainFrequency, rewardScale } = this.options;
    let metrics: Metrics = {};
    for (let step = 0; step < STEPS_PER_UPDATE; step++) {
      const { observations } = this.stream;
      this.moments?.update(observations, this.stream.numEnvs);
      this.#normalize(observations, this.#observed);
      this.act(this.#observed, progress, this.#actions, this.#kept);
      await this.stream.step(this.#actions);
      this.#recorder.add(observations, this.#kept, rewardScale);
      this.#globalStep += this.stream.numEnvs;
      if (this.#globalStep < learningStarts || this.#buffer.length === 0) continue;
      for (this.#due += this.stream.numEnvs / trainFrequency; this.#due >= 1; this.#due--) {
        metrics = this.learn(this.#draw(), progress);
      }
    }
    return { metrics, episodes: this.stream.takeFinished() };
  }

  abstract policy(): PolicyWeights;

  async state(): Promise<unknown> {
    await this.#start();
    const state: OffPolicyState = {
      globalStep: this.#globalStep,
      due: this.#due,
      rng: this.rng.state,
      networks: networkStates(this.networks()),
      moments: this.moments?.state ?? null,
      stream: await this.stream.state(),
      buffer: this.#buffer.state,
      recorder: this.#recorder.state,
      more: this.moreState(),
    };
    return state;
  }

  async restore(state: unknown): Promise<void> {
    const saved = state as OffPolicyState;
    await this.stream.restore(saved.stream);
    this.#isStarted = true;
    this.#globalStep = saved.globalStep;
    this.#due = saved.due;
    this.rng.state = saved.rng;
    restoreNetworks(this.networks(), saved.networks);
    if (this.moments !== null && saved.moments !== null) this.moments.state = saved.moments;
    this.#buffer.state = saved.buffer;
    this.#recorder.state = saved.recorder;
    this.restoreMore(saved.more);
  }

  /** Chooses actions by normalized observations: as a head's rows, and as the buffer keeps them. @internal */
  protected abstract act(observed: Float32Array, progress: number, actions: Float32Array, kept: Float32Array): void;

  /** Learns from a batch whose observations are normalized. @internal */
  protected abstract learn(batch: TransitionBatch, progress: number): Metrics;

  /** All networks, targets included. @internal */
  protected abstract networks(): readonly Network[];

  /** @internal */
  protected moreState(): unknown {
    return null;
  }

  /** @internal */
  protected restoreMore(_state: unknown): void {}

  /** @throws TrainingDivergedError unless all figures are finite @internal */
  protected checkFinite(figures: Readonly<Record<string, number>>): void {
    if (Object.values(figures).every(Number.isFinite)) return;
    throw new TrainingDivergedError(this.algorithm, this.#globalStep, figures);
  }

  async #start(): Promise<void> {
    if (!this.#isStarted) await this.stream.reset(this.options.seed);
    this.#isStarted = true;
  }

  #draw(): TransitionBatch {
    const batch = this.#buffer.sample(this.rng);
    this.#normalize(batch.observations, batch.observations);
    this.#normalize(batch.nextObservations, batch.nextObservations);
    return batch;
  }

  #normalize(from: Float32Array, into: Float32Array): void {
    if (this.moments !== null) this.moments.normalize(from, from.length / this.moments.size, into);
    else if (from !== into) into.set(from);
  }
}
