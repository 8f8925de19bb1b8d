/** The TensorFlow.js engine: any of its backends behind the network contract. @module */
import { NotSupportedError } from "../errors.js";
import type { NetworkFactory } from "./create-network.js";

/** TODO */
export async function tfjsEngine(): Promise<NetworkFactory> {
  throw new NotSupportedError("Engine tfjs", "x");
}
