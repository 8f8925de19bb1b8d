/** Networks in TensorFlow.js's file format. @module */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { initialWeights, loadLayersModel, type NetworkSpec, saveLayersModel } from "../../src/networks/index.js";
import { createRng } from "../../src/rng.js";
import { thrownMessage } from "../thrown-message.js";

const folder = mkdtempSync(join(tmpdir(), "infra-gym-model-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const spec: NetworkSpec = {
  inputs: 3,
  layers: [
    { units: 4, activation: "tanh" },
    { units: 2, activation: "linear" },
  ],
};
const weights = initialWeights(spec, createRng(1));

describe("saveLayersModel and loadLayersModel", () => {
  it("give back the same network", () => {
    saveLayersModel(folder, { spec, weights });
    expect(loadLayersModel(folder)).toEqual({ spec, weights });
  });

  it("describe it as a sequence of dense layers with named weights", () => {
    const { format, modelTopology, weightsManifest } = JSON.parse(readFileSync(join(folder, "model.json"), "utf8"));
    expect([format, modelTopology.class_name]).toEqual(["layers-model", "Sequential"]);
    expect(weightsManifest[0].weights[2]).toEqual({ name: "dense_2/kernel", shape: [4, 2], dtype: "float32" });
  });

  it("name file and byte of what cannot be read", () => {
    const [model, bin] = [join(folder, "model.json"), join(folder, "weights.bin")];
    const bytes = readFileSync(bin);
    writeFileSync(bin, bytes.subarray(0, 50));
    expect(thrownMessage(() => loadLayersModel(folder))).toBe(
      `${bin}, byte 50: It ends too early. Take another checkpoint.`,
    );
    writeFileSync(bin, Buffer.concat([bytes, bytes]));
    expect(thrownMessage(() => loadLayersModel(folder))).toBe(
      `${bin}, byte ${bytes.length}: More follows than the layers have weights. Take another checkpoint.`,
    );
    writeFileSync(model, readFileSync(model, "utf8").replace("tanh", "selu"));
    expect(thrownMessage(() => loadLayersModel(folder))).toBe(
      `${model}, byte 0: Layer 0 is not dense with a bias and linear, tanh, relu. Take another checkpoint.`,
    );
    writeFileSync(model, "{");
    expect(thrownMessage(() => loadLayersModel(folder))).toBe(
      `${model}, byte 0: It is not JSON. Take another checkpoint.`,
    );
  });
});
