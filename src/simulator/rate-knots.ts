/** The arrival rates of N episodes, handed to the kernel piece by piece. @module */
import { KNOT_SECONDS } from "../loadgen/workload.js";
import { EnvInt } from "./fields.js";
import type { KernelCore } from "./kernel-core.js";
import type { StateLayout } from "./layout.js";
import type { SimulatorModel } from "./model.js";

/** Writes the knots that the kernel needs next: before an episode those of its start. */
export class RateKnots {
  readonly #core: KernelCore;
  readonly #envInts: number;
  readonly #tickSeconds: number;
  readonly #timeScale: number;
  readonly #series: Float32Array[];

  constructor(core: KernelCore, { ints }: StateLayout, { tickSeconds, timeScale = 1 }: SimulatorModel) {
    this.#core = core;
    this.#envInts = ints;
    this.#tickSeconds = tickSeconds;
    this.#timeScale = timeScale;
    this.#series = new Array(core.started.length).fill(new Float32Array(2));
  }

  /** Takes up an episode's rates, by knot. Unit: requests per second. */
  take(env: number, series: Float32Array): void {
    this.#series[env] = series;
    this.#core.lastKnots[env] = series.length - 2;
  }

  /**
   * Writes `width` knots of each of the environments `first` to `end - 1` to the kernel's, from the one before its next tick on.
   * @returns The number of the last environment's first.
   */
  write(first: number, end: number, width: number): number {
    const { ints, knots } = this.#core;
    let knot = 0;
    for (let env = first, at = 0; env < end; env++) {
      const series = this.#series[env]!;
      const last = series.length - 1;
      const tick = ints[env * this.#envInts + EnvInt.tick]!;
      knot = Math.max(0, Math.min(last - 1, Math.floor(((tick + 0.5) * this.#tickSeconds) / KNOT_SECONDS)));
      for (let k = knot; k < knot + width; k++) knots[at++] = series[Math.min(last, k)]! / this.#timeScale;
    }
    return knot;
  }
}
