/**
 * Compiled queries over the columns of many environments, the rings of samples they read, and the observations made of their values.
 *
 * Compiled to WebAssembly by scripts/webassembly.mjs and run by src/metrics/column-memory.ts, which lays out the memory. A program is a list
 * of numbers: see `Opcode`. What is rare, or not worth being written twice, it leaves to the host. All it does is made of IEEE operations
 * that are the same everywhere; columns are worked through two environments at a time, past the last one where their number is odd.
 * @module
 */
import { Opcode } from "../src/metrics/column-codes";
import { operate } from "./columns/arithmetic";
import { circle, wave } from "./columns/circle";
import { apply, times } from "./columns/functions";
import { earlier, keep, takeResults } from "./columns/history";
import { call } from "./columns/host";
import { block, word } from "./columns/places";
import { quantiles } from "./columns/quantile";
import { instants, locate, rates } from "./columns/samples";
import { sums } from "./columns/sums";

export { observe } from "./columns/observe";
export { configure } from "./columns/places";
export { markFallen } from "./columns/scrape";

/** Sets memory aside: once, before the first view of the memory is made. */
export function allocate(bytes: usize): usize {
  return heap.alloc(bytes);
}

/** Runs the program from `code` up to `end` over environments `first` to `first + size - 1`, which have their newest samples in one row. */
export function run(code: usize, end: usize, first: i32, size: i32): void {
  block(first, size);
  for (let at = code; at < end; at += (<usize>word(at, 1)) << 2) {
    switch (word(at, 0)) {
      case Opcode.host:
        call(word(at, 2), 0, 0);
        break;
      case Opcode.locate:
        locate(at);
        break;
      case Opcode.rates:
        rates(at);
        break;
      case Opcode.instants:
        instants(at);
        break;
      case Opcode.floor:
      case Opcode.ceil:
      case Opcode.abs:
      case Opcode.sqrt:
      case Opcode.negate:
        apply(at);
        break;
      case Opcode.time:
        times(at);
        break;
      case Opcode.earlier:
        earlier(at);
        break;
      case Opcode.keep:
        keep(at);
        break;
      case Opcode.sum:
        sums(at);
        break;
      case Opcode.quantile:
        quantiles(at);
        break;
      case Opcode.results:
        takeResults(at);
        break;
      case Opcode.circle:
        circle(at);
        break;
      case Opcode.wave:
        wave(at);
        break;
      default:
        operate(at);
        break;
    }
  }
}
