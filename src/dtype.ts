/** Element types of arrays, named as NumPy names them, and the typed array of each. @module */

/** Element types of integer arrays. */
export type IntegerDtype = "int8" | "uint8" | "int16" | "uint16" | "int32" | "uint32" | "int64" | "uint64";

/** Element types of array spaces, named as NumPy names them. */
export type Dtype = IntegerDtype | "float32" | "float64";

/** The typed array of each element type. */
export interface TypedArrays {
  int8: Int8Array;
  uint8: Uint8Array;
  int16: Int16Array;
  uint16: Uint16Array;
  int32: Int32Array;
  uint32: Uint32Array;
  int64: BigInt64Array;
  uint64: BigUint64Array;
  float32: Float32Array;
  float64: Float64Array;
}

/** The typed array of one element type. */
export type TypedArrayOf<D extends Dtype> = TypedArrays[D];

type TypedArrayConstructors = { readonly [D in Dtype]: { new (length: number): TypedArrays[D] } };

const CONSTRUCTORS: TypedArrayConstructors = {
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  int64: BigInt64Array,
  uint64: BigUint64Array,
  float32: Float32Array,
  float64: Float64Array,
};

/** A zeroed typed array of `length` elements. */
export function zeros<D extends Dtype>(dtype: D, length: number): TypedArrayOf<D> {
  // By name for the usual one: an array by a constructor that is looked up takes twice as long.
  if (dtype === "float32") return new Float32Array(length) as TypedArrayOf<D>;
  return new CONSTRUCTORS[dtype](length);
}

/** Whether a value is the typed array of an element type. */
export function isTypedArrayOf<D extends Dtype>(dtype: D, value: unknown): value is TypedArrayOf<D> {
  return value instanceof (CONSTRUCTORS[dtype] as unknown as new () => unknown);
}

/** Whether a name is an element type. */
export function isDtype(name: unknown): name is Dtype {
  return typeof name === "string" && Object.hasOwn(CONSTRUCTORS, name);
}

/** Whether elements are floating-point numbers. */
export function isFloat(dtype: Dtype): dtype is "float32" | "float64" {
  return dtype === "float32" || dtype === "float64";
}

/** The smallest and the largest value of an integer type. */
export function integerLimits(dtype: IntegerDtype): { readonly min: bigint; readonly max: bigint } {
  const signed = dtype.startsWith("int");
  const bits = BigInt(dtype.slice(signed ? 3 : 4));
  return signed ? { min: -(1n << (bits - 1n)), max: (1n << (bits - 1n)) - 1n } : { min: 0n, max: (1n << bits) - 1n };
}
