/** The spaces of a golden file, by their names in it. @module */
import {
  Box,
  Dict,
  Discrete,
  Graph,
  MultiBinary,
  MultiDiscrete,
  OneOf,
  Sequence,
  type Space,
  Text,
  Tuple,
} from "../../src/spaces/index.js";

/** What a golden file leaves to the Python process that made it: the order of the default characters. */
export interface GoldenCircumstances {
  readonly charset: string;
}

const unitBox = (): Box => new Box(0, 1, { shape: [2] });

/** Makes the space of a name. */
export const GOLDEN_SPACES: Readonly<Record<string, (given: GoldenCircumstances) => Space<unknown>>> = {
  "Box(-1,1,(3,))": () => new Box(-1, 1, { shape: [3] }),
  "Box(low=[0,-inf,-2,-inf],high=[1,inf,inf,4],float32)": () =>
    new Box([0, -Infinity, -2, -Infinity], [1, Infinity, Infinity, 4]),
  "Box(0,255,(2,2),uint8)": () => new Box(0, 255, { shape: [2, 2], dtype: "uint8" }),
  "Box(-10,10,(4,),int64)": () => new Box(-10, 10, { shape: [4], dtype: "int64" }),
  "Box(0,1,(2,),float64)": () => new Box(0, 1, { shape: [2], dtype: "float64" }),
  "Discrete(5)": () => new Discrete(5),
  "Discrete(7,start=-3)": () => new Discrete(7, { start: -3 }),
  "MultiDiscrete([3,2,9])": () => new MultiDiscrete([3, 2, 9]),
  "MultiDiscrete([[2,3],[4,5]],start=[[1,0],[0,-1]])": () => {
    const [nvec, start] = [Int32Array.of(2, 3), Int32Array.of(1, 0)];
    return new MultiDiscrete([nvec, [4, 5]], { start: [start, [0, -1]] });
  },
  "MultiBinary(6)": () => new MultiBinary(6),
  "MultiBinary([2,3])": () => new MultiBinary([2, 3]),
  "Text(6)": ({ charset }) => new Text(6, { charset }),
  "Text(8,min_length=3,charset=abc)": () => new Text(8, { minLength: 3, charset: "abc" }),
  "Dict(a=Discrete(3),b=Box(0,1,(2,)))": () => new Dict({ b: unitBox(), a: new Discrete(3) }),
  "Dict({'z':Discrete(3),'a':Dict(MultiBinary(2))})": () =>
    new Dict({ z: new Discrete(3), a: new Dict({ m: new MultiBinary(2) }) }),
  "Tuple(Discrete(4),Box(-1,1,(2,)),Tuple(Discrete(2)))": () =>
    new Tuple([new Discrete(4), new Box(-1, 1, { shape: [2] }), new Tuple([new Discrete(2)])]),
  "Sequence(Discrete(4))": () => new Sequence(new Discrete(4)),
  "Sequence(Box(0,1,(2,)),stack=True)": () => new Sequence(unitBox(), { stack: true }),
  "OneOf(Discrete(3),Box(0,1,(2,)))": () => new OneOf([new Discrete(3), unitBox()]),
  "Graph(Box(0,1,(2,)),Discrete(3))": () => new Graph(unitBox(), new Discrete(3)),
  "Graph(Discrete(4),None)": () => new Graph(new Discrete(4)),
};

type Samples = (seed: bigint, count: number) => readonly unknown[];

/** Draws as many masked samples as a golden file has. */
export const GOLDEN_MASKED: Readonly<Record<string, Samples>> = {
  "Discrete(5) mask [0,1,0,1,1]": (seed, count) =>
    draw(new Discrete(5, { seed }), { mask: Int8Array.of(0, 1, 0, 1, 1) }, count),
  "Discrete(5) mask zeros": (seed, count) => draw(new Discrete(5, { seed }), { mask: new Int8Array(5) }, count),
  "Discrete(4,start=2) probability [.1,.2,.3,.4]": (seed, count) =>
    draw(new Discrete(4, { start: 2, seed }), { probability: [0.1, 0.2, 0.3, 0.4] }, count),
  "MultiDiscrete([3,2]) mask ([1,0,1],[0,1])": (seed, count) => {
    const mask = [Int8Array.of(1, 0, 1), Int8Array.of(0, 1)];
    return draw(new MultiDiscrete([3, 2], { seed }), { mask }, count);
  },
  "MultiBinary(4) mask [0,1,2,2]": (seed, count) => draw(new MultiBinary(4, { seed }), { mask: [0, 1, 2, 2] }, count),
};

function draw(space: Space<unknown>, options: object, count: number): readonly unknown[] {
  return space.toJsonable(Array.from({ length: count }, () => space.sample(options))) as readonly unknown[];
}
