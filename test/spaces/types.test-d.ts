/** The types that follow from spaces. @module */
import { expectTypeOf } from "vitest";
import {
  type BatchOf,
  Box,
  type Dict,
  type Discrete,
  type FlatValue,
  type FlatVector,
  type Graph,
  type GraphInstance,
  type MaskOf,
  type MultiBinary,
  type MultiDiscrete,
  type OneOf,
  type Sequence,
  type Text,
  Tuple,
  type ValueOf,
} from "../../src/spaces/index.js";

type Pair = Tuple<readonly [Discrete, Box<"float64">]>;

expectTypeOf<ValueOf<Pair>>().toEqualTypeOf<readonly [number, Float64Array]>();
expectTypeOf<ValueOf<Dict<{ a: Text; b: MultiBinary }>>>().toEqualTypeOf<{ a: string; b: Int8Array }>();
expectTypeOf<ValueOf<OneOf<readonly [Discrete, Text]>>>().toEqualTypeOf<
  readonly [index: 0, value: number] | readonly [index: 1, value: string]
>();
expectTypeOf<ValueOf<Sequence<Text>>>().toEqualTypeOf<readonly string[]>();
expectTypeOf<ValueOf<Sequence<Discrete, true>>>().toEqualTypeOf<Int32Array>();
expectTypeOf<ValueOf<Graph<Box, Discrete>>>().toEqualTypeOf<GraphInstance<Float32Array, Int32Array>>();

expectTypeOf<MaskOf<Pair>>().toEqualTypeOf<readonly [ArrayLike<number> | null, null]>();

expectTypeOf<BatchOf<MultiDiscrete>>().toEqualTypeOf<Int32Array>();
expectTypeOf<BatchOf<Pair>>().toEqualTypeOf<readonly [Int32Array, Float64Array]>();
expectTypeOf<BatchOf<Text>>().toEqualTypeOf<readonly string[]>();

expectTypeOf<FlatValue<Pair>>().toEqualTypeOf<FlatVector>();
expectTypeOf<FlatValue<Sequence<Discrete>>>().toEqualTypeOf<readonly FlatVector[]>();

const inferred = new Tuple([new Box(0, 1), new Tuple([new Box(0, 1, { dtype: "int64" })])]);
expectTypeOf(inferred.sample()).toEqualTypeOf<readonly [Float32Array, readonly [BigInt64Array]]>();
