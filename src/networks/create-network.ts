/** Networks by specification, on the engine that is asked for. @module */
import { InvalidOptionError } from "../errors.js";
import type { Generator } from "../rng.js";
import type { DenseKernels } from "./dense-kernels.js";
import { DenseNetwork } from "./dense-network.js";
import { initialWeights } from "./initial-weights.js";
import { ACTIVATIONS, type Network, type NetworkSpec } from "./network.js";
import { ScriptKernels } from "./script-kernels.js";
import { wasmKernels } from "./wasm-kernels.js";

/** Makes networks: one for each engine. */
export interface NetworkFactory {
  /** What results call it, such as `dense (wasm)`. */
  readonly name: string;
  /** A new network with given weights. @throws InvalidOptionError */
  create(spec: NetworkSpec, weights: readonly Float32Array[]): Network;
}

/**
 * The dense engine.
 *
 * @param kernels - `wasm` where it can be had, else `script`; both give the same bytes. @defaultValue what is there
 * @throws InvalidOptionError when `wasm` is asked for and cannot be had
 */
export function denseEngine(kernels?: "wasm" | "script"): NetworkFactory {
  const name = `dense (${makeKernels(kernels).name})`;
  return {
    name,
    create(spec, weights) {
      checkSpec(spec);
      return new DenseNetwork(spec, weights, makeKernels(kernels));
    },
  };
}

function makeKernels(wanted: "wasm" | "script" | undefined): DenseKernels {
  const found = wanted === "script" ? null : wasmKernels();
  if (found === null && wanted === "wasm") {
    throw new InvalidOptionError("kernels", '"script", as dense-kernels.wasm cannot be had here', wanted);
  }
  return found ?? new ScriptKernels();
}

/** A new network with orthogonal weights. @throws InvalidOptionError */
export function createNetwork(spec: NetworkSpec, rng: Generator, engine: NetworkFactory = denseEngine()): Network {
  checkSpec(spec);
  return engine.create(spec, initialWeights(spec, rng));
}

/** @throws InvalidOptionError unless sizes are integers from 1 and activations are known */
export function checkSpec({ inputs, layers }: NetworkSpec): void {
  checkWidth("inputs", inputs);
  if (!Array.isArray(layers) || layers.length === 0)
    throw new InvalidOptionError("layers", "at least one layer", layers);
  layers.forEach(({ units, activation }, k) => {
    checkWidth(`layers[${k}].units`, units);
    if (!ACTIVATIONS.includes(activation)) {
      throw new InvalidOptionError(`layers[${k}].activation`, `one of ${ACTIVATIONS.join(", ")}`, activation);
    }
  });
}

function checkWidth(option: string, width: unknown): void {
  if (Number.isSafeInteger(width) && (width as number) >= 1 && (width as number) <= 65_536) return;
  throw new InvalidOptionError(option, "an integer from 1 to 65536", width);
}
