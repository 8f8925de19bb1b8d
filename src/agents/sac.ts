/** SAC: soft actor-critic. @module */
import { exp, log } from "../elementary.js";
import { createNetwork, type Network, type NetworkSpec } from "../networks/index.js";
import { createRng } from "../rng.js";
import type { VectorEnv } from "../vector/index.js";
import type { Metrics, PolicyWeights } from "./learner.js";
import { ActionBatch } from "./learning/action-batch.js";
import { OffPolicyLearner } from "./learning/off-policy-learner.js";
import type { FilledOffPolicyOptions, OffPolicyOptions } from "./learning/off-policy-options.js";
import { checkInteger, checkNumber } from "./learning/option-check.js";
import type { TransitionBatch } from "./learning/replay-buffer.js";
import { ScalarAdam, type ScalarAdamState } from "./learning/scalar-adam.js";
import { SquashedGaussianHead } from "./learning/squashed-gaussian-head.js";
import { followNetwork } from "./learning/target-network.js";
import { squaredError } from "./losses/squared-error.js";

/** Options of {@link SAC}, named as in CleanRL. */
export interface SACOptions extends OffPolicyOptions {
  /** Adam's step size for the policy and the temperature. @defaultValue 3e-4 */
  readonly policyLr?: number;
  /** Adam's step size for the values. @defaultValue 1e-3 */
  readonly qLr?: number;
  /** Temperature at the start, above 0. @defaultValue 0.2 */
  readonly alpha?: number;
  /** Whether the temperature is learnt, so that the entropy is minus the number of actions' components. @defaultValue true */
  readonly autotune?: boolean;
  /** Learning steps between those of the policy. @defaultValue 2 */
  readonly policyFrequency?: number;
}

type Filled = FilledOffPolicyOptions & Required<Omit<SACOptions, keyof OffPolicyOptions>>;

const DEFAULTS: Filled = Object.freeze({
  seed: 0,
  policyLr: 3e-4,
  qLr: 1e-3,
  bufferSize: 100_000,
  batchSize: 256,
  learningStarts: 2_000,
  trainFrequency: 2,
  gamma: 0.99,
  nSteps: 1,
  tau: 0.005,
  rewardScale: 1,
  hiddenSizes: Object.freeze([64, 64]),
  normalizeObservations: true,
  alpha: 0.2,
  autotune: true,
  policyFrequency: 2,
});

/**
 * Learns continuous actions off-policy: two value networks, of which the lower counts, and a policy that is paid for its entropy.
 *
 * @see T. Haarnoja et al., "Soft Actor-Critic Algorithms and Applications" (2018), arXiv:1812.05905
 * @example
 * const sac = new SAC(await makeVec("WebService-v0", { numEnvs: 8, autoresetMode: "SameStep", control: "continuous" }));
 */
export class SAC extends OffPolicyLearner<Filled> {
  readonly #head: SquashedGaussianHead;
  readonly #actor: Network;
  readonly #critics: readonly [Network, Network];
  readonly #targets: readonly [Network, Network];
  readonly #logAlpha: ScalarAdam;
  /** Room for one batch: actions, their log-probabilities, inputs of the values, targets, gradients. */
  readonly #actions: Float32Array;
  readonly #logProbs: Float64Array;
  readonly #inputs: Float32Array;
  readonly #wanted: Float64Array;
  readonly #gradients: Float32Array;
  #learnt = 0;
  #policyLoss = Number.NaN;

  /** @throws PolicyMismatchError, InvalidOptionError, NotSupportedError */
  constructor(env: VectorEnv<unknown, unknown, object>, options: SACOptions = {}) {
    const batch = new ActionBatch(env.singleActionSpace, "SAC", "continuous");
    super("SAC", env, batch, batch.size, options, DEFAULTS);
    checkOptions(this.options);
    const { seed, batchSize, alpha } = this.options;
    const { observationSize, numEnvs } = this.stream;
    const rng = createRng([seed, 2] as bigint[]);
    this.#head = new SquashedGaussianHead(batch.size, Math.max(batchSize, numEnvs));
    this.#actor = createNetwork(this.#spec(observationSize, this.#head.outputs, 0.01), rng, this.engine);
    const ofValues = this.#spec(observationSize + batch.size, 1, 1);
    this.#critics = [createNetwork(ofValues, rng, this.engine), createNetwork(ofValues, rng, this.engine)];
    this.#targets = this.#critics.map((critic) => this.engine.create(ofValues, critic.weights())) as [Network, Network];
    this.#logAlpha = new ScalarAdam(log(alpha));
    this.#actions = new Float32Array(batchSize * batch.size);
    this.#logProbs = new Float64Array(batchSize);
    this.#inputs = new Float32Array(batchSize * ofValues.inputs);
    this.#wanted = new Float64Array(batchSize);
    this.#gradients = new Float32Array(batchSize * this.#head.outputs);
  }

  /** What acts now; the caller owns it. */
  policy(): PolicyWeights {
    const { spec } = this.#actor;
    const moments = this.moments?.state ?? null;
    return { network: spec, weights: this.#actor.weights(), head: this.#head.kind, moments };
  }

  /** @internal */
  protected override act(observed: Float32Array, _progress: number, actions: Float32Array, kept: Float32Array): void {
    const { numEnvs } = this.stream;
    const outputs = this.#actor.forward(observed, numEnvs);
    for (let env = 0; env < numEnvs; env++) this.#head.sample(outputs, env, this.rng, actions);
    kept.set(actions);
  }

  /** @internal */
  protected override learn(batch: TransitionBatch): Metrics {
    const { policyFrequency, tau } = this.options;
    const valueLoss = this.#learnValues(batch);
    this.#learnt++;
    if (this.#learnt % policyFrequency === 0) this.#policyLoss = this.#learnPolicy(batch);
    this.#critics.forEach((critic, k) => {
      followNetwork(this.#targets[k]!, critic, tau);
    });
    return {
      "losses/qf_loss": valueLoss,
      "losses/actor_loss": this.#policyLoss,
      "losses/alpha": exp(this.#logAlpha.value),
    };
  }

  /** @internal */
  protected override networks(): readonly Network[] {
    return [this.#actor, ...this.#critics, ...this.#targets];
  }

  /** @internal */
  protected override moreState(): unknown {
    return { learnt: this.#learnt, logAlpha: this.#logAlpha.state };
  }

  /** @internal */
  protected override restoreMore(state: unknown): void {
    const { learnt, logAlpha } = state as { readonly learnt: number; readonly logAlpha: ScalarAdamState };
    this.#learnt = learnt;
    this.#logAlpha.state = logAlpha;
  }

  #spec(inputs: number, outputs: number, gain: number): NetworkSpec {
    const hidden = this.options.hiddenSizes.map((units) => ({ units, activation: "relu" as const }));
    return { inputs, layers: [...hidden, { units: outputs, activation: "linear", gain }] };
  }

  #learnValues(batch: TransitionBatch): number {
    const { batchSize: rows, qLr } = this.options;
    const alpha = exp(this.#logAlpha.value);
    this.#draw(batch.nextObservations);
    this.#join(batch.nextObservations, this.#actions);
    const [first, second] = this.#targets.map((target) => target.forward(this.#inputs, rows));
    for (let row = 0; row < rows; row++) {
      const soft = Math.min(first![row]!, second![row]!) - alpha * this.#logProbs[row]!;
      this.#wanted[row] = batch.rewards[row]! + batch.discounts[row]! * soft;
    }
    this.#join(batch.observations, batch.actions);
    let loss = 0;
    for (const critic of this.#critics) {
      loss += squaredError(critic.forward(this.#inputs, rows), this.#wanted, rows, this.#gradients);
      critic.backward(this.#gradients);
    }
    this.checkFinite({ valueLoss: loss, ...this.#norms() });
    for (const critic of this.#critics) critic.step({ learningRate: qLr });
    return loss / 2;
  }

  #learnPolicy({ observations }: TransitionBatch): number {
    const { batchSize: rows, policyLr, autotune } = this.options;
    const head = this.#head;
    const alpha = exp(this.#logAlpha.value);
    this.#draw(observations);
    this.#join(observations, this.#actions);
    const values = this.#critics.map((critic) => critic.forward(this.#inputs, rows));
    const lower = Uint8Array.from({ length: rows }, (_, row) => (values[0]![row]! <= values[1]![row]! ? 0 : 1));
    const [slopes, ofSecond] = this.#critics.map((critic, k) =>
      critic.inputGradient(Float32Array.from(lower, (which) => (which === k ? 1 : 0))),
    ) as [Float32Array, Float32Array];
    for (let i = 0; i < slopes.length; i++) slopes[i]! += ofSecond[i]!;
    const stride = this.#critics[0].inputs;
    const gradient = {
      alpha,
      scale: 1 / rows,
      actions: this.#actions,
      slopes,
      stride,
      offset: stride - head.actionSize,
    };
    let [loss, logProbs] = [0, 0];
    for (let row = 0; row < rows; row++) {
      head.writeGradient(row, gradient, this.#gradients);
      loss += alpha * this.#logProbs[row]! - values[lower[row]!]![row]!;
      logProbs += this.#logProbs[row]!;
    }
    this.#actor.backward(this.#gradients);
    this.checkFinite({ policyLoss: loss, ...this.#norms() });
    this.#actor.step({ learningRate: policyLr });
    // The entropy that is aimed at is minus the number of components.
    if (autotune) this.#logAlpha.step(-alpha * (logProbs / rows - head.actionSize), policyLr);
    return loss / rows;
  }

  /** Draws an action for each row of a batch. */
  #draw(observations: Float32Array): void {
    const { batchSize: rows } = this.options;
    const outputs = this.#actor.forward(observations, rows);
    for (let row = 0; row < rows; row++) {
      this.#head.sample(outputs, row, this.rng, this.#actions);
      this.#logProbs[row] = this.#head.logProb;
    }
  }

  /** What the value networks see: observation, then action. */
  #join(observations: Float32Array, actions: Float32Array): void {
    const { batchSize: rows } = this.options;
    const [size, ofAction] = [this.stream.observationSize, this.#head.actionSize];
    let at = 0;
    for (let row = 0; row < rows; row++) {
      for (let i = 0; i < size; i++) this.#inputs[at++] = observations[row * size + i]!;
      for (let i = 0; i < ofAction; i++) this.#inputs[at++] = actions[row * ofAction + i]!;
    }
  }

  #norms(): { readonly squaredGradientNorm: number } {
    const networks = [this.#actor, ...this.#critics];
    return { squaredGradientNorm: networks.reduce((sum, network) => sum + network.squaredGradientNorm(), 0) };
  }
}

function checkOptions({ policyLr, qLr, alpha, policyFrequency }: Filled): void {
  for (const [name, value] of Object.entries({ policyLr, qLr, alpha })) {
    checkNumber(name, value, "a finite number above 0", (number) => number > 0 && number < Infinity);
  }
  checkInteger("policyFrequency", policyFrequency);
}
