/** Networks as TensorFlow.js keeps its layers models: model.json and weights.bin. @module */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CorruptCheckpointError, OutputFailedError } from "../errors.js";
import { ACTIVATIONS, type Activation, type DenseLayerSpec, type NetworkSpec } from "./network.js";

/** A network as a file holds it. */
export interface SavedNetwork {
  readonly spec: NetworkSpec;
  /** Kernel and bias of each layer. */
  readonly weights: readonly Float32Array[];
}

const MODEL_FILE = "model.json";
const WEIGHTS_FILE = "weights.bin";

/**
 * Writes `model.json` and `weights.bin`, which `tf.loadLayersModel("file://…/model.json")` reads.
 *
 * @throws OutputFailedError
 */
export function saveLayersModel(folder: string, { spec, weights }: SavedNetwork): void {
  const file = join(folder, MODEL_FILE);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, WEIGHTS_FILE), Buffer.concat(weights.map(bytesOf)));
    writeFileSync(file, `${JSON.stringify(describeModel(spec))}\n`);
  } catch (cause) {
    throw new OutputFailedError(file, { cause });
  }
}

/**
 * Reads a layers model that is a sequence of dense layers with linear, tanh or relu activation.
 *
 * @throws CorruptCheckpointError naming the file, and the byte where weights end too early
 */
export function loadLayersModel(folder: string): SavedNetwork {
  const file = join(folder, MODEL_FILE);
  const model = parseModel(file, readBytes(file));
  const spec = readSpec(model, file);
  const [path] = model.weightsManifest?.[0]?.paths ?? [];
  if (path !== WEIGHTS_FILE) throw new CorruptCheckpointError(file, 0, `Its weights are not in ${WEIGHTS_FILE}.`);
  return { spec, weights: readWeights(join(folder, WEIGHTS_FILE), spec) };
}

function describeModel({ inputs, layers }: NetworkSpec): object {
  const widths = [inputs, ...layers.map(({ units }) => units)];
  const config = layers.map(({ units, activation }, k) => ({
    class_name: "Dense",
    config: {
      ...(k === 0 ? { batch_input_shape: [null, inputs] } : {}),
      ...{ name: `dense_${k + 1}`, trainable: true, dtype: "float32", units, activation, use_bias: true },
    },
  }));
  const weights = layers.flatMap(({ units }, k) => [
    { name: `dense_${k + 1}/kernel`, shape: [widths[k], units], dtype: "float32" },
    { name: `dense_${k + 1}/bias`, shape: [units], dtype: "float32" },
  ]);
  return {
    format: "layers-model",
    generatedBy: "infra-gym",
    convertedBy: null,
    modelTopology: {
      class_name: "Sequential",
      config: { name: "sequential_1", layers: config },
      keras_version: "tfjs-layers 4.22.0",
      backend: "tensor_flow.js",
    },
    weightsManifest: [{ paths: [WEIGHTS_FILE], weights }],
  };
}

/** The part of a model.json that is read. */
interface ModelJson {
  readonly modelTopology?: {
    readonly class_name?: string;
    readonly config?: { readonly layers?: readonly LayerJson[] };
  };
  readonly weightsManifest?: readonly { readonly paths?: readonly string[] }[];
}

interface LayerJson {
  readonly class_name?: string;
  readonly config?: {
    readonly units?: number;
    readonly activation?: string;
    readonly use_bias?: boolean;
    readonly batch_input_shape?: readonly (number | null)[];
  };
}

function parseModel(file: string, bytes: Uint8Array): ModelJson {
  try {
    const model: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof model === "object" && model !== null) return model;
  } catch (cause) {
    throw new CorruptCheckpointError(file, 0, "It is not JSON.", { cause });
  }
  throw new CorruptCheckpointError(file, 0, "It is no model.");
}

function readSpec({ modelTopology }: ModelJson, file: string): NetworkSpec {
  const layers = (modelTopology?.config?.layers ?? []).filter((layer) => layer.class_name !== "InputLayer");
  const inputs = modelTopology?.config?.layers?.[0]?.config?.batch_input_shape?.[1];
  if (modelTopology?.class_name !== "Sequential" || layers.length === 0 || !isWidth(inputs)) {
    throw new CorruptCheckpointError(file, 0, "It is not a sequence of dense layers with a known input.");
  }
  return { inputs, layers: layers.map((layer, k) => readLayer(layer, k, file)) };
}

function readLayer({ class_name, config }: LayerJson, k: number, file: string): DenseLayerSpec {
  const { units, activation = "linear", use_bias = true } = config ?? {};
  const isKnown = ACTIVATIONS.includes(activation as Activation);
  if (class_name === "Dense" && isWidth(units) && isKnown && use_bias) {
    return { units, activation: activation as Activation };
  }
  throw new CorruptCheckpointError(file, 0, `Layer ${k} is not dense with a bias and ${ACTIVATIONS.join(", ")}.`);
}

function readWeights(file: string, { inputs, layers }: NetworkSpec): Float32Array[] {
  const bytes = readBytes(file);
  let at = 0;
  let width = inputs;
  const weights = layers.flatMap(({ units }) => {
    const lengths = [width * units, units];
    width = units;
    return lengths.map((length) => {
      if (at + 4 * length > bytes.length) throw new CorruptCheckpointError(file, bytes.length, "It ends too early.");
      const tensor = new Float32Array(bytes.slice(at, at + 4 * length).buffer);
      at += 4 * length;
      return tensor;
    });
  });
  if (at < bytes.length) throw new CorruptCheckpointError(file, at, "More follows than the layers have weights.");
  return weights;
}

function readBytes(file: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(file));
  } catch (cause) {
    throw new CorruptCheckpointError(file, 0, "It cannot be read.", { cause });
  }
}

function bytesOf(tensor: Float32Array): Uint8Array {
  return new Uint8Array(tensor.buffer, tensor.byteOffset, tensor.byteLength);
}

function isWidth(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 1;
}
