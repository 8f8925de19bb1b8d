/** DQN: deep Q-learning, double, with several steps and masks. @module */
import { InvalidOptionError, PolicyMismatchError } from "../errors.js";
import { clipGradients, createNetwork, type Network } from "../networks/index.js";
import { createRng } from "../rng.js";
import type { VectorEnv } from "../vector/index.js";
import type { Metrics, PolicyWeights } from "./learner.js";
import { ActionBatch } from "./learning/action-batch.js";
import { JointChooser } from "./learning/joint-chooser.js";
import { OffPolicyLearner } from "./learning/off-policy-learner.js";
import type { FilledOffPolicyOptions, OffPolicyOptions } from "./learning/off-policy-options.js";
import { checkInteger, checkNumber } from "./learning/option-check.js";
import type { TransitionBatch } from "./learning/replay-buffer.js";
import { followNetwork } from "./learning/target-network.js";
import { tdLoss } from "./losses/td-loss.js";

/** Options of {@link DQN}, named as in CleanRL. */
export interface DQNOptions extends OffPolicyOptions {
  /** Adam's step size. @defaultValue 2.5e-4 */
  readonly learningRate?: number;
  /** Whether it falls to 0 over the training; values that no longer move keep what was learnt. @defaultValue true */
  readonly annealLr?: boolean;
  /** Share of random actions at the start. @defaultValue 1 */
  readonly startE?: number;
  /** Share of random actions at the end. @defaultValue 0.05 */
  readonly endE?: number;
  /** Part of the training over which the share falls, above 0 and at most 1. @defaultValue 0.5 */
  readonly explorationFraction?: number;
  /** Learning steps between updates of the target network. @defaultValue 100 */
  readonly targetNetworkFrequency?: number;
  /** Whether the next action is chosen by the network that learns, and valued by the target. @defaultValue true */
  readonly double?: boolean;
  /** Greatest norm of the gradients. @defaultValue 10 */
  readonly maxGradNorm?: number;
}

type Filled = FilledOffPolicyOptions & Required<Omit<DQNOptions, keyof OffPolicyOptions>>;

const DEFAULTS: Filled = Object.freeze({
  seed: 0,
  learningRate: 2.5e-4,
  annealLr: true,
  bufferSize: 50_000,
  batchSize: 128,
  learningStarts: 1_000,
  trainFrequency: 4,
  gamma: 0.99,
  nSteps: 1,
  tau: 1,
  rewardScale: 1,
  hiddenSizes: Object.freeze([64, 64]),
  normalizeObservations: true,
  startE: 1,
  endE: 0.05,
  explorationFraction: 0.5,
  targetNetworkFrequency: 100,
  double: true,
  maxGradNorm: 10,
});

/** Most combinations of a multi-discrete action: each is an output. */
const MOST_OUTPUTS = 1_024;

/**
 * Learns the values of discrete actions; each combination of a multi-discrete action counts as one.
 *
 * @see V. Mnih et al., "Human-level control through deep reinforcement learning" (2015)
 * @see H. van Hasselt, A. Guez and D. Silver, "Deep Reinforcement Learning with Double Q-learning" (2016), arXiv:1509.06461
 * @example
 * const dqn = new DQN(await makeVec("CartPole-v1", { numEnvs: 8, autoresetMode: "SameStep" }), { nSteps: 3 });
 */
export class DQN extends OffPolicyLearner<Filled> {
  readonly #chooser: JointChooser;
  readonly #network: Network;
  readonly #target: Network;
  readonly #targets: Float64Array;
  readonly #gradients: Float32Array;
  #learnt = 0;

  /** @throws PolicyMismatchError, InvalidOptionError, NotSupportedError */
  constructor(env: VectorEnv<unknown, unknown, object>, options: DQNOptions = {}) {
    const batch = new ActionBatch(env.singleActionSpace, "DQN", "discrete");
    const chooser = new JointChooser(batch.sizes);
    if (chooser.outputs > MOST_OUTPUTS) {
      const advice = `${chooser.outputs}. PPO, A2C and CEM fit it`;
      throw new PolicyMismatchError("DQN", `at most ${MOST_OUTPUTS} combinations of actions`, advice);
    }
    super("DQN", env, batch, 1, options, DEFAULTS);
    checkOptions(this.options);
    const { seed, hiddenSizes, batchSize } = this.options;
    const hidden = hiddenSizes.map((units) => ({ units, activation: "relu" as const }));
    const layers = [...hidden, { units: chooser.outputs, activation: "linear" as const }];
    const spec = { inputs: this.stream.observationSize, layers };
    this.#chooser = chooser;
    this.#network = createNetwork(spec, createRng([seed, 2] as bigint[]), this.engine);
    this.#target = this.engine.create(spec, this.#network.weights());
    this.#targets = new Float64Array(batchSize);
    this.#gradients = new Float32Array(batchSize * chooser.outputs);
  }

  /** What acts now; the caller owns it. */
  policy(): PolicyWeights {
    const { spec } = this.#network;
    const moments = this.moments?.state ?? null;
    return { network: spec, weights: this.#network.weights(), head: this.#chooser.kind, moments };
  }

  /** @internal */
  protected override act(observed: Float32Array, progress: number, actions: Float32Array, kept: Float32Array): void {
    const { numEnvs, masks } = this.stream;
    const epsilon = this.#epsilon(progress);
    const outputs = this.#network.forward(observed, numEnvs);
    for (let env = 0; env < numEnvs; env++) {
      const isRandom = this.rng.random() < epsilon;
      const index = isRandom ? this.#randomIndex(masks, env) : this.#chooser.bestIndex(outputs, env, masks);
      kept[env] = index;
      this.#chooser.write(index, actions, env);
    }
  }

  /** @internal */
  protected override learn(batch: TransitionBatch, progress: number): Metrics {
    const { batchSize: rows, double, maxGradNorm, learningRate, annealLr, targetNetworkFrequency, tau } = this.options;
    const width = this.#chooser.outputs;
    const later = this.#target.forward(batch.nextObservations, rows);
    const chooses = double ? this.#network.forward(batch.nextObservations, rows) : later;
    for (let row = 0; row < rows; row++) {
      const next = this.#chooser.bestIndex(chooses, row, batch.nextMasks);
      this.#targets[row] = batch.rewards[row]! + batch.discounts[row]! * later[row * width + next]!;
    }
    const outputs = this.#network.forward(batch.observations, rows);
    const chosen = batch.actions;
    const loss = tdLoss({ rows, outputs, chosen, targets: this.#targets }, this.#gradients);
    let sum = 0;
    for (let row = 0; row < rows; row++) sum += outputs[row * width + chosen[row]!]!;
    this.#network.backward(this.#gradients);
    const { norm, scale } = clipGradients([this.#network], maxGradNorm);
    this.checkFinite({ tdLoss: loss, gradientNorm: norm });
    const rate = annealLr ? learningRate * Math.max(0, 1 - progress) : learningRate;
    this.#network.step({ learningRate: rate, scale });
    this.#learnt++;
    if (this.#learnt % targetNetworkFrequency === 0) followNetwork(this.#target, this.#network, tau);
    return { "losses/td_loss": loss, "losses/q_values": sum / rows, "charts/epsilon": this.#epsilon(progress) };
  }

  /** @internal */
  protected override networks(): readonly Network[] {
    return [this.#network, this.#target];
  }

  /** @internal */
  protected override moreState(): unknown {
    return this.#learnt;
  }

  /** @internal */
  protected override restoreMore(state: unknown): void {
    this.#learnt = state as number;
  }

  #epsilon(progress: number): number {
    const { startE, endE, explorationFraction } = this.options;
    return startE + (endE - startE) * Math.min(1, progress / explorationFraction);
  }

  /** Any combination that the mask allows, each as likely as another. */
  #randomIndex(masks: Uint8Array, env: number): number {
    let allowed = 0;
    for (let index = 0; index < this.#chooser.outputs; index++) if (this.#chooser.allows(index, masks, env)) allowed++;
    if (allowed === 0) return this.rng.integers(this.#chooser.outputs);
    let nth = this.rng.integers(allowed);
    for (let index = 0; ; index++) if (this.#chooser.allows(index, masks, env) && nth-- === 0) return index;
  }
}

function checkOptions({ learningRate, startE, endE, explorationFraction, double, ...options }: Filled): void {
  checkNumber("learningRate", learningRate, "a finite number above 0", (value) => value > 0 && value < Infinity);
  for (const [name, value] of Object.entries({ startE, endE })) {
    checkNumber(name, value, "from 0 to 1", (share) => share >= 0 && share <= 1);
  }
  checkNumber("explorationFraction", explorationFraction, "above 0 and at most 1", (value) => value > 0 && value <= 1);
  checkInteger("targetNetworkFrequency", options.targetNetworkFrequency);
  checkNumber("maxGradNorm", options.maxGradNorm, "a number above 0", (value) => value > 0);
  for (const [name, value] of Object.entries({ double, annealLr: options.annealLr })) {
    if (typeof value !== "boolean") throw new InvalidOptionError(name, "true or false", value);
  }
}
