/** Networks: forward, backward, step; the dense engine, TensorFlow.js, and its file format. @module */
export { type ClippedGradients, clipGradients } from "./clip-gradients.js";
export { createEngine, type EngineName } from "./create-engine.js";
export { createNetwork, denseEngine, type NetworkFactory } from "./create-network.js";
export { initialWeights } from "./initial-weights.js";
export { loadLayersModel, type SavedNetwork, saveLayersModel } from "./layers-model.js";
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
