/** A compiled program over one store: written for the kernel of columns, with the memory it works on. @module */
import { Opcode } from "../column-codes.js";
import { bytesFor } from "../column-memory.js";
import { ringOfResults } from "../result-history.js";
import { optionalRows, ringOfSamples } from "../ring-shape.js";
import { SeriesStore, type SeriesStoreOptions } from "../series-store.js";
import { CodeWriter } from "./code-writer.js";
import { blockShape, createFrame, type Frame, frameBytes, placeFrame } from "./frame.js";
import type { BuiltProgram } from "./program-builder.js";

/** Evaluates a program's columns over its store. */
export class PlacedProgram {
  readonly store: SeriesStore;
  readonly #frame: Frame;
  readonly #code: Int32Array;

  /** @param results - Per query, the columns of which at most one has a value. */
  constructor(program: BuiltProgram, results: readonly Int32Array[], options: SeriesStoreOptions) {
    const { numEnvs } = options;
    const words = codeOf(program, results, options);
    const { columns, windows, constants, steps } = program;
    const own = frameBytes(numEnvs, columns, windows.length) + bytesFor(4, words.length);
    const room = own + (options.room ?? 0);
    this.store = new SeriesStore({ ...options, queries: results.length, room });
    const { memory } = this.store;
    const frame = createFrame(this.store, columns, windows.length);
    this.#frame = frame;
    for (const [column, value] of constants) {
      frame.values.fill(value, column * frame.stride, (column + 1) * frame.stride);
      frame.present.fill(1, column * frame.stride, (column + 1) * frame.stride);
    }
    this.#code = memory.int32(words.length);
    this.#code.set(words);
    const operations = steps.map((step) => (typeof step === "function" ? step : step.host));
    memory.host = (step, item, listed) => operations[step]!(frame, item, listed);
  }

  /** Fills the store's results for environments [firstEnv, endEnv); NaN where one is empty. */
  evaluate(firstEnv: number, endEnv: number): void {
    const frame = this.#frame;
    for (let first = firstEnv; first < endEnv; first += frame.size) {
      placeFrame(frame, first, endEnv);
      this.store.memory.run(this.#code, first, frame.size);
    }
  }
}

function codeOf(program: BuiltProgram, results: readonly Int32Array[], options: SeriesStoreOptions): readonly number[] {
  const { numEnvs, ringSamples, history, optional } = options;
  const code = new CodeWriter({
    numEnvs,
    ring: ringOfSamples(ringSamples),
    historyRing: ringOfResults(history),
    stride: blockShape(numEnvs).stride,
    optionalRow: optionalRows(optional),
  });
  program.windows.forEach(({ newest, oldest }, window) => {
    code.write(Opcode.locate, [window, newest, oldest]);
  });
  program.steps.forEach((step, number) => {
    if (typeof step === "function") code.write(Opcode.host, [number]);
    else step.write(code, number);
  });
  const kept = program.kept.map((column) => code.column(column));
  if (kept.length > 0) code.write(Opcode.keep, [kept.length, ...kept]);
  const found = results.map((columns, q) =>
    Array.from(columns, (column, k) => [q * numEnvs, code.column(column), k === 0 ? 1 : 0]),
  );
  code.write(Opcode.results, found.flat(2));
  return code.words;
}
