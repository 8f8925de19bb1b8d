/** The TensorFlow.js engine against the dense one, where TensorFlow.js is installed. @module */
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { PPO } from "../../src/agents/index.js";
import {
  createEngine,
  createNetwork,
  denseEngine,
  initialWeights,
  type NetworkSpec,
  saveLayersModel,
} from "../../src/networks/index.js";
import { type TfjsBackend, tfjsEngine } from "../../src/networks/tfjs-engine.js";
import { createRng } from "../../src/rng.js";
import { makeEnvs } from "../agents/learners/short-run.js";

const spec: NetworkSpec = {
  inputs: 5,
  layers: [
    { units: 9, activation: "tanh" },
    { units: 8, activation: "relu" },
    { units: 3, activation: "linear" },
  ],
};
const isInstalled = canResolve("@tensorflow/tfjs");
/** Each with what it needs. */
const backends: readonly (readonly [TfjsBackend, string])[] = [
  ["tfjs-node", "@tensorflow/tfjs-node"],
  ["wasm", "@tensorflow/tfjs-backend-wasm"],
  ["cpu", "@tensorflow/tfjs"],
];
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

  it.skipIf(isInstalled)("says what to install (needs TensorFlow.js to be missing)", async () => {
    await expect(createEngine("tfjs")).rejects.toThrow(
      /^Engine tfjs is not supported\. Install @tensorflow\/tfjs, or use the dense engine\. tfjs-node: .*; wasm: .*; cpu: /,
    );
  });
});

for (const [backend, name] of backends) {
  describe.skipIf(!canResolve(name))(`TfjsNetwork on ${backend} (needs ${name}: npm run setup:tfjs-node)`, () => {
    it("has the dense engine's outputs, gradients and steps to the rounding of float32", async () => {
      const engine = await tfjsEngine(backend);
      expect(engine.name).toBe(`tfjs (${backend})`);
      const [one, two] = [createNetwork(spec, createRng(1)), createNetwork(spec, createRng(1), engine)];
      const rows = 6;
      const [batch, gradient] = [draws(2, rows * 5), draws(3, rows * 3)];
      for (let step = 0; step < 3; step++) {
        expectClose(two.forward(batch, rows), one.forward(batch, rows));
        expectClose(two.inputGradient(gradient), one.inputGradient(gradient));
        for (const network of [one, two]) network.backward(gradient);
        two.gradients().forEach((tensor, index) => {
          expectClose(tensor, one.gradients()[index]!);
        });
        for (const network of [one, two]) network.step({ learningRate: 1e-2, scale: 0.5 });
      }
      two.weights().forEach((tensor, index) => {
        expectClose(tensor, one.weights()[index]!);
      });
      two.dispose();
    });

    it("has the gradients that finite differences have", async () => {
      const network = createNetwork(spec, createRng(4), await tfjsEngine(backend));
      const [batch, gradient] = [draws(5, 2 * 5), draws(6, 2 * 3)];
      const loss = (): number => network.forward(batch, 2).reduce((sum, value, i) => sum + value * gradient[i]!, 0);
      loss();
      network.backward(gradient);
      const [kernel] = network.gradients();
      const weights = network.weights();
      for (const i of [0, 7, 23, 44]) {
        const moved = (by: number): number => {
          network.setWeights(
            weights.map((tensor, k) => (k === 0 ? tensor.map((value, j) => (j === i ? value + by : value)) : tensor)),
          );
          return loss();
        };
        expect(kernel![i]).toBeCloseTo((moved(1e-2) - moved(-1e-2)) / 2e-2, 2);
      }
      network.dispose();
    });

    it("learns as the dense engine does: the same losses, update for update", async () => {
      const [one, two] = await Promise.all(
        [denseEngine(), await tfjsEngine(backend)].map(async (engine) => {
          const options = { seed: 1, numSteps: 16, hiddenSizes: [16], updateEpochs: 2, engine };
          return new PPO(await makeEnvs("CartPole-v1", 2), options);
        }),
      );
      for (let update = 0; update < 3; update++) {
        const [{ metrics }, { metrics: others }] = [await one!.update(0), await two!.update(0)];
        for (const name of ["losses/policy_loss", "losses/value_loss", "losses/entropy"]) {
          expect(others[name]).toBeCloseTo(metrics[name]!, 3);
        }
      }
    });
  });
}

describe.skipIf(!isInstalled)("saveLayersModel (needs @tensorflow/tfjs)", () => {
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
