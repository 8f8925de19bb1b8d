/** Behaviour cloning: learns to do what a teacher did, and what comes of it. @module */
import { InvalidOptionError, PolicyMismatchError, TrainingDivergedError } from "../errors.js";
import { clipGradients, denseEngine } from "../networks/index.js";
import { createRng, type Generator, type GeneratorState, type Seed } from "../rng.js";
import { Box } from "../spaces/index.js";
import type { VectorEnv } from "../vector/index.js";
import type { Demonstrations } from "./demonstrations.js";
import type { Learner, Metrics, PolicyWeights, UpdateResult } from "./learner.js";
import { ActionBatch } from "./learning/action-batch.js";
import { ActorCritic } from "./learning/actor-critic.js";
import { type ActorCriticTrainingOptions, checkActorCriticTraining } from "./learning/actor-critic-training-options.js";
import { CloningRows } from "./learning/cloning-rows.js";
import { makeActionHead } from "./learning/make-action-head.js";
import { type NetworkState, networkStates, restoreNetworks } from "./learning/network-state.js";
import { checkInteger, checkNames, checkNumber } from "./learning/option-check.js";
import type { MomentsState } from "./learning/running-moments.js";
import { cloningLoss } from "./losses/cloning-loss.js";
import { valueLoss } from "./losses/value-loss.js";

/**
 * Options of {@link BehaviourCloning}. Those that PPO has too must be alike where PPO is to go on from the clone; without a word
 * `learningRate` is 0.001, `gamma` 0.99, `entCoef` 0.01, and `vfCoef` and `maxGradNorm` 0.5.
 */
export interface BehaviourCloningOptions extends ActorCriticTrainingOptions {
  /** What the teacher did, in an environment of the same spaces. */
  readonly demonstrations?: Demonstrations;
  /** Of the weights and the order of minibatches. @defaultValue 0 */
  readonly seed?: Seed;
  /** Rows of a minibatch. @defaultValue 256 */
  readonly minibatchSize?: number;
  /** Deviation of continuous actions below which they are made no surer, in units of half their range; above 0. @defaultValue 0.1 */
  readonly minDeviation?: number;
  /** Share of the rows, the last ones, that only the figures `validation` are taken from; from 0, below 1. @defaultValue 0.1 */
  readonly validationShare?: number;
}

type FilledOptions = Required<Omit<BehaviourCloningOptions, "engine" | "demonstrations">>;

/** What {@link BehaviourCloning} takes where nothing is said. */
export const BEHAVIOUR_CLONING_DEFAULTS: FilledOptions = Object.freeze({
  seed: 0,
  learningRate: 1e-3,
  annealLr: true,
  minibatchSize: 256,
  entCoef: 0.01,
  minDeviation: 0.1,
  vfCoef: 0.5,
  maxGradNorm: 0.5,
  gamma: 0.99,
  rewardScale: 1,
  rewardClip: null,
  hiddenSizes: Object.freeze([64, 64]),
  normalizeObservations: true,
  validationShare: 0.1,
});

interface CloningState {
  readonly globalStep: number;
  readonly rng: GeneratorState;
  readonly networks: readonly NetworkState[];
  readonly moments: MomentsState | null;
}

/**
 * Imitates a teacher: cross-entropy on the action heads, and a critic that learns the teacher's returns, in the networks that PPO has. One update is one pass
 * over the data; `globalStep` counts rows. The environment gives the spaces alone; nothing is done in it.
 *
 * @see D. Pomerleau, "Efficient Training of Artificial Neural Networks for Autonomous Navigation" (1991)
 * @example
 * const clone = new BehaviourCloning(envs, { demonstrations, gamma: 0.9 });
 * await train(clone, envs, { budget: { steps: 20 * demonstrations.rows }, folder: "out/clone" });
 */
export class BehaviourCloning implements Learner {
  readonly algorithm = "behaviour-cloning" as const;
  readonly options: Required<Omit<BehaviourCloningOptions, "engine" | "demonstrations">>;
  readonly stepsPerUpdate: number;
  readonly #model: ActorCritic;
  readonly #data: CloningRows;
  readonly #rng: Generator;
  #globalStep = 0;

  /** @throws PolicyMismatchError, InvalidOptionError */
  constructor(
    env: Pick<VectorEnv<unknown, unknown, object>, "spec" | "singleObservationSpace" | "singleActionSpace">,
    { engine = denseEngine(), demonstrations, ...options }: BehaviourCloningOptions,
  ) {
    checkNames(options, Object.keys(BEHAVIOUR_CLONING_DEFAULTS));
    const filled = { ...BEHAVIOUR_CLONING_DEFAULTS, ...options };
    checkOptions(filled);
    if (demonstrations === undefined) {
      throw new InvalidOptionError("demonstrations", "the steps of a teacher", demonstrations);
    }
    checkSource(env, demonstrations);
    const batch = new ActionBatch(env.singleActionSpace, this.algorithm);
    const observationSize = (env.singleObservationSpace as Box).low.length;
    const { hiddenSizes, normalizeObservations, validationShare } = filled;
    const head = makeActionHead(batch);
    this.options = filled;
    this.#rng = createRng([filled.seed, 1]);
    this.#model = new ActorCritic(
      { observationSize, head, hiddenSizes, critics: 1, normalizeObservations, engine },
      createRng([filled.seed, 2]),
    );
    this.#data = new CloningRows(demonstrations, batch, this.#model, validationShare);
    this.stepsPerUpdate = this.#data.training.length;
  }

  get globalStep(): number {
    return this.#globalStep;
  }

  async update(progress: number): Promise<UpdateResult> {
    const { annealLr, learningRate, minibatchSize } = this.options;
    const rate = annealLr ? learningRate * Math.max(0, 1 - progress) : learningRate;
    this.#data.estimateReturns(this.options);
    const order = this.#data.training.slice();
    this.#rng.shuffle(order);
    const sums = { policyLoss: 0, entropy: 0, valueLoss: 0 };
    for (let start = 0; start < order.length; start += minibatchSize) {
      const rows = order.subarray(start, start + minibatchSize);
      const found = this.#learnOne(rows, rate);
      sums.policyLoss += found.policyLoss * rows.length;
      sums.entropy += found.entropy * rows.length;
      sums.valueLoss += found.valueLoss * rows.length;
    }
    this.#globalStep += order.length;
    const metrics: Metrics = {
      "charts/learning_rate": rate,
      "losses/policy_loss": sums.policyLoss / order.length,
      "losses/entropy": sums.entropy / order.length,
      "losses/value_loss": sums.valueLoss / order.length,
      ...this.#validate(),
    };
    return { metrics, episodes: [] };
  }

  policy(): PolicyWeights {
    const { actor, head, moments } = this.#model;
    return { network: actor.spec, weights: actor.weights(), head: head.kind, moments: moments?.state ?? null };
  }

  async state(): Promise<unknown> {
    const state: CloningState = {
      globalStep: this.#globalStep,
      rng: this.#rng.state,
      networks: networkStates(this.#model.networks),
      moments: this.#model.moments?.state ?? null,
    };
    return state;
  }

  async restore(state: unknown): Promise<void> {
    const { globalStep, rng, networks } = state as CloningState;
    this.#globalStep = globalStep;
    this.#rng.state = rng;
    restoreNetworks(this.#model.networks, networks);
  }

  #learnOne(rows: Int32Array, rate: number): { policyLoss: number; entropy: number; valueLoss: number } {
    const { vfCoef, maxGradNorm } = this.options;
    const { actor, critics, head, networks } = this.#model;
    const batch = this.#data.gather(rows);
    const outputs = actor.forward(batch.observations, rows.length);
    const policy = cloningLoss(head, { ...batch, outputs }, this.options, batch.gradients);
    actor.backward(batch.gradients);
    const values = critics[0]!.forward(batch.observations, rows.length);
    const loss = valueLoss({ ...batch, values, oldValues: values }, Infinity, vfCoef, batch.gradients);
    critics[0]!.backward(batch.gradients);
    const { norm, scale } = clipGradients(networks, maxGradNorm);
    const figures = { policyLoss: policy.policyLoss, valueLoss: loss, gradientNorm: norm };
    if (!Number.isFinite(policy.policyLoss + loss + norm)) {
      throw new TrainingDivergedError(this.algorithm, this.#globalStep, figures);
    }
    for (const network of networks) network.step({ learningRate: rate, scale });
    return { ...policy, valueLoss: loss };
  }

  /** Loss, and share of the teacher's actions that are the clone's likeliest, on rows that are not learnt. */
  #validate(): Metrics {
    const { validation } = this.#data;
    if (validation.length === 0) return {};
    const { actor, head } = this.#model;
    const { minibatchSize } = this.options;
    const plain = { entCoef: 0, minDeviation: 1 };
    let [loss, right] = [0, 0];
    for (let start = 0; start < validation.length; start += minibatchSize) {
      const rows = validation.subarray(start, start + minibatchSize);
      const batch = this.#data.gather(rows);
      const outputs = actor.forward(batch.observations, rows.length);
      loss += cloningLoss(head, { ...batch, outputs }, plain, batch.gradients).policyLoss * rows.length;
      right += this.#data.countRight(head, outputs, rows.length);
    }
    const accuracy = head.kind === "categorical" ? { "charts/validation_accuracy": right / validation.length } : {};
    return { "losses/validation_loss": loss / validation.length, ...accuracy };
  }
}

function checkSource(
  {
    spec,
    singleObservationSpace,
    singleActionSpace,
  }: Pick<VectorEnv<unknown, unknown, object>, "spec" | "singleObservationSpace" | "singleActionSpace">,
  { source, rows }: Demonstrations,
): void {
  if (rows === 0) throw new InvalidOptionError("demonstrations", "at least one step", rows);
  const wanted = [spec?.id ?? source.env, String(singleObservationSpace), String(singleActionSpace)];
  const got = [source.env, source.observationSpace, source.actionSpace];
  if (wanted.some((part, k) => part !== got[k])) {
    const describe = ([id, observations, actions]: readonly string[]): string =>
      `demonstrations in ${id} with actions ${actions} and observations ${observations}`;
    throw new PolicyMismatchError("behaviour-cloning", describe(wanted), describe(got));
  }
  if (!(singleObservationSpace instanceof Box)) {
    throw new PolicyMismatchError("behaviour-cloning", "a Box as observation space", String(singleObservationSpace));
  }
}

function checkOptions(options: FilledOptions): void {
  checkActorCriticTraining(options);
  const { minDeviation, validationShare, minibatchSize } = options;
  checkNumber("minDeviation", minDeviation, "a finite number above 0", (value) => value > 0 && value < Infinity);
  checkNumber("validationShare", validationShare, "from 0, below 1", (value) => value >= 0 && value < 1);
  checkInteger("minibatchSize", minibatchSize);
}
