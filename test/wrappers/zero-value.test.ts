/** The value of a space nearest to zero. @module */
import { describe, expect, it } from "vitest";
import {
  Box,
  Dict,
  Discrete,
  Graph,
  MultiBinary,
  MultiDiscrete,
  OneOf,
  Sequence,
  Text,
  Tuple,
} from "../../src/spaces/index.js";
import type { Space } from "../../src/spaces/space.js";
import { zeroValue } from "../../src/wrappers/zero-value.js";
import { thrownMessage } from "../thrown-message.js";

const box = new Box([1, -3, -1], [2, -2, 1]);

const rows: readonly (readonly [Space<unknown>, unknown])[] = [
  [box, Float32Array.of(1, -2, 0)],
  [new Box(1, 5, { dtype: "int64" }), BigInt64Array.of(1n)],
  [new Discrete(3, { start: 2 }), 2],
  [new MultiDiscrete([2, 3], { start: [4, 0] }), Int32Array.of(4, 0)],
  [new MultiBinary(2), Int8Array.of(0, 0)],
  [new Text(5, { minLength: 2, charset: "ab" }), "aa"],
  [new Tuple([new Discrete(2), new Discrete(2, { start: 1 })]), [0, 1]],
  [new Dict({ a: new Discrete(2) }), { a: 0 }],
  [new OneOf([new Discrete(2), box]), [0, 0]],
  [new Sequence(new Discrete(2)), []],
  [new Sequence(box, { stack: true }), Float32Array.of(1, -2, 0)],
  [new Graph(box), { nodes: Float32Array.of(1, -2, 0), edges: null, edgeLinks: null }],
  [
    new Graph(box, new Discrete(2)),
    { nodes: Float32Array.of(1, -2, 0), edges: Int32Array.of(0), edgeLinks: Int32Array.of(0, 0) },
  ],
];

describe("zeroValue", () => {
  it.each(rows)("lies in %s", (space, zero) => {
    const value = zeroValue(space);
    expect(value).toEqual(zero);
    expect(space.contains(value)).toBe(true);
  });

  it("does not know spaces from elsewhere", () => {
    const space = { toString: () => "Circle(1)" } as unknown as Space<unknown>;
    expect(thrownMessage(() => zeroValue(space))).toBe(
      "A zero of Circle(1) is not supported. Use spaces of the library.",
    );
  });
});
