/** Arrays and numbers as NumPy 2.4.6 prints them; the expected texts were printed by it. @module */
import { describe, expect, it } from "vitest";
import type { Dtype } from "../../src/dtype.js";
import { arrayRepr, scalarRepr } from "../../src/spaces/array-repr.js";

const FLOATS: readonly [number[], Dtype, string][] = [
  [[0, -Infinity, -2, -Infinity], "float32", "[  0. -inf  -2. -inf]"],
  [[0.5, 1.25, -3], "float32", "[ 0.5   1.25 -3.  ]"],
  [[Math.fround(1e-3), 5], "float32", "[1.e-03 5.e+00]"],
  [[0, Math.fround(1e-4)], "float32", "[0.     0.0001]"],
  [[1e9, 1], "float64", "[1.e+09 1.e+00]"],
  [[0.123456789123, 1 / 3], "float64", "[0.12345679 0.33333333]"],
  [[-4.8, -Infinity, -0.41887903].map(Math.fround), "float32", "[-4.8               -inf -0.41887903]"],
];

describe("arrayRepr", () => {
  it.each(FLOATS)("prints %j of %s", (values, dtype, text) => {
    expect(arrayRepr(values, [values.length], dtype)).toBe(text);
  });

  it("nests axes and pads integers", () => {
    expect(arrayRepr([1, -2, 30, 4], [2, 2])).toBe("[[ 1 -2]\n [30  4]]");
    expect(arrayRepr([1, 2, 3, 4, 5, 6, 7, 8], [2, 2, 2])).toBe("[[[1 2]\n  [3 4]]\n\n [[5 6]\n  [7 8]]]");
  });

  it("breaks long lines and shortens long arrays", () => {
    expect(arrayRepr(new Int32Array(40), [40])).toBe(`[${"0 ".repeat(36)}0\n 0 0 0]`);
    const numbers = Int32Array.from({ length: 2000 }, (_, i) => i);
    expect(arrayRepr(numbers, [2000])).toBe("[   0    1    2 ... 1997 1998 1999]");
  });
});

describe("scalarRepr", () => {
  it.each<[number, Dtype, string]>([
    [1, "float32", "1.0"],
    [Math.fround(0.1), "float32", "0.1"],
    [1e6, "float32", "1e+06"],
    [1e15, "float64", "1000000000000000.0"],
    [1e16, "float64", "1e+16"],
    [9e-5, "float64", "9e-05"],
    [-Infinity, "float32", "-inf"],
    [-128, "int8", "-128"],
  ])("prints %d of %s as %s", (value, dtype, text) => {
    expect(scalarRepr(value, dtype)).toBe(text);
  });
});
