/** Plain data as JSON and one block of bytes: typed arrays, bigints and odd numbers survive. No code is ever run by it. @module */
import { crc32 } from "node:zlib";
import { type Dtype, isDtype, zeros } from "../../dtype.js";
import { NotSupportedError } from "../../errors.js";

/** A value in two parts. */
export interface Packed {
  readonly json: unknown;
  /** What the JSON's arrays refer to. */
  readonly bytes: Uint8Array;
}

/** Called with what is wrong, and where in the block of bytes; must throw. */
export type Refuse = (detail: string, offset: number) => never;

/** Key that marks what JSON has no word for. */
const TAG = "$";

type Tagged =
  | { readonly $: "number" | "bigint"; readonly value: string }
  | { readonly $: "undefined" }
  | {
      readonly $: "array";
      readonly dtype: Dtype;
      readonly offset: number;
      readonly length: number;
      readonly crc: number;
    };

/** @throws NotSupportedError for functions, symbols, and objects that are no plain data */
export function pack(value: unknown): Packed {
  const chunks: Uint8Array[] = [];
  let byteLength = 0;
  const packArray = (array: Float32Array): Tagged => {
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    const offset = byteLength;
    const padded = new Uint8Array(Math.ceil(bytes.length / 8) * 8);
    padded.set(bytes);
    chunks.push(padded);
    byteLength += padded.length;
    return { $: "array", dtype: dtypeOf(array), offset, length: array.length, crc: crc32(bytes) };
  };
  const packOne = (one: unknown): unknown => {
    if (one === null || typeof one === "boolean" || typeof one === "string") return one;
    if (typeof one === "number") {
      return Number.isFinite(one) && !Object.is(one, -0)
        ? one
        : { $: "number", value: Object.is(one, -0) ? "-0" : `${one}` };
    }
    if (typeof one === "bigint") return { $: "bigint", value: `${one}` };
    if (one === undefined) return { $: "undefined" };
    if (Array.isArray(one)) return one.map(packOne);
    if (ArrayBuffer.isView(one) && !(one instanceof DataView)) return packArray(one as Float32Array);
    if (typeof one === "object" && isPlain(one)) {
      if (TAG in one) throw new NotSupportedError(`Saving an object with the key ${TAG}`, "Name it otherwise.");
      return Object.fromEntries(Object.entries(one).map(([key, entry]) => [key, packOne(entry)]));
    }
    throw new NotSupportedError(`Saving ${String(one)}`, "Only plain data can be saved.");
  };
  const json = packOne(value);
  const bytes = new Uint8Array(byteLength);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return { json, bytes };
}

/** The value that was packed; the caller owns it. */
export function unpack({ json, bytes }: Packed, refuse: Refuse): unknown {
  const unpackOne = (one: unknown): unknown => {
    if (typeof one !== "object" || one === null) return one;
    if (Array.isArray(one)) return one.map(unpackOne);
    if (Object.hasOwn(one, TAG)) return untag(one as Tagged, bytes, refuse);
    return Object.fromEntries(Object.entries(one).map(([key, entry]) => [key, unpackOne(entry)]));
  };
  return unpackOne(json);
}

function untag(tagged: Tagged, bytes: Uint8Array, refuse: Refuse): unknown {
  switch (tagged.$) {
    case "number":
      return Number(tagged.value);
    case "bigint":
      return BigInt(tagged.value);
    case "undefined":
      return undefined;
    default:
      return readArray(tagged, bytes, refuse);
  }
}

function readArray(tagged: Extract<Tagged, { $: "array" }>, bytes: Uint8Array, refuse: Refuse): unknown {
  const { dtype, offset, length, crc } = tagged;
  if (!isDtype(dtype) || !isCount(offset) || !isCount(length)) return refuse("An array's description is damaged.", 0);
  const size = zeros(dtype, 0).BYTES_PER_ELEMENT;
  if (offset + length * size > bytes.length) return refuse("The file ends inside an array.", bytes.length);
  const array = zeros(dtype, length);
  const part = bytes.subarray(offset, offset + length * size);
  if (crc32(part) !== crc) return refuse(`The ${length} numbers from here on are damaged.`, offset);
  new Uint8Array(array.buffer).set(part);
  return array;
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function dtypeOf(array: ArrayBufferView): Dtype {
  const name = array.constructor.name.replace(/Array$/, "").toLowerCase();
  const dtype = name.replace("big", "");
  if (isDtype(dtype)) return dtype;
  throw new NotSupportedError(`Saving a ${array.constructor.name}`, "Use another typed array.");
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
