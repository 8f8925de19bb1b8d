/** Spaces: what observations and actions can be. @module */
export { type BatchedSpace, type BatchOf, batchSpace } from "./batch-space.js";
export { Box, type BoxOptions } from "./box.js";
export { type ArrayAllocator, concatenate, createEmptyArray } from "./concatenate.js";
export { Dict, type DictMask, type DictOptions, type DictSeed, type DictSpaces, type DictValue } from "./dict.js";
export { Discrete, type DiscreteOptions } from "./discrete.js";
export { explainMismatch, type Mismatch } from "./explain-mismatch.js";
export { flatdim, flatten, unflatten } from "./flatten.js";
export { flattenSpace } from "./flatten-space.js";
export { type ItemOf, iterate } from "./iterate.js";
export { MultiDiscrete, type MultiDiscreteMask, type MultiDiscreteOptions } from "./multi-discrete.js";
export type { Nested } from "./nested.js";
export type { Dtype, Json, MaskOf, SampleOptions, SeedResult, Space, ValueOf } from "./space.js";
