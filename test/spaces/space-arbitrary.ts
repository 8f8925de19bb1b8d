/** Generates spaces of all kinds, nested in each other. @module */
import fc from "fast-check";
import {
  Box,
  Dict,
  Discrete,
  Graph,
  MultiBinary,
  MultiDiscrete,
  type MultiDiscreteDtype,
  OneOf,
  Sequence,
  type Space,
  Text,
  Tuple,
} from "../../src/spaces/index.js";

type AnySpace = Space<unknown>;

const shape = fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 2 });

const box: fc.Arbitrary<AnySpace> = fc
  .record({
    shape,
    dtype: fc.constantFrom("float32", "float64", "int8", "uint8", "int32", "int64"),
    low: fc.constantFrom(-3, 0, 2),
    width: fc.constantFrom(0, 1, 5),
    open: fc.constantFrom("none", "below", "above", "both"),
  })
  .map(({ shape: axes, dtype, low, width, open }) => {
    const from = dtype === "uint8" ? Math.abs(low) : low;
    const isFree = dtype.startsWith("float");
    const lowest = isFree && (open === "below" || open === "both") ? -Infinity : from;
    const highest = isFree && (open === "above" || open === "both") ? Infinity : from + width;
    return new Box<"float32" | "int64">(lowest, highest, { shape: axes, dtype: dtype as "float32" });
  });

const discrete: fc.Arbitrary<AnySpace> = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.constantFrom(0, -4, 3, 2 ** 40), fc.constantFrom("int64", "int8"))
  .map(([n, start, dtype]) => new Discrete<"int64" | "int8">(n, { start, dtype: start > 100 ? "int64" : dtype }));

const multiDiscrete: fc.Arbitrary<AnySpace> = fc
  .tuple(
    fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: -2, max: 2 })), { minLength: 1, maxLength: 3 }),
    fc.constantFrom("int32", "int8", "int16"),
  )
  .map(
    ([pairs, dtype]) =>
      new MultiDiscrete<MultiDiscreteDtype>(
        pairs.map(([n]) => n),
        { start: pairs.map(([, start]) => start), dtype },
      ),
  );

const multiBinary: fc.Arbitrary<AnySpace> = fc
  .array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 2 })
  .map((n) => new MultiBinary(n));

const text: fc.Arbitrary<AnySpace> = fc
  .record({
    minLength: fc.integer({ min: 0, max: 2 }),
    more: fc.integer({ min: 1, max: 3 }),
    charset: fc.constantFrom("ab", "0123456789", "äß😀z"),
  })
  .map(({ minLength, more, charset }) => new Text(minLength + more, { minLength, charset }));

const leaf: fc.Arbitrary<AnySpace> = fc.oneof(box, discrete, multiDiscrete, multiBinary, text);

/** A space of any kind, with parts of any kind up to three levels deep. */
export const anySpace: fc.Arbitrary<AnySpace> = fc.letrec<{ space: AnySpace }>((tie) => {
  const parts = fc.array(tie("space"), { minLength: 1, maxLength: 3 });
  const composite = fc.oneof(
    fc.dictionary(fc.constantFrom("a", "b", "z", "speed"), tie("space"), { minKeys: 1, maxKeys: 3 }).map((spaces) => {
      return new Dict(spaces) as AnySpace;
    }),
    parts.map((spaces): AnySpace => new Tuple(spaces)),
    parts.map((spaces): AnySpace => new OneOf(spaces)),
    fc.tuple(tie("space"), fc.boolean()).map(([space, stack]): AnySpace => new Sequence(space, { stack })),
    fc.tuple(leaf, fc.option(tie("space"))).map(([node, edge]): AnySpace => new Graph(node, edge)),
  );
  return { space: fc.oneof({ maxDepth: 3, depthIdentifier: "space" }, leaf, composite) };
}).space;
