/** What is special about MultiBinary, Text, Tuple, Sequence, Graph and OneOf. @module */
import { describe, expect, it } from "vitest";
import { InvalidOptionError } from "../../src/errors.js";
import {
  Box,
  Dict,
  Discrete,
  Graph,
  listMismatches,
  MultiBinary,
  MultiDiscrete,
  OneOf,
  Sequence,
  Text,
  Tuple,
} from "../../src/spaces/index.js";
import { thrownMessage } from "../thrown-message.js";

function issuesOf(run: () => unknown): readonly string[] {
  try {
    run();
  } catch (error) {
    return (error as InvalidOptionError).issues.map(({ path }) => path);
  }
  return [];
}

describe("MultiBinary", () => {
  it("keeps to a mask, and to chances of 0 and 1", () => {
    const space = new MultiBinary([2, 2]);
    expect([
      ...space.sample({
        mask: [
          [1, 0],
          [0, 1],
        ],
      }),
    ]).toEqual([1, 0, 0, 1]);
    expect([...space.sample({ probability: [1, 0, 1, 1] })].filter((bit, i) => i !== 1 && bit === 0)).toEqual([]);
  });

  it("names every length that is none, and a mask of another shape", () => {
    expect(issuesOf(() => new MultiBinary([0, 2, -1]))).toEqual(["n[0]", "n[2]"]);
    expect(thrownMessage(() => new MultiBinary(3).sample({ mask: [1, 0] }))).toBe(
      "Expected mask to be of shape (3,), got [1, 0] (array).",
    );
  });
});

describe("Text", () => {
  it("draws a given length of the allowed characters, and nothing where none is allowed", () => {
    expect(new Text(5, { charset: "abc" }).sample({ mask: [4, [0, 1, 0]] })).toBe("bbbb");
    expect(new Text(5, { charset: "abc" }).sample({ probability: [2, [0, 0, 1]] })).toBe("cc");
    expect(new Text(5, { minLength: 0, charset: "ab" }).sample({ mask: [null, [0, 0]] })).toBe("");
  });

  it("counts code points, not UTF-16 units", () => {
    const space = new Text(2, { charset: "😀é" });
    expect(space.contains("😀😀")).toBe(true);
    expect(space.contains("😀😀😀")).toBe(false);
  });

  it("refuses a character that is there twice, or is none, and lengths that cross", () => {
    expect(issuesOf(() => new Text(1, { minLength: 2, charset: ["a", "bc", "a"] }))).toEqual([
      "maxLength",
      "charset[1]",
      "charset[2]",
    ]);
  });
});

describe("Tuple", () => {
  it("gives each part its own mask", () => {
    const space = new Tuple([new Discrete(3), new Box(0, 1), new MultiDiscrete([2, 2])]);
    const [index, , pair] = space.sample({
      mask: [
        [0, 0, 1],
        null,
        [
          [1, 0],
          [0, 1],
        ],
      ],
    });
    expect([index, [...pair]]).toEqual([2, [0, 1]]);
    expect(thrownMessage(() => space.sample({ mask: [[0, 2, 1], null, null] }))).toBe(
      "Expected mask[0][1] to be 0 or 1, got 2 (number).",
    );
  });

  it("refuses seeds of another number, and what is no space", () => {
    expect(thrownMessage(() => new Tuple([new Discrete(2)]).seed([1, 2]))).toBe(
      "Expected seed to be a non-negative integer, or a list of 1 seeds, got [1, 2] (array).",
    );
    expect(issuesOf(() => new Tuple([new Discrete(2), 5, {}] as never))).toEqual(["spaces[1]", "spaces[2]"]);
  });
});

describe("Sequence", () => {
  it("has a given length, or one of some", () => {
    const space = new Sequence(new Discrete(4));
    expect(space.sample({ mask: [3, [0, 0, 1, 0]] })).toEqual([2, 2, 2]);
    expect([0, 5]).toContain(space.sample({ probability: [[0, 5], null] }).length);
  });

  it("stacks values into one array, or into the arrays of their parts", () => {
    const boxes = new Sequence(new Box(0, 1, { shape: [2] }), { stack: true });
    expect(boxes.sample({ mask: [3, null] })).toHaveLength(6);
    const records = new Sequence(new Dict({ level: new Discrete(3) }), { stack: true });
    expect(records.contains({ level: Int32Array.of(0, 2, 1) })).toBe(true);
    expect(records.contains({ level: Int32Array.of(0, 3) })).toBe(false);
  });
});

describe("OneOf", () => {
  it("keeps all parts of a Tuple or Dict in JSON", () => {
    const pair = new Tuple([new Discrete(2), new Text(3)]);
    const space = new OneOf([pair, new Dict({ x: new Discrete(9) })]);
    const batch = [
      [0, [1, "ab"]],
      [1, { x: 7 }],
    ] as const;
    expect(space.fromJsonable(space.toJsonable(batch as never))).toEqual(batch);
  });

  it("refuses to have nothing to choose from, and says where a value differs", () => {
    expect(thrownMessage(() => new OneOf([]))).toBe(
      "Expected spaces to be a list of at least one space, got [] (array).",
    );
    const space = new OneOf([new Discrete(2), new Discrete(9)]);
    expect(listMismatches(space, [2, 0]).map(({ path }) => path)).toEqual(["[0]"]);
    expect(listMismatches(space, [1, 9]).map(({ path }) => path)).toEqual(["[1]"]);
  });
});

describe("Graph", () => {
  it("draws several graphs with nodes of parts again from the seeds that seed returns", () => {
    const graph = new Graph(new Dict({ a: new Discrete(9), b: new Tuple([new Box(0, 1)]) }));
    const space = new Tuple([graph]);
    const draw = () => [space.sample(), space.sample(), space.sample()];
    const returned = space.seed(7);
    const first = draw();
    space.seed(returned);
    expect(draw()).toEqual(first);
  });

  it("has as many nodes and edges as told, with values from where their space starts", () => {
    const space = new Graph(new Discrete(2, { start: 5 }), new Box(0, 1, { shape: [3] }));
    const { nodes, edges, edgeLinks } = space.sample({ numNodes: 4, numEdges: 2 });
    expect([nodes.length, edges?.length, edgeLinks?.length]).toEqual([4, 6, 4]);
    expect(nodes.every((node) => node === 5 || node === 6)).toBe(true);
  });

  it("draws another graph each time from nodes of any kind", () => {
    const space = new Graph(new Text(12), null, { seed: 1 });
    expect(space.sample()).not.toEqual(space.sample());
  });

  it("gives one mask to all edges where their number is left to chance", () => {
    const { edges } = new Graph(new Discrete(2), new Discrete(3), { seed: 3 }).sample({ mask: [null, [0, 0, 1]] });
    expect(new Set(edges)).toEqual(new Set([2]));
  });

  it("names links to nodes that are not there", () => {
    const space = new Graph(new Discrete(2), new Discrete(2));
    const value = { nodes: Int32Array.of(0, 1), edges: Int32Array.of(1), edgeLinks: Int32Array.of(1, 2) };
    expect(listMismatches(space, value)).toEqual([
      { path: "edgeLinks[1]", expected: "an integer from 0 to 1", got: 2 },
    ]);
    expect(issuesOf(() => space.sample({ numNodes: 0, numEdges: -1 }))).toEqual(["numNodes", "numEdges"]);
  });
});

describe("InvalidOptionError", () => {
  it("lists everything that was found wrong, and says it in one message", () => {
    const make = () => new MultiDiscrete([2, 0, -1]);
    expect(thrownMessage(make)).toBe(
      "Expected nvec[1] to be an integer from 1 to 2147483647, got 0 (number); " +
        "expected nvec[2] to be an integer from 1 to 2147483647, got -1 (number).",
    );
    expect(make).toThrow(InvalidOptionError);
  });
});

describe("Box", () => {
  it("names every element whose bounds cross", () => {
    expect(issuesOf(() => new Box([0, 3, 2], [1, 1, 1]))).toEqual(["low[1]", "low[2]"]);
  });
});
