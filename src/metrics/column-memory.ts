/** The memory that a store's samples and a program's columns share with the kernel of assembly/columns.ts. @module */
import { COLUMNS_WASM } from "../wasm/columns.js";
import { Place } from "./column-codes.js";

/** What the module exports: see assembly/columns.ts. Addresses are in bytes. */
interface ColumnExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  allocate(bytes: number): number;
  configure(places: number): void;
  run(code: number, end: number, first: number, size: number): void;
  observe(
    addresses: number,
    features: number,
    low: number,
    high: number,
    whenEmpty: number,
    last: number,
    envs: number,
  ): void;
  markFallen(rows: number, size: number, place: number, before: number, first: number, end: number): void;
}

/** A step's own operation: see `callHost` in assembly/columns/host.ts. */
export type HostCall = (step: number, item: number, listed: number) => void;

/** By feature: its bounds as observations have them, and what stands for no value, NaN where the last observation does. All in one memory. */
export interface FeatureBounds {
  readonly low: Float32Array;
  readonly high: Float32Array;
  readonly whenEmpty: Float32Array;
}

/** Arrays begin at multiples of this many bytes. */
const ALIGNMENT = 16;

/**
 * Memory of a fixed size, and the kernel over it. Arrays are handed out one after the other, zeroed; it never grows, so they stay valid.
 */
export class ColumnMemory {
  readonly #exports: ColumnExports;
  readonly #places: Int32Array;
  #next: number;
  #callHost: HostCall = () => undefined;

  /** @param bytes - Room for all arrays: see {@link bytesFor}. */
  constructor(bytes: number) {
    this.#exports = instantiate((step, item, listed) => this.#callHost(step, item, listed));
    // The kernel may read past the end of the last array.
    this.#next = this.#exports.allocate(bytes + bytesFor(4, Place.size) + ALIGNMENT);
    this.#places = this.int32(Place.size);
  }

  float64(length: number): Float64Array {
    return new Float64Array(this.#exports.memory.buffer, this.#take(8 * length), length);
  }

  float32(length: number): Float32Array {
    return new Float32Array(this.#exports.memory.buffer, this.#take(4 * length), length);
  }

  int32(length: number): Int32Array {
    return new Int32Array(this.#exports.memory.buffer, this.#take(4 * length), length);
  }

  uint8(length: number): Uint8Array {
    return new Uint8Array(this.#exports.memory.buffer, this.#take(length), length);
  }

  /** Tells the kernel sizes, and where arrays lie, each by its place. */
  place(places: Readonly<Partial<Record<keyof typeof Place, number | ArrayBufferView>>>): void {
    for (const [name, value] of Object.entries(places)) {
      this.#places[Place[name as keyof typeof Place]] = typeof value === "number" ? value : value.byteOffset;
    }
    this.#exports.configure(this.#places.byteOffset);
  }

  /** Says who runs what a program leaves to the host. */
  set host(call: HostCall) {
    this.#callHost = call;
  }

  /** Runs a program over environments `first` to `first + size - 1`, which have their newest samples in one ring row. */
  run(code: Int32Array, first: number, size: number): void {
    this.#exports.run(code.byteOffset, code.byteOffset + code.byteLength, first, size);
  }

  /** Takes down where counters fell: see assembly/columns/scrape.ts. */
  markFallen(rows: Int32Array, place: number, before: number, first: number, end: number): void {
    this.#exports.markFallen(rows.byteOffset, rows.length, place, before, first, end);
  }

  /** Makes observations of values: see assembly/columns/observe.ts. @param addresses - By feature, the `byteOffset` of its values. */
  observe(addresses: Int32Array, bounds: FeatureBounds, last: Float32Array, envs: number): void {
    const { low, high, whenEmpty } = bounds;
    this.#exports.observe(
      addresses.byteOffset,
      low.length,
      low.byteOffset,
      high.byteOffset,
      whenEmpty.byteOffset,
      last.byteOffset,
      envs,
    );
  }

  #take(bytes: number): number {
    const address = this.#next;
    this.#next += Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
    return address;
  }
}

/** What arrays of these lengths, of elements of so many bytes, take up in a memory. */
export function bytesFor(elementBytes: number, ...lengths: readonly number[]): number {
  return lengths.reduce((sum, length) => sum + Math.ceil((elementBytes * length) / ALIGNMENT) * ALIGNMENT, 0);
}

/** The part of the global `WebAssembly` that is used; its types come with a browser's library only. */
interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
}

let compiled: object | undefined;

function instantiate(call: HostCall): ColumnExports {
  const api = (globalThis as unknown as { readonly WebAssembly: WebAssemblyApi }).WebAssembly;
  compiled ??= new api.Module(Buffer.from(COLUMNS_WASM, "base64"));
  return new api.Instance(compiled, { env: { abort: () => undefined }, host: { call } }).exports as ColumnExports;
}
