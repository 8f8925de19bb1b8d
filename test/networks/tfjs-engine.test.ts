/** The TensorFlow.js engine against the dense one, where TensorFlow.js is installed. @module */
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import {
  createEngine,
  createNetwork,
  initialWeights,
  type NetworkSpec,
  saveLayersModel,
} from "../../src/networks/index.js";
import { createRng } from "../../src/rng.js";

const spec: NetworkSpec = {
  inputs: 5,
  layers: [
    { units: 9, activation: "tanh" },
    { units: 8, activation: "relu" },
    { units: 3, activation: "linear" },
  ],
};
const isInstalled = canResolve("@tensorflow/tfjs") || canResolve("@tensorflow/tfjs-node");
const folder = mkdtempSync(join(tmpdir(), "infra-gym-tfjs-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function canResolve(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(name);
    return true;
  } catch {
    return false;
  }
}

function draws(seed: number, size: number): Float32Array {
  return Float32Array.from(createRng(seed).normal(0, 1, size));
}

function expectClose(actual: Float32Array, expected: Float32Array): void {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i]!, 4);
  });
}

describe("createEngine", () => {
  it("takes the dense engine unless told otherwise", async () => {
    expect((await createEngine("auto")).name).toBe("dense (wasm)");
  });

  it.skipIf(isInstalled)("says what to install where TensorFlow.js is missing", async () => {
    await expect(createEngine("tfjs")).rejects.toThrow(
      /^Engine tfjs is not supported\. Install @tensorflow\/tfjs, or use the dense engine\. tfjs-node: .*; wasm: .*; cpu: /,
    );
  });
});

describe.skipIf(!isInstalled)("TfjsNetwork (needs @tensorflow/tfjs)", () => {
  it("has the dense engine's outputs, gradients and steps to the rounding of float32", async () => {
    const [one, two] = await Promise.all(
      (["dense", "tfjs"] as const).map(async (name) => createNetwork(spec, createRng(1), await createEngine(name))),
    );
    const rows = 6;
    const [batch, gradient] = [draws(2, rows * 5), draws(3, rows * 3)];
    for (let step = 0; step < 3; step++) {
      expectClose(two!.forward(batch, rows), one!.forward(batch, rows));
      expectClose(two!.inputGradient(gradient), one!.inputGradient(gradient));
      for (const network of [one!, two!]) network.backward(gradient);
      two!.gradients().forEach((tensor, index) => {
        expectClose(tensor, one!.gradients()[index]!);
      });
      for (const network of [one!, two!]) network.step({ learningRate: 1e-2, scale: 0.5 });
    }
    two!.weights().forEach((tensor, index) => {
      expectClose(tensor, one!.weights()[index]!);
    });
    two!.dispose();
  });

  it("writes models that TensorFlow.js reads", async () => {
    const weights = initialWeights(spec, createRng(1));
    saveLayersModel(folder, { spec, weights });
    const tf = await import("@tensorflow/tfjs" as string);
    const { readFileSync } = await import("node:fs");
    const bytes = readFileSync(join(folder, "weights.bin"));
    const json = JSON.parse(readFileSync(join(folder, "model.json"), "utf8"));
    const handler = tf.io.fromMemory({
      modelTopology: json.modelTopology,
      weightSpecs: json.weightsManifest[0].weights,
      weightData: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
    });
    const model = await tf.loadLayersModel(handler);
    const batch = draws(2, 20);
    const outputs = model.predict(tf.tensor2d(batch, [4, 5])).dataSync();
    expectClose(outputs, createNetwork(spec, createRng(1)).forward(batch, 4));
  });
});
