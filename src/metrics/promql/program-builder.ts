/** Collects the operations of all queries of a program; what is written twice is computed once. @module */
import { Opcode } from "../column-codes.js";
import type { SeriesSchema } from "../series.js";
import type { CodedStep, Step } from "./frame.js";
import { instantWindow, type PromqlProfile, type SampleWindow, sampleWindow } from "./sample-window.js";

/** Which recorded rows an operation reads, and the column it fills from each. */
export interface Targets {
  readonly rows: Int32Array;
  readonly columns: Int32Array;
}

interface Batch {
  readonly make: (targets: Targets) => Step;
  readonly series: number[];
  readonly columns: number[];
}

/** Finished operations, and what a store must keep for them. */
export interface BuiltProgram {
  readonly steps: readonly Step[];
  readonly columns: number;
  readonly constants: ReadonlyMap<number, number>;
  readonly windows: readonly SampleWindow[];
  readonly recorded: Int32Array;
  /** Per recorded series: 1 where it is read as a counter. */
  readonly counters: Uint8Array;
  readonly ringSamples: number;
  /** Columns whose results are kept, by history expression. */
  readonly kept: readonly number[];
  /** How many steps back results are looked up, at most. */
  readonly keptSteps: number;
}

/** Columns, windows and recorded series of a program that is being compiled. */
export class ProgramBuilder {
  readonly schema: SeriesSchema;
  readonly profile: PromqlProfile;
  readonly scrapeMs: number;
  readonly stepMs: number;
  readonly #columns = new Map<string, number>();
  readonly #steps: Step[] = [];
  readonly #batches = new Map<string, Batch>();
  readonly #constants = new Map<number, number>();
  readonly #windows: SampleWindow[] = [];
  readonly #series = new Map<number, { counter: boolean }>();
  readonly #kept: number[] = [];
  #samples = 2;
  #size = 0;
  #keptSteps = 0;

  constructor(schema: SeriesSchema, profile: PromqlProfile, scrapeMs: number, stepMs: number) {
    this.schema = schema;
    this.profile = profile;
    this.scrapeMs = scrapeMs;
    this.stepMs = stepMs;
  }

  /** The column that a key stands for; `make` gives its operation, which may use columns made before. */
  column(key: string, make: (target: number) => Step): number {
    return this.columns([key], ([target]) => make(target!))[0]!;
  }

  /** The columns that keys stand for, which one operation fills. The same first key must come with the same others. */
  columns(keys: readonly string[], make: (targets: readonly number[]) => Step): readonly number[] {
    if (!this.#columns.has(keys[0]!)) {
      const targets = keys.map(() => this.#size++);
      keys.forEach((key, k) => {
        this.#columns.set(key, targets[k]!);
      });
      this.#steps.push(make(targets));
    }
    return keys.map((key) => this.#columns.get(key)!);
  }

  /**
   * A column of one recorded series. All series of a batch are filled by one operation, before everything else.
   * @param batch - Names the batch; the same name must come with the same `make`.
   */
  seriesColumn(batch: string, series: number, counter: boolean, make: (targets: Targets) => Step): number {
    const key = `${batch} of ${series}`;
    const known = this.#columns.get(key);
    if (known !== undefined) return known;
    const recorded = this.#series.get(series);
    if (recorded) recorded.counter ||= counter;
    else this.#series.set(series, { counter });
    const target = this.#size++;
    this.#columns.set(key, target);
    const members = this.#batches.get(batch) ?? { make, series: [], columns: [] };
    members.series.push(series);
    members.columns.push(target);
    this.#batches.set(batch, members);
    return target;
  }

  /** Has so many samples of a series kept, for what reads them by itself. */
  keep(series: number, samples: number): void {
    if (!this.#series.has(series)) this.#series.set(series, { counter: false });
    this.#samples = Math.max(this.#samples, samples);
  }

  /** A column that always holds one value. */
  constant(value: number): number {
    const key = `constant ${Object.is(value, -0) ? "-0" : value}`;
    const known = this.#columns.get(key);
    if (known !== undefined) return known;
    const target = this.#size++;
    this.#columns.set(key, target);
    this.#constants.set(target, value);
    return target;
  }

  /** The value of a constant column, or undefined. */
  constantOf(column: number): number | undefined {
    return this.#constants.get(column);
  }

  /** Number of a window; equal windows have one number. An instant is a range of 0. */
  window(rangeMs: number, offsetMs: number): number {
    const known = this.#windows.findIndex((w) => w.rangeMs === rangeMs && w.offsetMs === offsetMs);
    if (known >= 0) return known;
    const { scrapeMs, profile } = this;
    const window =
      rangeMs === 0 ? instantWindow(offsetMs, scrapeMs, profile) : sampleWindow(rangeMs, offsetMs, scrapeMs, profile);
    return this.#windows.push(window) - 1;
  }

  windowAt(index: number): SampleWindow {
    return this.#windows[index]!;
  }

  /** A column with another's value so many steps ago. */
  earlier(column: number, steps: number): number {
    if (this.#constants.has(column)) return column;
    let expression = this.#kept.indexOf(column);
    if (expression < 0) expression = this.#kept.push(column) - 1;
    this.#keptSteps = Math.max(this.#keptSteps, steps);
    return this.column(`earlier ${steps} ${column}`, (target) =>
      earlierStep(expression, (steps * this.stepMs) / this.scrapeMs, target),
    );
  }

  build(): BuiltProgram {
    const recorded = [...this.#series.keys()].sort((a, b) => a - b);
    const batches = [...this.#batches.values()].map(({ make, series, columns }) => {
      const rows = Int32Array.from(series, (index) => recorded.indexOf(index));
      return make({ rows, columns: Int32Array.from(columns) });
    });
    return {
      steps: [...batches, ...this.#steps],
      columns: this.#size,
      constants: this.#constants,
      windows: this.#windows,
      recorded: Int32Array.from(recorded),
      counters: Uint8Array.from(recorded, (series) => (this.#series.get(series)!.counter ? 1 : 0)),
      ringSamples: Math.max(this.#samples, ...this.#windows.map(({ newest, oldest }) => Math.max(newest, oldest) + 1)),
      kept: this.#kept,
      keptSteps: this.#keptSteps,
    };
  }
}

function earlierStep(expression: number, back: number, target: number): CodedStep {
  return {
    write: (code) => {
      const { historyRing, numEnvs } = code.shape;
      code.write(Opcode.earlier, [expression * historyRing * numEnvs, back, code.column(target)]);
    },
  };
}
