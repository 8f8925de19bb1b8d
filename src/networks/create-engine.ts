/** Engines by name. @module */
import { denseEngine, type NetworkFactory } from "./create-network.js";

/** `auto` is the dense engine: it computes every network that the learners make. */
export type EngineName = "auto" | "dense" | "tfjs";

/**
 * An engine by its name.
 *
 * @throws NotSupportedError for `tfjs` where TensorFlow.js is not installed, or none of its backends works
 */
export async function createEngine(name: EngineName): Promise<NetworkFactory> {
  if (name !== "tfjs") return denseEngine();
  const { tfjsEngine } = await import("./tfjs-engine.js");
  return tfjsEngine();
}
