/** Spaces: what observations and actions can be. @module */
export { type BatchedSpace, type BatchOf, batchSpace } from "./batch-space.js";
export { Box, type BoxOptions } from "./box.js";
export type { SpaceSeed } from "./composite-space.js";
export { type ArrayAllocator, concatenate, createEmptyArray } from "./concatenate.js";
export { Dict, type DictMask, type DictOptions, type DictSeed, type DictSpaces, type DictValue } from "./dict.js";
export { Discrete, type DiscreteOptions } from "./discrete.js";
export { explainMismatch, listMismatches, type Mismatch } from "./explain-mismatch.js";
export { flatdim, type IsFlattenable, isFlattenable } from "./flatdim.js";
export { type FlatBatch, type FlatValue, type FlatVector, flatten, unflatten } from "./flatten.js";
export { type FlatSpace, flattenSpace } from "./flatten-space.js";
export { type EdgesOf, Graph, type GraphInstance, type GraphMask, type GraphSampleOptions } from "./graph.js";
export { type ItemOf, iterate } from "./iterate.js";
export { MultiBinary, type MultiBinaryOptions } from "./multi-binary.js";
export {
  MultiDiscrete,
  type MultiDiscreteDtype,
  type MultiDiscreteMask,
  type MultiDiscreteOptions,
} from "./multi-discrete.js";
export type { Nested } from "./nested.js";
export { OneOf, type OneOfValue } from "./one-of.js";
export { Sequence, type SequenceMask, type SequenceOptions, type SequenceValue } from "./sequence.js";
export type { Dtype, Json, MaskOf, SampleOptions, SeedResult, Space, ValueOf } from "./space.js";
export { Text, type TextMask, type TextOptions } from "./text.js";
export { type CompositeOptions, Tuple, type TupleMask, type TupleSpaces, type TupleValue } from "./tuple.js";
