/** Running moments of one value after another in WebAssembly with SIMD, compiled from assembly/running-moments.ts. @module */
import { RUNNING_MOMENTS_WASM } from "../wasm/running-moments.js";

/** What the module exports. Addresses are in bytes. */
interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  capacity(): number;
  address(): number;
  take(count: number, total: number, epsilon: number, size: number): void;
}

/** The part of the global `WebAssembly` that is used; its types come with a browser's library only. */
interface WebAssemblyApi {
  validate(bytes: Uint8Array): boolean;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
}

/** One who may have its moments in the kernel's memory. */
export interface MomentsOwner {
  /** Copies them back: another one is about to use the memory. */
  settle(): void;
}

/** One memory for all statistics of a thread: it holds the moments of the last one that used it. */
export class MomentsKernel {
  /** How many elements a value may have. */
  readonly capacity: number;
  readonly values: Float32Array;
  readonly mean: Float32Array;
  readonly variance: Float32Array;
  readonly normalized: Float32Array;
  /** Takes in `values` and gives it `normalized`; `total` is one more than `count`, how many values there were before. */
  readonly take: (count: number, total: number, epsilon: number, size: number) => void;
  owner: MomentsOwner | null = null;

  constructor({ memory, capacity, address, take }: Exports) {
    this.capacity = capacity();
    const part = (index: number): Float32Array => {
      return new Float32Array(memory.buffer, address() + 4 * this.capacity * index, this.capacity);
    };
    this.values = part(0);
    this.mean = part(1);
    this.variance = part(2);
    this.normalized = part(3);
    this.take = take;
  }
}

let kernel: MomentsKernel | null | undefined;

/** The kernel of this thread, made when it is first asked for; null where there is no WebAssembly with SIMD. */
export function momentsKernel(): MomentsKernel | null {
  if (kernel === undefined) kernel = makeKernel();
  return kernel;
}

function makeKernel(): MomentsKernel | null {
  const api = (globalThis as unknown as { readonly WebAssembly?: WebAssemblyApi }).WebAssembly;
  const bytes = Buffer.from(RUNNING_MOMENTS_WASM, "base64");
  if (!api?.validate(bytes)) return null;
  return new MomentsKernel(new api.Instance(new api.Module(bytes)).exports as Exports);
}
