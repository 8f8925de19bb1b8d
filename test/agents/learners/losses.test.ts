/** Losses and heads: gradients with respect to outputs against finite differences. @module */
import { describe, expect, it } from "vitest";
import type { ActionHead } from "../../../src/agents/learning/action-head.js";
import { CategoricalHead } from "../../../src/agents/learning/categorical-head.js";
import { GaussianHead } from "../../../src/agents/learning/gaussian-head.js";
import { SquashedGaussianHead } from "../../../src/agents/learning/squashed-gaussian-head.js";
import { clippedPolicyLoss } from "../../../src/agents/losses/policy-loss.js";
import { squaredError } from "../../../src/agents/losses/squared-error.js";
import { tdLoss } from "../../../src/agents/losses/td-loss.js";
import { valueLoss } from "../../../src/agents/losses/value-loss.js";
import { createRng } from "../../../src/rng.js";

const rows = 5;
const rng = createRng(3);

function draws(size: number, scale = 1): Float32Array {
  return Float32Array.from(rng.normal(0, scale, size));
}

/** Central differences of a loss in each of its inputs. */
function slopes(loss: (values: Float32Array) => number, at: Float32Array): number[] {
  const h = 1e-2;
  return Array.from(at, (_, i) => {
    const moved = (by: number): number => loss(at.map((value, j) => (j === i ? value + by : value)));
    return (moved(h) - moved(-h)) / (2 * h);
  });
}

function expectSlopes(gradients: Float32Array, expected: number[]): void {
  expected.forEach((slope, i) => {
    expect(gradients[i]).toBeCloseTo(slope, 3);
  });
}

const heads: readonly (readonly [string, ActionHead, Uint8Array])[] = [
  ["CategoricalHead", new CategoricalHead([4]), new Uint8Array(rows * 4).fill(1)],
  [
    "CategoricalHead of two components, with masks",
    new CategoricalHead([3, 2]),
    Uint8Array.of(...[1, 0, 1, 1, 1], ...[1, 1, 1, 0, 1], ...[0, 0, 0, 1, 1], ...[0, 1, 1, 1, 1], ...[1, 1, 0, 1, 0]),
  ],
  ["GaussianHead", new GaussianHead(2), new Uint8Array(0)],
];

describe.each(heads)("clippedPolicyLoss of %s", (_, head, masks) => {
  const outputs = draws(rows * head.outputs, 0.5);
  const actions = new Float32Array(rows * head.actionSize);
  const logProbs = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    head.sample(outputs, row, masks, rng, actions);
    logProbs[row] = head.logProb + 0.1 * (row - 2);
  }
  const batch = { rows, masks, actions, logProbs, advantages: draws(rows) };

  it.each([
    { clipCoef: Infinity, entCoef: 0 },
    { clipCoef: 0.12, entCoef: 0.05 },
  ])("has the gradient of its own value: %o", (options) => {
    const gradients = new Float32Array(outputs.length);
    const spare = new Float32Array(outputs.length);
    const lossAt = (at: Float32Array): number => {
      const { policyLoss, entropy } = clippedPolicyLoss(head, { ...batch, outputs: at }, options, spare);
      return policyLoss - options.entCoef * entropy;
    };
    clippedPolicyLoss(head, { ...batch, outputs }, options, gradients);
    expectSlopes(gradients, slopes(lossAt, outputs));
  });

  it("draws what evaluate then finds as likely", () => {
    for (let row = 0; row < rows; row++) {
      head.sample(outputs, row, masks, rng, actions);
      const drawn = head.logProb;
      head.evaluate(outputs, row, masks, actions);
      expect(head.logProb).toBeCloseTo(drawn, 10);
    }
  });
});

describe("CategoricalHead", () => {
  it("never draws a masked value, and takes the likeliest that is allowed", () => {
    const head = new CategoricalHead([3]);
    const outputs = Float32Array.of(5, 1, 2);
    const mask = Uint8Array.of(0, 1, 1);
    const action = new Float32Array(1);
    head.best(outputs, 0, mask, action);
    expect(action[0]).toBe(2);
    for (let k = 0; k < 200; k++) {
      head.sample(outputs, 0, mask, rng, action);
      expect(action[0]).toBeGreaterThan(0);
    }
  });

  it("draws values as often as the softmax says", () => {
    const head = new CategoricalHead([2]);
    const action = new Float32Array(1);
    let ones = 0;
    for (let k = 0; k < 4000; k++) {
      head.sample(Float32Array.of(0, Math.log(3)), 0, Uint8Array.of(1, 1), rng, action);
      ones += action[0]!;
    }
    expect(ones / 4000).toBeGreaterThan(0.72);
    expect(ones / 4000).toBeLessThan(0.78);
  });
});

describe("SquashedGaussianHead", () => {
  it("has the gradient of alpha · logProb − Q through the drawn action", () => {
    const head = new SquashedGaussianHead(2);
    const outputs = draws(4, 0.5);
    const [alpha, slope] = [0.3, Float32Array.of(0.7, -0.4)];
    const actions = new Float32Array(2);
    const lossAt = (at: Float32Array): number => {
      head.sample(at, 0, createRng(9), actions);
      return alpha * head.logProb - slope[0]! * actions[0]! - slope[1]! * actions[1]!;
    };
    const expected = slopes(lossAt, outputs);
    lossAt(outputs);
    const gradients = new Float32Array(4);
    head.writeGradient(0, { alpha, scale: 1, actions, slopes: slope, stride: 2, offset: 0 }, gradients);
    expectSlopes(gradients, expected);
  });
});

describe("valueLoss", () => {
  it.each([Infinity, 0.2])("has the gradient of its own value with a clip of %d", (clip) => {
    const values = Float32Array.of(0.3, -0.5, 1.2, 0.05, 2);
    const batch = {
      rows,
      oldValues: Float32Array.of(0, -0.4, 0.5, 0, 2.5),
      returns: Float32Array.of(1, -2, 0, 0.1, 2.1),
    };
    const gradients = new Float32Array(rows);
    const spare = new Float32Array(rows);
    valueLoss({ ...batch, values }, clip, 1, gradients);
    expectSlopes(
      gradients,
      slopes((at) => valueLoss({ ...batch, values: at }, clip, 1, spare), values),
    );
  });
});

describe("tdLoss and squaredError", () => {
  it("have the gradients of their own values", () => {
    const outputs = Float32Array.of(0.5, 2, -1, 0.25, 3, 0.1);
    const batch = { rows: 3, chosen: [1, 0, 0], targets: [0.2, -0.7, 0.5] };
    const gradients = new Float32Array(6);
    const spare = new Float32Array(6);
    tdLoss({ ...batch, outputs }, gradients);
    expectSlopes(
      gradients,
      slopes((at) => tdLoss({ ...batch, outputs: at }, spare), outputs),
    );
    const targets = [1, 2, 3];
    const values = Float32Array.of(0.5, 2.5, 2);
    squaredError(values, targets, 3, gradients);
    expectSlopes(
      gradients,
      slopes((at) => squaredError(at, targets, 3, spare), values),
    );
  });
});
