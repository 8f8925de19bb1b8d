/** explainMismatch. @module */
import { describe, expect, it } from "vitest";
import { InvalidActionError } from "../../src/errors.js";
import { Box, Dict, Discrete, explainMismatch, MultiDiscrete, type Space } from "../../src/spaces/index.js";

function messageFor(space: Space<unknown>, value: unknown): string {
  const mismatch = explainMismatch(space, value);
  return mismatch === null
    ? "contained"
    : new InvalidActionError(mismatch.path, mismatch.expected, mismatch.got).message;
}

const dict = new Dict({
  web: new Dict({ replicas: new Discrete(8, { start: 1 }) }),
  speed: new Box(-1, 1, { shape: [2] }),
});

describe("explainMismatch", () => {
  it.each<[Space<unknown>, unknown, string]>([
    [new Discrete(5), 4, "contained"],
    [new Discrete(5), 11, "Expected action to be an integer from 0 to 4, got 11 (number)."],
    [new Discrete(1), 1, "Expected action to be the integer 0, got 1 (number)."],
    [new MultiDiscrete([3, 2]), [0, 0], "Expected action to be an Int32Array of 2 integers, got [0, 0] (array)."],
    [
      new MultiDiscrete([3, 2]),
      Int32Array.of(0, 2),
      "Expected action[1] to be an integer from 0 to 1, got 2 (number).",
    ],
    [new Box(0, 1), [0], "Expected action to be a Float32Array of 1 number, got [0] (array)."],
    [new Box(0, 1), Float32Array.of(Number.NaN), "Expected action[0] to be a number from 0 to 1, got NaN."],
    [dict, 3, "Expected action to be an object with the names speed, web, got 3 (number)."],
    [
      dict,
      { web: { replicas: 9 }, speed: new Float32Array(2) },
      "Expected action.web.replicas to be an integer from 1 to 8, got 9 (number).",
    ],
    [
      dict,
      { web: { replicas: 8 }, speed: Float32Array.of(0, 3) },
      "Expected action.speed[1] to be a number from -1 to 1, got 3 (number).",
    ],
    [
      dict,
      { web: { replicas: 8 }, speed: new Float32Array(2), extra: 1 },
      "Expected action to be an object with the names speed, web, got [web, speed, extra] (array).",
    ],
  ])("says of %s and %j: %s", (space, value, message) => {
    expect(messageFor(space, value)).toBe(message);
  });
});
