/** Where the numbers of a dense network lie in its memory. @module */
import type { NetworkSpec } from "./network.js";

/** Places of one layer, in bytes. */
interface LayerPlaces {
  readonly kernel: number;
  readonly bias: number;
  readonly transposed: number;
}

/** One weight tensor: numbers, not bytes. */
interface TensorPlace {
  readonly start: number;
  readonly rows: number;
  readonly columns: number;
  /** From one row to the next. */
  readonly stride: number;
}

/** Address 0 means "none", so that nothing lies there. */
const START = 64;

/**
 * The order in memory: weights, their gradients, Adam's two means (four blocks of the same layout), transposed kernels,
 * then for each layer the rows of a batch and of their gradients.
 */
export class DenseLayout {
  readonly parameters: number = START;
  /** Length of each of the four blocks. Unit: numbers. */
  readonly count: number;
  /** Widths of inputs and layers, padded. */
  readonly widths: readonly number[];
  readonly layers: readonly LayerPlaces[];
  readonly rowsStart: number;
  readonly #spec: NetworkSpec;
  /** Rows there is room for. */
  rows = 0;
  byteLength: number;
  /** Rows of inputs and of each layer's outputs. Unit: bytes. */
  activations: readonly number[] = [];
  /** Their gradients. */
  gradients: readonly number[] = [];

  constructor(spec: NetworkSpec) {
    this.#spec = spec;
    this.widths = [spec.inputs, ...spec.layers.map(({ units }) => units)].map((width) => Math.ceil(width / 8) * 8);
    let at = START;
    const places = spec.layers.map((_, k) => {
      const [inputs, outputs] = [this.widths[k]!, this.widths[k + 1]!];
      const kernel = at;
      const bias = kernel + 4 * inputs * outputs;
      at = bias + 4 * outputs;
      return { kernel, bias };
    });
    this.count = (at - START) / 4;
    at = START + 16 * this.count;
    this.layers = places.map((place, k) => {
      const transposed = at;
      at += 4 * this.widths[k]! * this.widths[k + 1]!;
      return { ...place, transposed };
    });
    this.rowsStart = at;
    this.byteLength = at;
  }

  /** Makes room for batches of this many rows, a multiple of 4; the places of rows move. */
  reserveRows(rows: number): void {
    this.rows = rows;
    let at = this.rowsStart;
    const take = (width: number): number => {
      const place = at;
      at += 4 * width * rows;
      return place;
    };
    this.activations = this.widths.map(take);
    this.gradients = this.widths.map(take);
    this.byteLength = at;
  }

  /** The weight tensors of one block: 0 weights, 1 gradients, 2 and 3 Adam's means. */
  tensors(block: number): TensorPlace[] {
    return this.#spec.layers.flatMap(({ units }, k) => {
      const { kernel, bias } = this.layers[k]!;
      const inputs = k === 0 ? this.#spec.inputs : this.#spec.layers[k - 1]!.units;
      const [shift, stride] = [block * this.count, this.widths[k + 1]!];
      return [
        { start: kernel / 4 + shift, rows: inputs, columns: units, stride },
        { start: bias / 4 + shift, rows: 1, columns: units, stride },
      ];
    });
  }
}
