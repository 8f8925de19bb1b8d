/** CEM: the cross-entropy method, which learns without gradients. @module */
import type { NetworkSpec } from "../networks/index.js";
import { createRng, type Generator, type GeneratorState, type Seed } from "../rng.js";
import type { VectorEnv } from "../vector/index.js";
import type { Learner, PolicyWeights, UpdateResult } from "./learner.js";
import { ActionBatch } from "./learning/action-batch.js";
import type { ActionChooser } from "./learning/action-head.js";
import { Candidates } from "./learning/candidates.js";
import { EnvStream, type FinishedEpisode } from "./learning/env-stream.js";
import { makeActionHead } from "./learning/make-action-head.js";
import { checkInteger, checkNames, checkNumber, checkSizes } from "./learning/option-check.js";
import { type MomentsState, RunningMoments } from "./learning/running-moments.js";

/** Options of {@link CEM}. */
export interface CEMOptions {
  /** Of the candidates; generation g plays episodes of seeds that follow from it. @defaultValue 0 */
  readonly seed?: Seed;
  /** Share of the candidates that the next generation is drawn around. @defaultValue 0.2 */
  readonly eliteFraction?: number;
  /** Episodes of each candidate in one generation; all candidates play the same ones. @defaultValue 2 */
  readonly episodes?: number;
  /** After how many steps an episode is left. @defaultValue 500 */
  readonly numSteps?: number;
  /** Deviation of the weights at the start. @defaultValue 1 */
  readonly deviation?: number;
  /** Added to the deviation of the elite; falls to 0 over the training. @defaultValue 0.25 */
  readonly extraDeviation?: number;
  /** Units of hidden layers, with tanh. @defaultValue [], a linear policy */
  readonly hiddenSizes?: readonly number[];
  /** Whether policies see observations with running mean 0 and deviation 1. @defaultValue true */
  readonly normalizeObservations?: boolean;
}

type Filled = Required<CEMOptions>;

const DEFAULTS: Filled = Object.freeze({
  seed: 0,
  eliteFraction: 0.2,
  episodes: 2,
  numSteps: 500,
  deviation: 1,
  extraDeviation: 0.25,
  hiddenSizes: Object.freeze([]),
  normalizeObservations: true,
});

interface CemState {
  readonly globalStep: number;
  readonly generation: number;
  readonly rng: GeneratorState;
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
  readonly moments: MomentsState | null;
}

/**
 * Draws as many policies as there are environments, lets all of them play the same episodes, and goes on around the best.
 *
 * It is the check on the others: where it does as well, gradients were not what the problem needed.
 * @see R. Y. Rubinstein and D. P. Kroese, "The Cross-Entropy Method" (2004)
 * @see I. Szita and A. Lőrincz, "Learning Tetris Using the Noisy Cross-Entropy Method" (2006), for the extra deviation
 */
export class CEM implements Learner {
  readonly algorithm = "CEM" as const;
  readonly options: Filled;
  readonly stepsPerUpdate: number;
  readonly #stream: EnvStream;
  readonly #chooser: ActionChooser;
  readonly #spec: NetworkSpec;
  readonly #rng: Generator;
  readonly #moments: RunningMoments | null;
  readonly #candidates: Candidates;
  #mean: Float64Array;
  #deviation: Float64Array;
  #globalStep = 0;
  #generation = 0;

  /** @throws PolicyMismatchError, InvalidOptionError, NotSupportedError */
  constructor(env: VectorEnv<unknown, unknown, object>, options: CEMOptions = {}) {
    checkNames(options, Object.keys(DEFAULTS));
    this.options = { ...DEFAULTS, ...options };
    checkOptions(this.options);
    const batch = new ActionBatch(env.singleActionSpace, "CEM");
    this.#stream = new EnvStream(env, batch);
    this.#chooser = makeActionHead(batch);
    const hidden = this.options.hiddenSizes.map((units) => ({ units, activation: "tanh" as const }));
    const layers = [...hidden, { units: this.#chooser.outputs, activation: "linear" as const }];
    this.#spec = { inputs: this.#stream.observationSize, layers };
    this.#rng = createRng([this.options.seed, 1] as bigint[]);
    this.#moments = this.options.normalizeObservations ? new RunningMoments(this.#spec.inputs) : null;
    this.#candidates = new Candidates(this.#spec, env.numEnvs);
    this.#mean = new Float64Array(this.#candidates.size);
    this.#deviation = new Float64Array(this.#candidates.size).fill(this.options.deviation);
    this.stepsPerUpdate = env.numEnvs * this.options.numSteps * this.options.episodes;
  }

  get globalStep(): number {
    return this.#globalStep;
  }

  async update(progress: number): Promise<UpdateResult> {
    const { episodes, eliteFraction, extraDeviation, seed } = this.options;
    const { numEnvs } = this.#stream;
    const draw = (_: unknown, i: number): number => this.#mean[i]! + this.#deviation[i]! * this.#rng.normal();
    for (let env = 0; env < numEnvs; env++) {
      this.#candidates.set(env, Float64Array.from({ length: this.#candidates.size }, draw));
    }
    const returns = new Float64Array(numEnvs);
    const finished: FinishedEpisode[] = [];
    for (let k = 0; k < episodes; k++) {
      const ofAll = BigInt(typeof seed === "bigint" ? seed : Number(seed)) + BigInt(this.#generation * episodes + k);
      for (const episode of await this.#play(ofAll)) finished.push(episode);
      finished.slice(-numEnvs).forEach((episode, env) => {
        returns[env]! += episode.return / episodes;
      });
    }
    this.#generation++;
    const order = [...returns.keys()].sort((a, b) => returns[b]! - returns[a]! || a - b);
    const elite = order.slice(0, Math.max(1, Math.round(eliteFraction * numEnvs)));
    this.#narrow(elite, extraDeviation * Math.max(0, 1 - progress));
    const best = returns[elite[0]!]!;
    const deviation = this.#deviation.reduce((sum, value) => sum + value, 0) / this.#deviation.length;
    return { metrics: { "charts/best_return": best, "charts/deviation": deviation }, episodes: finished };
  }

  policy(): PolicyWeights {
    const moments = this.#moments?.state ?? null;
    return { network: this.#spec, weights: this.#candidates.split(this.#mean), head: this.#chooser.kind, moments };
  }

  async state(): Promise<unknown> {
    const state: CemState = {
      globalStep: this.#globalStep,
      generation: this.#generation,
      rng: this.#rng.state,
      mean: this.#mean.slice(),
      deviation: this.#deviation.slice(),
      moments: this.#moments?.state ?? null,
    };
    return state;
  }

  async restore(state: unknown): Promise<void> {
    const saved = state as CemState;
    this.#globalStep = saved.globalStep;
    this.#generation = saved.generation;
    this.#rng.state = saved.rng;
    this.#mean = saved.mean.slice();
    this.#deviation = saved.deviation.slice();
    if (this.#moments !== null && saved.moments !== null) this.#moments.state = saved.moments;
  }

  /** One episode of every candidate, all with the same seed: returns and lengths in the order of the environments. */
  async #play(seed: bigint): Promise<FinishedEpisode[]> {
    const { numEnvs, observationSize } = this.#stream;
    const [returns, lengths] = [new Float64Array(numEnvs), new Float64Array(numEnvs)];
    const isOver = new Uint8Array(numEnvs);
    const observed = new Float32Array(numEnvs * observationSize);
    const actions = new Float32Array(numEnvs * this.#chooser.actionSize);
    await this.#stream.reset(new Array<bigint>(numEnvs).fill(seed));
    for (let step = 0; step < this.options.numSteps && isOver.includes(0); step++) {
      const { observations, masks } = this.#stream;
      this.#moments?.update(observations, numEnvs);
      if (this.#moments === null) observed.set(observations);
      else this.#moments.normalize(observations, numEnvs, observed);
      const outputs = this.#candidates.forward(observed);
      for (let env = 0; env < numEnvs; env++) this.#chooser.best(outputs, env, masks, actions);
      await this.#stream.step(actions);
      this.#globalStep += numEnvs;
      const { rewards, terminations, truncations } = this.#stream;
      for (let env = 0; env < numEnvs; env++) {
        if (isOver[env] === 1) continue;
        returns[env]! += rewards[env]!;
        lengths[env]! += 1;
        if (terminations[env] === 1 || truncations[env] === 1) isOver[env] = 1;
      }
    }
    this.#stream.takeFinished();
    return Array.from(returns, (sum, env) => ({ return: sum, length: lengths[env]! }));
  }

  #narrow(elite: readonly number[], extra: number): void {
    for (let i = 0; i < this.#mean.length; i++) {
      let sum = 0;
      for (const env of elite) sum += this.#candidates.get(env, i);
      const mean = sum / elite.length;
      let squares = 0;
      for (const env of elite) squares += (this.#candidates.get(env, i) - mean) ** 2;
      this.#mean[i] = mean;
      this.#deviation[i] = Math.sqrt(squares / elite.length) + extra;
    }
  }
}

function checkOptions({ eliteFraction, episodes, numSteps, deviation, extraDeviation, hiddenSizes }: Filled): void {
  checkNumber("eliteFraction", eliteFraction, "above 0 and at most 1", (value) => value > 0 && value <= 1);
  checkInteger("episodes", episodes);
  checkInteger("numSteps", numSteps);
  checkNumber("deviation", deviation, "a finite number above 0", (value) => value > 0 && value < Infinity);
  checkNumber("extraDeviation", extraDeviation, "a number of at least 0", (value) => value >= 0 && value < Infinity);
  checkSizes("hiddenSizes", hiddenSizes);
}
