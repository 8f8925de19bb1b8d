/** Which vector environment `makeVec` makes for an id, as far as the compiler knows. @module */
import type { Dtype, IntegerDtype, TypedArrayOf } from "../dtype.js";
import type { Env } from "../env.js";
import type { EnvOf } from "../registration.js";
import type { BatchOf } from "../spaces/batch-space.js";
import type { Box } from "../spaces/box.js";
import type { Dict, DictSpaces } from "../spaces/dict.js";
import type { Discrete } from "../spaces/discrete.js";
import type { MultiBinary } from "../spaces/multi-binary.js";
import type { MultiDiscrete, MultiDiscreteDtype } from "../spaces/multi-discrete.js";
import type { Space, ValueOf } from "../spaces/space.js";
import type { Tuple, TupleSpaces } from "../spaces/tuple.js";
import type { VectorEnv } from "./vector-env.js";

/**
 * The vector environment that an id stands for: that of `make`, many times. Unknown ids give unknown types.
 * @typeParam Control - Type of the option `control`; unknown for none.
 */
export type VectorEnvOf<Id extends string, Control = unknown> =
  EnvOf<Id, Control> extends infer Single
    ? Single extends Env<infer _Observation, infer _Action, infer _Info>
      ? VectorEnv<BatchOfSpace<Single["observationSpace"]>, BatchOfSpace<Single["actionSpace"]>>
      : never
    : never;

type KnownSpace =
  | Box<Dtype>
  | Discrete<IntegerDtype>
  | MultiBinary
  | MultiDiscrete<MultiDiscreteDtype>
  | Dict<DictSpaces>
  | Tuple<TupleSpaces>;

/** A batch of values: by the class of the space, or by the type of its values where that is all that is known. */
type BatchOfSpace<S extends Space<unknown>> = S extends KnownSpace ? BatchOf<S> : BatchOfValue<ValueOf<S>>;

type BatchOfValue<T> = [T] extends [number] ? Int32Array : [T] extends [TypedArrayOf<Dtype>] ? T : unknown;
