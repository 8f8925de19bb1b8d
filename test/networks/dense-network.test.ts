/** The dense engine: gradients against finite differences, both kernels to the byte, Adam against its formula. @module */
import { describe, expect, it } from "vitest";
import { clipGradients, createNetwork, denseEngine, type Network, type NetworkSpec } from "../../src/networks/index.js";
import { tanh32 } from "../../src/networks/script-kernels.js";
import { createRng } from "../../src/rng.js";
import { thrownMessage } from "../thrown-message.js";

const spec: NetworkSpec = {
  inputs: 5,
  layers: [
    { units: 9, activation: "tanh" },
    { units: 12, activation: "relu" },
    { units: 3, activation: "linear" },
  ],
};
const rows = 7;

function make(kernels: "wasm" | "script", of: NetworkSpec = spec): Network {
  return createNetwork(of, createRng(1), denseEngine(kernels));
}

function draws(seed: number, size: number): Float32Array {
  return Float32Array.from(createRng(seed).normal(0, 1, size));
}

/** The weights' effect on Σ g·y, in double precision by central differences. */
function numericGradient(
  network: Network,
  batch: Float32Array,
  g: Float32Array,
  tensor: number,
  index: number,
): number {
  const weights = network.weights();
  const original = weights[tensor]![index]!;
  const loss = (value: number): number => {
    weights[tensor]![index] = value;
    network.setWeights(weights);
    return network.forward(batch, rows).reduce((sum, y, i) => sum + y * g[i]!, 0);
  };
  const h = 1e-2;
  const slope = (loss(original + h) - loss(original - h)) / (2 * h);
  loss(original);
  return slope;
}

describe("DenseNetwork", () => {
  it("computes what the layers' formula says", () => {
    const network = make("wasm");
    const batch = draws(2, rows * 5);
    const outputs = network.forward(batch, rows);
    const weights = network.weights();
    for (let row = 0; row < rows; row++) {
      let values = Array.from(batch.subarray(row * 5, row * 5 + 5));
      spec.layers.forEach(({ units, activation }, k) => {
        const [kernel, bias] = [weights[2 * k]!, weights[2 * k + 1]!];
        values = Array.from({ length: units }, (_, o) => {
          const sum = values.reduce((total, value, i) => total + value * kernel[i * units + o]!, bias[o]!);
          return activation === "tanh" ? Math.tanh(sum) : activation === "relu" ? Math.max(0, sum) : sum;
        });
      });
      values.forEach((value, o) => {
        expect(outputs[row * 3 + o]).toBeCloseTo(value, 5);
      });
    }
  });

  it("has the gradients that finite differences have, for weights and for inputs", () => {
    const network = make("wasm");
    const batch = draws(3, rows * 5);
    const g = draws(4, rows * 3);
    network.forward(batch, rows);
    network.backward(g);
    const gradients = network.gradients();
    for (const [tensor, index] of [
      [0, 0],
      [0, 31],
      [1, 4],
      [2, 50],
      [3, 7],
      [4, 20],
      [5, 2],
    ] as const) {
      expect(gradients[tensor]![index]).toBeCloseTo(numericGradient(network, batch, g, tensor, index), 1);
    }
    network.forward(batch, rows);
    const ofInputs = network.inputGradient(g).slice();
    expect(network.gradients()).toEqual(gradients);
    for (const index of [0, 12, 34]) {
      const loss = (shift: number): number => {
        const moved = batch.slice();
        moved[index]! += shift;
        return network.forward(moved, rows).reduce((sum, y, i) => sum + y * g[i]!, 0);
      };
      expect(ofInputs[index]).toBeCloseTo((loss(1e-2) - loss(-1e-2)) / 2e-2, 1);
    }
  });

  it("gives the same bytes in WebAssembly and in script, over steps and batches of many sizes", () => {
    const both = (["wasm", "script"] as const).map((kernels) => {
      const network = make(kernels);
      const seen: Float32Array[] = [];
      for (const [step, count] of [3, 64, 1, 130, 7].entries()) {
        seen.push(network.forward(draws(10 + step, count * 5), count).slice());
        network.backward(draws(20 + step, count * 3));
        seen.push(network.inputGradient(draws(30 + step, count * 3)).slice());
        network.step({ learningRate: 1e-2, scale: clipGradients([network], 0.5).scale });
      }
      const { first, second } = network.optimizerState();
      return [...seen, ...network.weights(), ...first, ...second];
    });
    expect(both[0]).toEqual(both[1]);
  });

  it("adds the gradients of several batches up, and forgets them in a step", () => {
    const network = make("wasm");
    const [batch, g] = [draws(5, rows * 5), draws(6, rows * 3)];
    network.forward(batch, rows);
    network.backward(g);
    const once = network.gradients();
    network.backward(g);
    network.gradients().forEach((tensor, t) => {
      tensor.forEach((value, i) => {
        expect(value).toBeCloseTo(2 * once[t]![i]!, 3);
      });
    });
    network.step({ learningRate: 1e-3 });
    expect(network.squaredGradientNorm()).toBe(0);
  });

  it("moves a weight as Adam's formula says", () => {
    const network = make("wasm", { inputs: 1, layers: [{ units: 1, activation: "linear" }] });
    network.setWeights([new Float32Array([0.5]), new Float32Array([0])]);
    let [w, m, v] = [0.5, 0, 0];
    for (let t = 1; t <= 5; t++) {
      const y = network.forward(new Float32Array([2]), 1)[0]!;
      network.backward(new Float32Array([y - 3]));
      const g = 2 * (y - 3);
      m = 0.9 * m + 0.1 * g;
      v = 0.999 * v + 0.001 * g * g;
      w -= (0.01 * (m / (1 - 0.9 ** t))) / (Math.sqrt(v / (1 - 0.999 ** t)) + 1e-5);
      network.step({ learningRate: 0.01 });
      expect(network.weights()[0]![0]).toBeCloseTo(w, 5);
    }
  });

  it("goes on from saved weights and optimizer state to the byte", () => {
    const train = (network: Network, from: number, to: number): void => {
      for (let step = from; step < to; step++) {
        network.forward(draws(step, rows * 5), rows);
        network.backward(draws(100 + step, rows * 3));
        network.step({ learningRate: 1e-2 });
      }
    };
    const [whole, first, second] = [make("wasm"), make("wasm"), make("wasm")];
    train(whole, 0, 6);
    train(first, 0, 3);
    second.setWeights(first.weights());
    second.setOptimizerState(first.optimizerState());
    train(second, 3, 6);
    expect(second.weights()).toEqual(whole.weights());
  });

  it("starts with orthogonal kernels times the gain", () => {
    const kernel = make("wasm").weights()[0]!;
    const column = (k: number): number[] => Array.from({ length: 9 }, (_, i) => kernel[k * 9 + i]!);
    const dot = (a: number[], b: number[]): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
    expect(dot(column(0), column(1))).toBeCloseTo(0, 6);
    expect(dot(column(3), column(3))).toBeCloseTo(2, 5);
  });

  it("refuses what is no network, and weights of another size", () => {
    expect(thrownMessage(() => make("wasm", { inputs: 0, layers: spec.layers }))).toBe(
      "Expected inputs to be an integer from 1 to 65536, got 0 (number).",
    );
    expect(thrownMessage(() => make("wasm", { inputs: 2, layers: [] }))).toMatch(
      /^Expected layers to be at least one layer/,
    );
    const network = make("wasm");
    expect(thrownMessage(() => network.setWeights([...network.weights().slice(0, 5), new Float32Array(4)]))).toBe(
      "Expected weights[5].length to be 3, got 4 (number).",
    );
  });
});

describe("tanh32", () => {
  it("stays within 4e-7 of the hyperbolic tangent, and within -1 and 1", () => {
    for (let x = -12; x <= 12; x += 0.0013) {
      expect(Math.abs(tanh32(x) - Math.tanh(Math.fround(x)))).toBeLessThan(4e-7);
      expect(Math.abs(tanh32(x))).toBeLessThanOrEqual(1);
    }
  });
});
