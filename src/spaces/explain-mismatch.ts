/** Why a value is not in a space, in words for an error. @module */
import { type Dtype, isTypedArrayOf, zeros } from "../dtype.js";
import { InvalidOptionError } from "../errors.js";
import { splitBatch } from "./batch-values.js";
import { Box } from "./box.js";
import { Dict, type DictSpaces } from "./dict.js";
import { Discrete } from "./discrete.js";
import { Graph, type GraphInstance } from "./graph.js";
import { MultiBinary } from "./multi-binary.js";
import { MultiDiscrete, type MultiDiscreteDtype } from "./multi-discrete.js";
import { sizeOf } from "./nested.js";
import { OneOf } from "./one-of.js";
import { Sequence } from "./sequence.js";
import type { Space } from "./space.js";
import { Text } from "./text.js";
import { Tuple, type TupleSpaces } from "./tuple.js";

/** Something about a value that does not fit its space: what InvalidActionError is made of. */
export interface Mismatch {
  /** Where in the value, such as `web.replicas` or `position[2]`; empty for the value as a whole. */
  readonly path: string;
  /** What would fit there, such as "an integer from 0 to 4". */
  readonly expected: string;
  /** What is there. */
  readonly got: unknown;
}

/**
 * Says why a space does not contain a value.
 *
 * @param space - The space.
 * @param value - The value to judge.
 * @param path - Where the value stands in a larger one.
 * @returns The first mismatch, or null where the space contains the value.
 * @example
 * explainMismatch(new Discrete(5), 11); // { path: "", expected: "an integer from 0 to 4", got: 11 }
 */
export function explainMismatch(space: Space<unknown>, value: unknown, path: string = ""): Mismatch | null {
  return listMismatches(space, value, path)[0] ?? null;
}

/** All that {@link explainMismatch} could name: empty where the space contains the value. */
export function listMismatches(space: Space<unknown>, value: unknown, path: string = ""): Mismatch[] {
  if (space.contains(value)) return [];
  const mismatches = mismatchesOf(space, value, path);
  return mismatches.length > 0 ? mismatches : [{ path, expected: `a value of ${space}`, got: value }];
}

/** @throws {@link InvalidOptionError} listing all mismatches, when a space does not contain a value. */
export function checkValue(space: Space<unknown>, value: unknown, name: string = "value"): void {
  if (!space.contains(value)) throw InvalidOptionError.of(listMismatches(space, value, name));
}

function mismatchesOf(space: Space<unknown>, value: unknown, path: string): Mismatch[] {
  if (space instanceof Discrete) {
    return [{ path, expected: range(space.start, space.start + space.n - 1), got: value }];
  }
  if (space instanceof MultiDiscrete) return multiDiscreteMismatches(space, value, path);
  if (space instanceof MultiBinary) return multiBinaryMismatches(space, value, path);
  if (space instanceof Box) return boxMismatches(space, value, path);
  if (space instanceof Text) return textMismatches(space, value, path);
  if (space instanceof Dict) return dictMismatches(space, value, path);
  if (space instanceof Tuple) {
    const { spaces } = space as Tuple<TupleSpaces>;
    if (!isListOf(value, spaces.length)) return [{ path, expected: `a list of ${spaces.length} values`, got: value }];
    return spaces.flatMap((part, i) => listMismatches(part, value[i], `${path}[${i}]`));
  }
  if (space instanceof OneOf) return oneOfMismatches(space as OneOf<TupleSpaces>, value, path);
  if (space instanceof Sequence) {
    const items = (space as Sequence<Space<unknown>, boolean>).itemsOf(value);
    const expected = space.stack ? `a batch of values of ${space.featureSpace}` : "a list";
    return items === null ? [{ path, expected, got: value }] : itemMismatches(space.featureSpace, items, path);
  }
  return space instanceof Graph ? graphMismatches(space, value, path) : [];
}

function itemMismatches(space: Space<unknown>, items: readonly unknown[], path: string): Mismatch[] {
  return items.flatMap((item, i) => listMismatches(space, item, `${path}[${i}]`));
}

function multiDiscreteMismatches(
  { start, nvec, dtype }: MultiDiscrete<MultiDiscreteDtype>,
  value: unknown,
  path: string,
): Mismatch[] {
  if (!isTypedArrayOf<MultiDiscreteDtype>(dtype, value) || value.length !== nvec.length) {
    return [{ path, expected: arrayOf(zeros(dtype, 0).constructor.name, nvec.length, "integer"), got: value }];
  }
  return Array.from(value).flatMap((element, i) => {
    const first = start[i]!;
    const last = first + nvec[i]! - 1;
    if (element >= first && element <= last) return [];
    return [{ path: `${path}[${i}]`, expected: range(first, last), got: element }];
  });
}

function multiBinaryMismatches({ shape }: MultiBinary, value: unknown, path: string): Mismatch[] {
  const size = sizeOf(shape);
  if (!(value instanceof Int8Array) || value.length !== size) {
    return [{ path, expected: arrayOf("Int8Array", size, "integer"), got: value }];
  }
  return Array.from(value).flatMap((element, i) => {
    return element === 0 || element === 1 ? [] : [{ path: `${path}[${i}]`, expected: "0 or 1", got: element }];
  });
}

function boxMismatches(space: Box<Dtype>, value: unknown, path: string): Mismatch[] {
  const { low, high } = space;
  if (!isTypedArrayOf(space.dtype, value) || value.length !== low.length) {
    return [{ path, expected: arrayOf(low.constructor.name, low.length, "number"), got: value }];
  }
  const elements: ArrayLike<number | bigint> = value;
  return Array.from(elements).flatMap((element, i) => {
    if (element >= low[i]! && element <= high[i]!) return [];
    return [{ path: `${path}[${i}]`, expected: `a number from ${low[i]} to ${high[i]}`, got: element }];
  });
}

function textMismatches(space: Text, value: unknown, path: string): Mismatch[] {
  const { minLength, maxLength } = space;
  const expected = `a text of ${minLength === maxLength ? minLength : `${minLength} to ${maxLength}`} characters`;
  if (typeof value !== "string") return [{ path, expected, got: value }];
  const characters = [...value];
  const issues = characters.flatMap((character, i) => {
    if (space.characterIndex(character) !== undefined) return [];
    return [{ path: `${path}[${i}]`, expected: `one of the characters ${space.characters}`, got: character }];
  });
  const fits = characters.length >= minLength && characters.length <= maxLength;
  return fits ? issues : [{ path, expected, got: value }, ...issues];
}

function dictMismatches(space: Dict<DictSpaces>, value: unknown, path: string): Mismatch[] {
  const names = Object.keys(space.spaces);
  const expected = `an object with ${names.length === 1 ? "the name" : "the names"} ${names.join(", ")}`;
  if (typeof value !== "object" || value === null) return [{ path, expected, got: value }];
  const record = value as Readonly<Record<string, unknown>>;
  const issues = names.flatMap((name) => listMismatches(space.spaces[name]!, record[name], partPath(path, name)));
  const isLarger = Object.keys(record).some((name) => !Object.hasOwn(space.spaces, name));
  return isLarger ? [...issues, { path, expected, got: Object.keys(record) }] : issues;
}

function oneOfMismatches({ spaces }: OneOf<TupleSpaces>, value: unknown, path: string): Mismatch[] {
  const expected = `a pair of ${range(0, spaces.length - 1)} and a value`;
  if (!isListOf(value, 2)) return [{ path, expected, got: value }];
  const part = Number.isInteger(value[0]) ? spaces[value[0] as number] : undefined;
  if (part === undefined) return [{ path: `${path}[0]`, expected: range(0, spaces.length - 1), got: value[0] }];
  return listMismatches(part, value[1], `${path}[1]`);
}

function graphMismatches(
  { nodeSpace, edgeSpace }: Graph<Space<unknown>, Space<unknown> | null>,
  value: unknown,
  path: string,
): Mismatch[] {
  const expected = "an object with the names nodes, edges, edgeLinks";
  if (typeof value !== "object" || value === null) return [{ path, expected, got: value }];
  const { nodes, edges, edgeLinks } = value as Partial<GraphInstance>;
  const issues = batchMismatches(nodeSpace, nodes, partPath(path, "nodes"));
  if (edges === null && edgeLinks === null) return issues;
  if (edgeSpace === null) return [...issues, { path: partPath(path, "edges"), expected: "null", got: edges }];
  issues.push(...batchMismatches(edgeSpace, edges, partPath(path, "edges")));
  const links = partPath(path, "edgeLinks");
  const length = 2 * (splitBatch(edgeSpace, edges)?.length ?? 0);
  if (!(edgeLinks instanceof Int32Array) || edgeLinks.length !== length) {
    return [...issues, { path: links, expected: arrayOf("Int32Array", length, "integer"), got: edgeLinks }];
  }
  const last = (splitBatch(nodeSpace, nodes)?.length ?? 0) - 1;
  edgeLinks.forEach((node, i) => {
    if (!(node >= 0 && node <= last)) issues.push({ path: `${links}[${i}]`, expected: range(0, last), got: node });
  });
  return issues;
}

function batchMismatches(space: Space<unknown>, batch: unknown, path: string): Mismatch[] {
  const items = splitBatch(space, batch);
  if (items === null) return [{ path, expected: `a batch of values of ${space}`, got: batch }];
  return itemMismatches(space, items, path);
}

function isListOf(value: unknown, length: number): value is readonly unknown[] {
  return Array.isArray(value) && value.length === length;
}

function partPath(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}

function range(first: number, last: number): string {
  return first === last ? `the integer ${first}` : `an integer from ${first} to ${last}`;
}

function arrayOf(type: string, length: number, element: string): string {
  // A "Uint8Array" begins with the sound of "you".
  const article = /^[AEIO]/.test(type) ? "an" : "a";
  return `${article} ${type} of ${length} ${element}${length === 1 ? "" : "s"}`;
}
