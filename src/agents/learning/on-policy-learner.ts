/** What PPO, PPO-Lagrangian and A2C have in common: collect a rollout, learn it in minibatches, throw it away. @module */
import { TrainingDivergedError } from "../../errors.js";
import { clipGradients, denseEngine } from "../../networks/index.js";
import { createRng, type Generator, type GeneratorState } from "../../rng.js";
import type { VectorEnv } from "../../vector/index.js";
import type { Algorithm, Learner, Metrics, PolicyWeights, UpdateResult } from "../learner.js";
import { clippedPolicyLoss, type PolicyLossResult } from "../losses/policy-loss.js";
import { valueLoss } from "../losses/value-loss.js";
import { ActionBatch } from "./action-batch.js";
import { ActorCritic } from "./actor-critic.js";
import { EnvStream, type StreamState } from "./env-stream.js";
import { makeActionHead } from "./make-action-head.js";
import { Minibatch } from "./minibatch.js";
import { type NetworkState, networkStates, restoreNetworks } from "./network-state.js";
import { checkOnPolicyOptions, type FilledOnPolicyOptions, type OnPolicyOptions } from "./on-policy-options.js";
import { checkNames } from "./option-check.js";
import { ReturnScale, type ReturnScaleState } from "./return-scale.js";
import { type ChannelSource, Rollout } from "./rollout.js";
import type { MomentsState } from "./running-moments.js";

interface OnPolicyState {
  readonly globalStep: number;
  readonly rng: GeneratorState;
  readonly networks: readonly NetworkState[];
  readonly moments: MomentsState | null;
  readonly returnScale: ReturnScaleState;
  readonly stream: StreamState;
}

/** An on-policy learner; the algorithms differ in their defaults, and in how they weigh advantages. */
export class OnPolicyLearner implements Learner {
  readonly algorithm: Algorithm;
  readonly options: FilledOnPolicyOptions;
  readonly stepsPerUpdate: number;
  /** @internal */
  protected readonly stream: EnvStream;
  /** @internal */
  protected readonly rollout: Rollout;
  readonly #model: ActorCritic;
  readonly #rng: Generator;
  readonly #returnScale: ReturnScale;
  readonly #minibatch: Minibatch;
  readonly #sources: readonly ChannelSource[];
  #globalStep = 0;
  #isStarted = false;

  /**
   * @param costs - Further quantities that critics estimate.
   * @throws PolicyMismatchError, InvalidOptionError, NotSupportedError
   */
  constructor(
    algorithm: Algorithm,
    env: VectorEnv<unknown, unknown, object>,
    { engine = denseEngine(), ...options }: OnPolicyOptions,
    defaults: FilledOnPolicyOptions,
    costs: readonly ChannelSource[] = [],
  ) {
    checkNames(options, Object.keys(defaults));
    const filled = { ...defaults, ...options };
    checkOnPolicyOptions(filled);
    const batch = new ActionBatch(env.singleActionSpace, algorithm);
    this.algorithm = algorithm;
    this.options = filled;
    this.stream = new EnvStream(env, batch);
    this.#rng = createRng([filled.seed, 1]);
    const { hiddenSizes, normalizeObservations, initialLogits, numSteps, numMinibatches, gamma } = filled;
    this.#model = new ActorCritic(
      {
        observationSize: this.stream.observationSize,
        head: makeActionHead(batch),
        hiddenSizes,
        critics: 1 + costs.length,
        normalizeObservations,
        initialLogits,
        engine,
      },
      createRng([filled.seed, 2]),
    );
    this.rollout = new Rollout(numSteps, this.stream, this.#model);
    this.stepsPerUpdate = this.rollout.size;
    this.#minibatch = new Minibatch(Math.ceil(this.rollout.size / numMinibatches), this.#model, this.stream);
    this.#returnScale = new ReturnScale(env.numEnvs, gamma);
    this.#sources = [(stream, into) => this.#readRewards(stream, into), ...costs];
  }

  get globalStep(): number {
    return this.#globalStep;
  }

  async update(progress: number): Promise<UpdateResult> {
    const { gamma, gaeLambda, annealLr, learningRate } = this.options;
    if (!this.#isStarted) await this.stream.reset(this.options.seed);
    this.#isStarted = true;
    await this.rollout.collect(this.stream, this.#model, this.#rng, this.#sources, gamma);
    this.rollout.estimate(this.stream, this.#model, gamma, gaeLambda);
    this.#globalStep += this.stepsPerUpdate;
    const episodes = this.stream.takeFinished();
    const advantages = this.weighAdvantages();
    const rate = annealLr ? learningRate * Math.max(0, 1 - progress) : learningRate;
    const metrics = this.#learn(advantages, rate);
    return { metrics: { "charts/learning_rate": rate, ...metrics, ...this.moreMetrics() }, episodes };
  }

  policy(): PolicyWeights {
    const { actor, head, moments } = this.#model;
    return { network: actor.spec, weights: actor.weights(), head: head.kind, moments: moments?.state ?? null };
  }

  async state(): Promise<unknown> {
    if (!this.#isStarted) await this.stream.reset(this.options.seed);
    this.#isStarted = true;
    const state: OnPolicyState = {
      globalStep: this.#globalStep,
      rng: this.#rng.state,
      networks: networkStates(this.#model.networks),
      moments: this.#model.moments?.state ?? null,
      returnScale: this.#returnScale.state,
      stream: await this.stream.state(),
    };
    return { ...state, more: this.moreState() };
  }

  async restore(state: unknown): Promise<void> {
    const saved = state as OnPolicyState & { readonly more: unknown };
    await this.stream.restore(saved.stream);
    this.#isStarted = true;
    this.#globalStep = saved.globalStep;
    this.#rng.state = saved.rng;
    restoreNetworks(this.#model.networks, saved.networks);
    if (this.#model.moments !== null && saved.moments !== null) this.#model.moments.state = saved.moments;
    this.#returnScale.state = saved.returnScale;
    this.restoreMore(saved.more);
  }

  /** Takes over weights, the policy's first, and running means; critics that nothing is known of stay as they are. @internal */
  startFrom(known: {
    readonly weights: readonly (readonly Float32Array[])[];
    readonly moments: MomentsState | null;
  }): void {
    const { networks, moments } = this.#model;
    networks.forEach((network, k) => {
      if (known.weights[k] !== undefined) network.setWeights(known.weights[k]);
    });
    if (moments !== null && known.moments !== null) moments.state = known.moments;
  }

  /** The advantages that the policy follows: shape of the rollout. @internal */
  protected weighAdvantages(): Float32Array {
    return this.rollout.channels[0]!.advantages;
  }

  /** @internal */
  protected moreMetrics(): Metrics {
    return {};
  }

  /** @internal */
  protected moreState(): unknown {
    return null;
  }

  /** @internal */
  protected restoreMore(_state: unknown): void {}

  #readRewards(stream: EnvStream, into: Float64Array): void {
    const { normalizeRewards, rewardScale, rewardClip } = this.options;
    if (!normalizeRewards) {
      const most = rewardClip ?? Infinity;
      for (let env = 0; env < into.length; env++) {
        into[env] = Math.min(most, Math.max(-most, stream.rewards[env]! * rewardScale));
      }
      return;
    }
    const hasEnded = (env: number): boolean => stream.terminations[env] === 1 || stream.truncations[env] === 1;
    this.#returnScale.scale(stream.rewards, hasEnded, into);
  }

  #learn(advantages: Float32Array, rate: number): Metrics {
    const { updateEpochs, targetKl } = this.options;
    const order = this.rollout.rows.slice();
    const size = this.#minibatch.size;
    let last: PolicyLossResult & { readonly valueLoss: number } = NOTHING;
    let [clipped, count] = [0, 0];
    for (let epoch = 0; epoch < updateEpochs; epoch++) {
      this.#rng.shuffle(order);
      for (let start = 0; start < order.length; start += size) {
        this.#minibatch.gather(this.rollout, advantages, order.subarray(start, start + size));
        last = this.#learnOne(rate);
        clipped += last.clipFraction;
        count++;
      }
      if (targetKl !== null && last.approxKl > targetKl) break;
    }
    return {
      "losses/value_loss": last.valueLoss,
      "losses/policy_loss": last.policyLoss,
      "losses/entropy": last.entropy,
      "losses/old_approx_kl": last.oldApproxKl,
      "losses/approx_kl": last.approxKl,
      "losses/clipfrac": clipped / count,
      "losses/explained_variance": this.rollout.explainedVariance(),
    };
  }

  #learnOne(rate: number): PolicyLossResult & { readonly valueLoss: number } {
    const { options } = this;
    const { actor, critics, networks, head } = this.#model;
    const batch = this.#minibatch;
    const { rows } = batch;
    if (options.normAdv) batch.normalizeAdvantages();
    const outputs = actor.forward(batch.observations, rows);
    const policy = clippedPolicyLoss(head, { ...batch.policy, rows, outputs }, options, batch.gradients);
    actor.backward(batch.gradients);
    let sum = 0;
    const clip = options.clipVloss ? options.clipCoef : Infinity;
    critics.forEach((critic, k) => {
      const values = critic.forward(batch.observations, rows);
      const loss = valueLoss({ ...batch.values[k]!, rows, values }, clip, options.vfCoef, batch.gradients);
      critic.backward(batch.gradients);
      sum += loss;
    });
    const { norm, scale } = clipGradients(networks, options.maxGradNorm);
    if (!Number.isFinite(policy.policyLoss + sum + norm)) {
      throw new TrainingDivergedError(this.algorithm, this.#globalStep, {
        policyLoss: policy.policyLoss,
        valueLoss: sum,
        gradientNorm: norm,
      });
    }
    for (const network of networks) network.step({ learningRate: rate, scale });
    return { ...policy, valueLoss: sum };
  }
}

const NOTHING = { policyLoss: 0, entropy: 0, oldApproxKl: 0, approxKl: 0, clipFraction: 0, valueLoss: 0 };
