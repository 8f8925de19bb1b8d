/** Writes programs for the kernel of columns. @module */
import type { Opcode } from "../column-codes.js";

/** What numbers in a program depend on. */
export interface CodeShape {
  readonly numEnvs: number;
  /** Rows of a series' ring, and of a ring of results. */
  readonly ring: number;
  readonly historyRing: number;
  /** Length of a column. */
  readonly stride: number;
  /** Per recorded row: row of its presence, or -1. */
  readonly optionalRow: Int32Array;
}

const words = new Int32Array(2);
const float = new Float64Array(words.buffer);

/** A program that is being written. */
export class CodeWriter {
  readonly shape: CodeShape;
  readonly #words: number[] = [];

  constructor(shape: CodeShape) {
    this.shape = shape;
  }

  /** Adds an operation: see {@link Opcode} for its numbers. */
  write(opcode: Opcode, integers: readonly number[], floats: readonly number[] = []): void {
    this.#words.push(opcode, 2 + integers.length + 2 * floats.length, ...integers);
    for (const number of floats) {
      float[0] = number;
      this.#words.push(words[0]!, words[1]!);
    }
  }

  /** Adds an operation on columns only. */
  writeColumns(opcode: Opcode, ...columns: readonly number[]): void {
    this.write(
      opcode,
      columns.map((column) => this.column(column)),
    );
  }

  /** Where a column begins. */
  column(index: number): number {
    return index * this.shape.stride;
  }

  /** Where a recorded row's ring begins. */
  row(index: number): number {
    return index * this.shape.ring * this.shape.numEnvs;
  }

  /** The program so far. */
  get words(): readonly number[] {
    return this.#words;
  }
}
