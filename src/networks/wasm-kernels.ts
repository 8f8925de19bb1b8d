/** Kernels of dense layers in WebAssembly with SIMD, compiled from assembly/dense-kernels.ts. @module */
import { DENSE_KERNELS_WASM } from "../wasm/dense-kernels.js";
import type { DenseKernels } from "./dense-kernels.js";

/** What the module exports: the arithmetic, and the memory it works on. */
interface Exports
  extends Pick<DenseKernels, "forward" | "activationGradient" | "weightGradient" | "transpose" | "adam"> {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
}

/** The part of the global `WebAssembly` that is used; its types come with a browser's library only. */
interface WebAssemblyApi {
  validate(bytes: Uint8Array): boolean;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
}

const PAGE = 65_536;

let compiled: object | null | undefined;

/** New kernels with a memory of their own; null where there is no WebAssembly with SIMD. */
export function wasmKernels(): DenseKernels | null {
  compiled ??= compileModule();
  return compiled === null ? null : new WasmKernels(compiled);
}

function webAssembly(): WebAssemblyApi | undefined {
  return (globalThis as unknown as { readonly WebAssembly?: WebAssemblyApi }).WebAssembly;
}

function compileModule(): object | null {
  const api = webAssembly();
  const bytes = Buffer.from(DENSE_KERNELS_WASM, "base64");
  return api?.validate(bytes) ? new api.Module(bytes) : null;
}

class WasmKernels implements DenseKernels {
  readonly name = "wasm" as const;
  readonly #memory: Exports["memory"];
  readonly forward: Exports["forward"];
  readonly activationGradient: Exports["activationGradient"];
  readonly weightGradient: Exports["weightGradient"];
  readonly transpose: Exports["transpose"];
  readonly adam: Exports["adam"];

  constructor(module: object) {
    const { Instance } = webAssembly()!;
    const exports = new Instance(module).exports as Exports;
    this.#memory = exports.memory;
    this.forward = exports.forward;
    this.activationGradient = exports.activationGradient;
    this.weightGradient = exports.weightGradient;
    this.transpose = exports.transpose;
    this.adam = exports.adam;
  }

  get buffer(): ArrayBuffer {
    return this.#memory.buffer;
  }

  reserve(byteLength: number): void {
    const missing = byteLength - this.#memory.buffer.byteLength;
    if (missing > 0) this.#memory.grow(Math.ceil(missing / PAGE));
  }
}
