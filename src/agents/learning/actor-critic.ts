/** The networks of an on-policy learner, and how they see observations. @module */
import { InvalidOptionError } from "../../errors.js";
import { createNetwork, type Network, type NetworkFactory } from "../../networks/index.js";
import type { Generator } from "../../rng.js";
import type { ActionHead } from "./action-head.js";
import { RunningMoments } from "./running-moments.js";

/** What {@link ActorCritic} is made of. */
export interface ActorCriticOptions {
  readonly observationSize: number;
  readonly head: ActionHead;
  /** Units of the hidden layers, with tanh. */
  readonly hiddenSizes: readonly number[];
  /** How many quantities are estimated. */
  readonly critics: number;
  readonly normalizeObservations: boolean;
  /** What the policy's outputs begin with; empty for 0. @defaultValue [] */
  readonly initialLogits?: readonly number[];
  readonly engine: NetworkFactory;
}

/** A policy network and value networks of the same shape, apart from each other. */
export class ActorCritic {
  readonly head: ActionHead;
  readonly actor: Network;
  readonly critics: readonly Network[];
  /** Null where observations are taken as they are. */
  readonly moments: RunningMoments | null;
  #scratch = new Float32Array(0);

  constructor(options: ActorCriticOptions, rng: Generator) {
    const { observationSize, head, hiddenSizes, initialLogits = [], engine } = options;
    const make = (outputs: number, gain: number): Network => {
      const hidden = hiddenSizes.map((units) => ({ units, activation: "tanh" as const }));
      const layers = [...hidden, { units: outputs, activation: "linear" as const, gain }];
      return createNetwork({ inputs: observationSize, layers }, rng, engine);
    };
    this.head = head;
    // Small first logits make a policy that is nearly uniform.
    this.actor = make(head.outputs, 0.01);
    if (initialLogits.length > 0) this.#begin(initialLogits);
    this.critics = Array.from({ length: options.critics }, () => make(1, 1));
    this.moments = options.normalizeObservations ? new RunningMoments(observationSize) : null;
  }

  /** Sets the biases of the policy's last layer. */
  #begin(logits: readonly number[]): void {
    const { outputs } = this.actor;
    if (logits.length !== outputs) {
      throw new InvalidOptionError("initialLogits", `${outputs} numbers, one for each output, or none`, logits.length);
    }
    const weights = this.actor.weights();
    weights.at(-1)!.set(logits);
    this.actor.setWeights(weights);
  }

  /** All networks, the policy's first. */
  get networks(): readonly Network[] {
    return [this.actor, ...this.critics];
  }

  /** Learns from a batch how observations are distributed, and writes it normalized. */
  observe(observations: Float32Array, rows: number, into: Float32Array): void {
    if (this.moments === null) {
      into.set(observations);
      return;
    }
    this.moments.update(observations, rows);
    this.moments.normalize(observations, rows, into);
  }

  /** A batch as the networks see it; valid until the next call. */
  normalized(observations: Float32Array, rows: number): Float32Array {
    if (this.moments === null) return observations;
    if (this.#scratch.length < observations.length) this.#scratch = new Float32Array(observations.length);
    this.moments.normalize(observations, rows, this.#scratch);
    return this.#scratch;
  }
}
