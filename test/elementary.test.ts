import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cos, exp, expm1, inverseNormal, log, log1p, pow, sin } from "../src/elementary.js";

/** Units in the last place between a value and the right one. */
function ulps(value: number, right: number): number {
  if (Object.is(value, right)) return 0;
  const size = Math.max(Math.abs(right), 2.2250738585072014e-308);
  const ulp = 2 ** (Math.floor(Math.log2(size)) - 52);
  return Math.abs(value - right) / ulp;
}

// Reference values: mpmath 1.3.0 with 40 digits, rounded to doubles.
describe.each<[string, (x: number) => number, number, readonly (readonly [number, number])[]]>([
  [
    "exp",
    exp,
    1,
    [
      [-700.5, 5.980196118639791e-305],
      [-30.1, 8.467127406079322e-14],
      [-1, 0.36787944117144233],
      [-1e-9, 0.999999999],
      [0.3, 1.3498588075760032],
      [1, 2.718281828459045],
      [2.5, 12.182493960703473],
      [88.8, 3.6757840844711625e38],
      [709.7, 1.6549840276802644e308],
    ],
  ],
  [
    "expm1",
    expm1,
    3,
    [
      [-5, -0.9932620530009145],
      [-1e-10, -9.999999999500001e-11],
      [1e-12, 1.0000000000005e-12],
      [0.2, 0.22140275816016985],
      [3, 19.085536923187668],
    ],
  ],
  [
    "log",
    log,
    1,
    [
      [5e-324, -744.4400719213812],
      [1e-300, -690.7755278982137],
      [0.1, -2.3025850929940455],
      [0.7, -0.35667494393873245],
      [0.9999999, -1.0000000494736474e-7],
      [1.0000001, 9.999999505838704e-8],
      [1.5, 0.4054651081081644],
      [2, 0.6931471805599453],
      [1e10, 23.025850929940457],
      [1.7e308, 709.7268368932282],
    ],
  ],
  [
    "log1p",
    log1p,
    1,
    [
      [-0.999, -6.907755278982136],
      [-0.2, -0.22314355131420976],
      [-1e-12, -1.0000000000005e-12],
      [1e-15, 9.999999999999995e-16],
      [0.3, 0.26236426446749106],
      [5, 1.791759469228055],
      [1e20, 46.051701859880914],
    ],
  ],
  [
    "sin",
    sin,
    1,
    [
      [-2.5e6, -0.7795270639555267],
      [-1.1, -0.8912073600614354],
      [1e-8, 1e-8],
      [0.7, 0.644217687237691],
      [100, -0.5063656411097588],
      [12345.678, -0.7040813137533816],
      [3e6, -0.8784900581447479],
    ],
  ],
  [
    "cos",
    cos,
    1,
    [
      [-2.5e6, -0.6263685469121802],
      [-1.1, 0.4535961214255773],
      [1e-8, 1],
      [0.7, 0.7648421872844885],
      [1.5707963267948966, 6.123233995736766e-17],
      [100, 0.8623188722876839],
      [12345.678, 0.7101193587160628],
      [3e6, 0.4777606280773224],
    ],
  ],
  [
    "inverseNormal",
    inverseNormal,
    8,
    [
      [1e-300, -37.0470962993612],
      [1e-10, -6.361340902404057],
      [0.001, -3.0902323061678136],
      [0.3, -0.5244005127080408],
      [0.75, 0.6744897501960817],
      [0.975, 1.9599639845400538],
      [0.999999, 4.753424308817087],
    ],
  ],
])("%s", (_name, f, allowed, references) => {
  it.each(references)("at %d is %d to the last digits", (x, right) => {
    expect(ulps(f(x), right)).toBeLessThanOrEqual(allowed);
  });

  it("gives NaN for NaN", () => {
    expect(f(Number.NaN)).toBeNaN();
  });
});

describe("exp and log", () => {
  it("agree with the built-in functions within two units in the last place", () => {
    const exponents = fc.double({ min: -708, max: 709, noNaN: true });
    fc.assert(fc.property(exponents, (x) => ulps(exp(x), Math.exp(x)) <= 2));
    const positive = fc.double({ min: 1e-320, max: Number.MAX_VALUE, noNaN: true });
    fc.assert(fc.property(positive, (x) => ulps(log(x), Math.log(x)) <= 2));
  });

  it("keep to the ends of the range", () => {
    expect([exp(710), exp(-746), exp(0), exp(-745.13)]).toEqual([Number.POSITIVE_INFINITY, 0, 1, 5e-324]);
    expect([exp(Number.NEGATIVE_INFINITY), exp(Number.POSITIVE_INFINITY)]).toEqual([0, Number.POSITIVE_INFINITY]);
    expect([log(0), log(1), log(Number.POSITIVE_INFINITY)]).toEqual([
      Number.NEGATIVE_INFINITY,
      0,
      Number.POSITIVE_INFINITY,
    ]);
    expect(log(-1)).toBeNaN();
    expect([log1p(-1), log1p(Number.POSITIVE_INFINITY)]).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
  });
});

describe("sin and cos", () => {
  it("lie on the unit circle", () => {
    const angles = fc.double({ min: -3e6, max: 3e6, noNaN: true });
    fc.assert(fc.property(angles, (x) => Math.abs(sin(x) ** 2 + cos(x) ** 2 - 1) < 5e-16));
  });

  it("refuse angles too large to reduce", () => {
    expect([sin(3.1e6), cos(-4e6), sin(Number.POSITIVE_INFINITY)]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });
});

describe("pow", () => {
  it.each([
    [2, 0.5, 1.4142135623730951],
    [10, -3.5, 0.00031622776601683794],
    [1.1, 200.5, 199174334.26593438],
    [3, 7, 2187],
    [0.5, -3, 8],
    [-2, 5, -32],
    [7.3, 65, 1.3061285056360492e56],
  ])("raises %d to %d", (base, exponent, right) => {
    expect(Math.abs(pow(base, exponent) / right - 1)).toBeLessThan(1e-13);
  });

  it("knows the powers that have no logarithm", () => {
    expect([pow(0, 0), pow(0, 3), pow(0, -1), pow(1, 1e9)]).toEqual([1, 0, Number.POSITIVE_INFINITY, 1]);
    expect([pow(-8, 1 / 3), pow(-1, 101), pow(-1, 100)]).toEqual([Number.NaN, -1, 1]);
  });
});

describe("inverseNormal", () => {
  it("is odd about one half and rises", () => {
    const probabilities = fc.double({ min: 1e-9, max: 0.5, noNaN: true });
    fc.assert(fc.property(probabilities, (u) => Math.abs(inverseNormal(u) + inverseNormal(1 - u)) < 1e-6));
    fc.assert(fc.property(probabilities, (u) => inverseNormal(u) < inverseNormal(u * 1.0001)));
    expect([inverseNormal(0), inverseNormal(0.5), inverseNormal(1)]).toEqual([
      Number.NEGATIVE_INFINITY,
      0,
      Number.POSITIVE_INFINITY,
    ]);
    expect([inverseNormal(-0.1), inverseNormal(1.1)]).toEqual([Number.NaN, Number.NaN]);
  });
});

describe("elementary functions", () => {
  it("give the bytes that are stored here, on every version of Node", () => {
    const values = Float64Array.from({ length: 7_000 }, (_, i) => {
      const x = (i + 0.5) / 7_000;
      const functions = [exp(1_400 * x - 700), expm1(x - 0.5), log(x), log1p(x), sin(1e4 * x), cos(1e4 * x)];
      return functions[i % 7] ?? inverseNormal(x);
    });
    const hash = createHash("sha256").update(new Uint8Array(values.buffer)).digest("hex");
    expect(hash).toBe("b3efd8104af3403d3e80845001104fca05af268f40c3bec23e5e549451c89f5a");
  });
});
