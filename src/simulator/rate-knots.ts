/** The arrival rates of N episodes, handed to the kernel piece by piece. @module */
import { KNOT_SECONDS } from "../loadgen/workload.js";
import { EnvInt } from "./fields.js";
import { type KernelCore, KNOTS_HELD } from "./kernel-core.js";
import type { StateLayout } from "./layout.js";
import type { SimulatorModel } from "./model.js";

/** Writes the knots that the kernel needs, some time ahead: most steps need none. Before an episode they are those of its start. */
export class RateKnots {
  readonly #core: KernelCore;
  readonly #envInts: number;
  readonly #tickSeconds: number;
  readonly #timeScale: number;
  readonly #series: Float32Array[];
  /** By environment: ticks that its knots reach for at least. */
  readonly #left: Float64Array;

  constructor(core: KernelCore, { ints }: StateLayout, { tickSeconds, timeScale = 1 }: SimulatorModel) {
    this.#core = core;
    this.#envInts = ints;
    this.#tickSeconds = tickSeconds;
    this.#timeScale = timeScale;
    this.#series = new Array(core.started.length).fill(new Float32Array(2));
    this.#left = new Float64Array(core.started.length);
  }

  /** Takes up an episode's rates, by knot. Unit: requests per second. */
  take(env: number, series: Float32Array): void {
    this.#series[env] = series;
    this.#core.lastKnots[env] = series.length - 2;
    this.#left[env] = 0;
  }

  /** Sees to it that the environments `first` to `end - 1` have the knots of their next ticks, of which there are at most the kernel's. */
  write(first: number, end: number, ticks: number): void {
    const left = this.#left;
    for (let env = first; env < end; env++) {
      if (left[env]! < ticks) left[env] = this.#writeOne(env);
      left[env]! -= ticks;
    }
  }

  /** @returns How many ticks the knots reach for. */
  #writeOne(env: number): number {
    const { ints, knots, firstKnots } = this.#core;
    const tick = ints[env * this.#envInts + EnvInt.tick]!;
    const series = this.#series[env]!;
    const last = series.length - 1;
    const first = Math.max(0, Math.min(last - 1, Math.floor(((tick + 0.5) * this.#tickSeconds) / KNOT_SECONDS)));
    const at = env * KNOTS_HELD;
    for (let k = 0; k < KNOTS_HELD; k++) knots[at + k] = series[Math.min(last, first + k)]! / this.#timeScale;
    firstKnots[env] = first;
    const beyond = first + KNOTS_HELD - 1;
    if (beyond >= last) return Number.POSITIVE_INFINITY;
    return Math.floor((beyond * KNOT_SECONDS) / this.#tickSeconds - 0.5) - tick;
  }
}
