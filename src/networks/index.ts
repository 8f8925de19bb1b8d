/** Networks: forward, backward, step; the dense engine. @module */
export { type ClippedGradients, clipGradients } from "./clip-gradients.js";
export { createNetwork, denseEngine, type NetworkFactory } from "./create-network.js";
export { initialWeights } from "./initial-weights.js";
export {
  ACTIVATIONS,
  type Activation,
  type AdamOptions,
  type DenseLayerSpec,
  type Network,
  type NetworkEngine,
  type NetworkSpec,
  type OptimizerState,
} from "./network.js";
export { tanh32 } from "./script-kernels.js";
