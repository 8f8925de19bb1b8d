/** What requests are counted by where time passes faster for all else, and the plumbing that is added to their response times. @module */
import type { SimulatorModel } from "./model.js";
import type { Rows } from "./rows.js";

/** Counters of requests over one advance: what was added is scaled. */
export class RequestScale {
  readonly #timeScale: number;
  readonly #plumbingSeconds: number;
  readonly #current: Float64Array;
  readonly #stride: number;
  /** Rows of counters of requests; then those of sums of response times, and of the counts that belong to them. */
  readonly #counters: readonly number[];
  readonly #sums: readonly number[];
  readonly #counts: readonly number[];
  readonly #before: Float64Array;

  /** The scale of a model, or null where there is nothing to do. */
  static of(model: SimulatorModel, rows: Rows, current: Float64Array, stride: number): RequestScale | null {
    const { timeScale = 1, plumbingSeconds = 0 } = model;
    if (timeScale === 1 && plumbingSeconds === 0) return null;
    return new RequestScale(timeScale, plumbingSeconds, rows, current, stride);
  }

  private constructor(timeScale: number, plumbingSeconds: number, rows: Rows, current: Float64Array, stride: number) {
    this.#timeScale = timeScale;
    this.#plumbingSeconds = plumbingSeconds;
    this.#current = current;
    this.#stride = stride;
    const { tiers } = rows;
    this.#sums = tiers.map(({ sum }) => sum);
    this.#counts = tiers.map(({ count }) => count);
    const between = (first: number, end: number): number[] => Array.from({ length: end - first }, (_, k) => first + k);
    const perTier = tiers.flatMap(({ code200, code503, code504, bucket, sum, count }) => [
      ...[code200, code503, code504, count],
      ...between(bucket, sum),
    ]);
    this.#counters = [rows.offered, ...perTier];
    this.#before = new Float64Array(rows.schema.size);
  }

  /** Notes the counters of an environment before it advances. */
  begin(env: number): void {
    for (const row of this.#counters) this.#before[row] = this.#current[row * this.#stride + env]!;
    for (const row of this.#sums) this.#before[row] = this.#current[row * this.#stride + env]!;
  }

  /** Scales what was added since. */
  end(env: number): void {
    const before = this.#before;
    const at = (row: number): number => row * this.#stride + env;
    for (let t = 0; t < this.#sums.length; t++) {
      const [sum, count] = [this.#sums[t]!, this.#counts[t]!];
      const answered = this.#current[at(count)]! - before[count]!;
      // The model's seconds are `timeScale` times those of a request, and so are the requests fewer.
      const seconds = this.#current[at(sum)]! - before[sum]!;
      this.#current[at(sum)] = before[sum]! + seconds + this.#timeScale * answered * this.#plumbingSeconds;
    }
    if (this.#timeScale === 1) return;
    for (const row of this.#counters) {
      this.#current[at(row)] = before[row]! + this.#timeScale * (this.#current[at(row)]! - before[row]!);
    }
  }
}
