/** What the kernel of assembly/simulator.ts exports, and instances of it. @module */
import { SIMULATOR_WASM } from "../wasm/simulator.js";

/** What the module exports: see assembly/simulator.ts. Addresses are in bytes. */
export interface CoreExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  allocate(bytes: number): number;
  configure(model: number): void;
  startReplicas(env: number, now: number): void;
  drawArrivals(
    env: number,
    ticks: number,
    knots: number,
    firstKnot: number,
    lastKnot: number,
    rates: number,
    counts: number,
  ): void;
  processAt(env: number, tick: number, now: number): void;
  finish(env: number, tick: number): void;
  advance(
    first: number,
    end: number,
    ticks: number,
    knots: number,
    width: number,
    firstKnots: number,
    lastKnots: number,
    skip: number,
    rates: number,
    counts: number,
  ): void;
  collect(first: number, end: number, machines: number, started: number, applying: number): void;
  isApplying(env: number): number;
  demandTier(tier: number, wanted: number): void;
  poissonQuantile(u: number, mean: number): number;
  addGammaResponses(into: number, weight: number, mean: number, variance: number): void;
  makeBacklog(cohorts: number): number;
  serveBacklog(line: number, service: number): void;
  advanceBacklog(line: number, left: number, size: number, arrivals: number, out: number): number;
}

/** The part of the global `WebAssembly` that is used; its types come with a browser's library only. */
interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
}

let compiled: object | undefined;

/** A new instance of the kernel. @param imports - What assembly/simulator/host.ts declares. */
export function instantiateCore(imports: object): CoreExports {
  const api = (globalThis as unknown as { readonly WebAssembly: WebAssemblyApi }).WebAssembly;
  compiled ??= new api.Module(Buffer.from(SIMULATOR_WASM, "base64"));
  return new api.Instance(compiled, imports).exports as CoreExports;
}
