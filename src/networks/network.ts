/** The network contract: what learners need of a function approximator, whatever computes it. @module */

/** What a layer does to its sums. */
export type Activation = "linear" | "tanh" | "relu";

/** All activations. */
export const ACTIVATIONS: readonly Activation[] = Object.freeze(["linear", "tanh", "relu"]);

/** One fully connected layer. */
export interface DenseLayerSpec {
  /** An integer from 1. */
  readonly units: number;
  readonly activation: Activation;
  /** Factor of the orthogonal matrix that a layer starts with. @defaultValue √2, or 1 for a linear layer */
  readonly gain?: number;
}

/** A network of fully connected layers, one after the other. */
export interface NetworkSpec {
  /** Length of an input, from 1. */
  readonly inputs: number;
  /** At least one. The last one's units are the network's outputs. */
  readonly layers: readonly DenseLayerSpec[];
}

/** Options of one step of Adam. */
export interface AdamOptions {
  readonly learningRate: number;
  /** Factor of all gradients, as clipping gives it. @defaultValue 1 */
  readonly scale?: number;
  /** @defaultValue 0.9 */
  readonly beta1?: number;
  /** @defaultValue 0.999 */
  readonly beta2?: number;
  /** @defaultValue 1e-5 */
  readonly epsilon?: number;
}

/** What Adam remembers of a network: plain data. */
export interface OptimizerState {
  /** beta1 and beta2 to the power of the steps done: 1 before the first. */
  readonly decays: readonly [number, number];
  /** Running means of the gradients, one array per weight tensor. */
  readonly first: readonly Float32Array[];
  /** Running means of the squared gradients, likewise. */
  readonly second: readonly Float32Array[];
}

/** Which computation is behind a network. */
export type NetworkEngine = "dense" | "tfjs";

/**
 * A network that learns: forward, backward, one step.
 *
 * Weight tensors are a kernel of shape [inputs, units] and a bias of shape [units] for each layer, in this order.
 */
export interface Network {
  readonly spec: NetworkSpec;
  readonly engine: NetworkEngine;
  /** Length of an input. */
  readonly inputs: number;
  /** Length of an output. */
  readonly outputs: number;
  /**
   * The outputs of a batch.
   *
   * @param batch - Float32Array of shape [rows, inputs]; more rows may follow.
   * @returns Shape [rows, outputs]; the network's own, valid until the next `forward`.
   */
  forward(batch: Float32Array, rows: number): Float32Array;
  /**
   * Adds the gradients of the last `forward`'s batch to those that are kept.
   *
   * @param gradient - Of a loss with respect to the outputs: shape [rows, outputs].
   */
  backward(gradient: Float32Array): void;
  /**
   * The same loss's gradient with respect to the inputs; leaves the kept gradients alone.
   *
   * @returns Shape [rows, inputs]; the network's own, valid until the next call.
   */
  inputGradient(gradient: Float32Array): Float32Array;
  /** Sum of the squares of all kept gradients. */
  squaredGradientNorm(): number;
  /** One step of Adam with the kept gradients, which are 0 afterwards. */
  step(options: AdamOptions): void;
  /** Copies of the weight tensors. */
  weights(): Float32Array[];
  /** Replaces the weights. @throws InvalidOptionError where a tensor has another size */
  setWeights(weights: readonly Float32Array[]): void;
  /** Copies of the kept gradients, as the weights are laid out. */
  gradients(): Float32Array[];
  /** A copy of what Adam remembers. */
  optimizerState(): OptimizerState;
  /** Replaces it. @throws InvalidOptionError where a tensor has another size */
  setOptimizerState(state: OptimizerState): void;
  /** Frees what the engine holds. Idempotent. */
  dispose(): void;
}
