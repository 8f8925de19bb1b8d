import { describe, expect, it } from "vitest";
import { jsonText } from "../../src/cli/json-text.js";

describe("jsonText", () => {
  it("writes what JSON has no word for", () => {
    const value = {
      array: Float32Array.of(0.5, Number.NaN),
      big: [5n, 2n ** 53n],
      far: [Infinity, -Infinity],
      mask: [Uint8Array.of(1, 0)],
    };
    expect(jsonText(value, 0)).toBe(
      '{"array":[0.5,"NaN"],"big":[5,"9007199254740992"],"far":["Infinity","-Infinity"],"mask":[[1,0]]}\n',
    );
  });

  it("keeps every digit of a number", () => {
    expect(jsonText([0.1 + 0.2, 1e-7, -0], 0)).toBe("[0.30000000000000004,1e-7,0]\n");
  });
});
