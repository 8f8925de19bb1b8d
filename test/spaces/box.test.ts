/** Box. @module */
import { describe, expect, it } from "vitest";
import { Box } from "../../src/spaces/index.js";
import { thrownMessage } from "../thrown-message.js";

describe("Box", () => {
  it("takes its shape from the bounds where none is given", () => {
    expect(new Box(0, 1).shape).toEqual([1]);
    expect(new Box([0, 1], 2).shape).toEqual([2]);
    const nested = new Box(0, [
      [1, 2],
      [3, 4],
    ]);
    expect(nested.shape).toEqual([2, 2]);
    expect(String(new Box(0, Float32Array.of(1, 2, 3, 4), { shape: [2, 2] }))).toBe(
      "Box(0.0, [[1. 2.]\n [3. 4.]], (2, 2), float32)",
    );
    expect(String(new Box(-1, 1, { shape: [] }))).toBe("Box(-1.0, 1.0, (), float32)");
  });

  it("contains its bounds, and nothing beyond them or of another type", () => {
    const box = new Box([-1, 0], [1, Infinity]);
    expect(box.contains(Float32Array.of(-1, Infinity))).toBe(true);
    expect(box.contains(Float32Array.of(-1.001, 0))).toBe(false);
    expect(box.contains(Float32Array.of(0, Number.NaN))).toBe(false);
    expect(box.contains(Float32Array.of(0))).toBe(false);
    expect(box.contains(Float64Array.of(0, 0))).toBe(false);
    expect(box.contains([0, 0])).toBe(false);
  });

  it("knows on which sides it is bounded", () => {
    const box = new Box([0, -Infinity], [1, 1]);
    expect([box.isBounded(), box.isBounded("below"), box.isBounded("above")]).toEqual([false, false, true]);
    expect(new Box(-Infinity, 3, { dtype: "int16" }).isBounded("below")).toBe(false);
  });

  it("writes what JSON has no number for as a string", () => {
    const box = new Box(-Infinity, Infinity, { shape: [2] });
    const values = [Float32Array.of(Infinity, -Infinity)];
    expect(box.toJsonable(values)).toEqual([["Infinity", "-Infinity"]]);
    expect(box.fromJsonable(box.toJsonable(values))).toEqual(values);
  });

  it.each<[string, () => unknown, string]>([
    ["a NaN bound", () => new Box(Number.NaN, 1), "Expected low to be a number, got NaN."],
    [
      "low above high",
      () => new Box([0, 3], [1, 2]),
      "Expected low[1] to be at most its upper bound 2, got 3 (number).",
    ],
    [
      "shapes that differ",
      () => new Box([0, 0], [1, 1, 1]),
      "Expected high to be a number or of shape [2], got [1, 1, 1] (array).",
    ],
    [
      "a negative axis",
      () => new Box(0, 1, { shape: [-1] }),
      "Expected shape to be a list of integers of at least 0, got [-1] (array).",
    ],
    [
      "an unknown element type",
      () => new Box(0, 1, { dtype: "float16" as never }),
      'Expected dtype to be an element type such as float32, got "float16" (string).',
    ],
    [
      "a bound beyond its element type",
      () => new Box(0, 256, { dtype: "uint8" }),
      "Expected high to be an integer from 0 to 255 (uint8), got 256 (number).",
    ],
    [
      "no lower bound of an unsigned type",
      () => new Box(-Infinity, 1, { dtype: "uint8" }),
      "Expected low to be an integer from 0 to 255 (uint8), got -Infinity.",
    ],
    [
      "a mask",
      () => new Box(0, 1).sample({ mask: [1] as never }),
      "Expected mask to be absent, as a Box takes none, got [1] (array).",
    ],
  ])("refuses %s", (_, run, message) => {
    expect(thrownMessage(run)).toBe(message);
  });
});
