/** Parts of the kernel by themselves, called as they are in WebAssembly. @module */
import type { CoreExports } from "../../src/simulator/core-exports.js";
import { KernelCore } from "../../src/simulator/kernel-core.js";
import { layoutState } from "../../src/simulator/layout.js";
import { layoutRows } from "../../src/simulator/rows.js";
import { makeModel } from "./fixtures.js";

/** A kernel of a small model, and memory of its own to hand over. */
export function makeKernel(): { exports: CoreExports; floats: (length: number) => { at: number; view: Float64Array } } {
  const model = makeModel();
  const { exports } = new KernelCore(model, layoutRows(model), layoutState(model), 1, 1);
  return {
    exports,
    floats: (length) => {
      const at = exports.allocate(8 * length);
      return { at, view: new Float64Array(exports.memory.buffer, at, length).fill(0) };
    },
  };
}
