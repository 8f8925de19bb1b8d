/** What is announced of the load to come, as rows of metrics. @module */
import { KNOT_SECONDS } from "../loadgen/workload.js";
import { AHEAD } from "./rows.js";

/** How far ahead announcements are told: whole numbers of knots. */
const AHEAD_KNOTS: Int32Array = Int32Array.from(AHEAD, ([, seconds]) => seconds / KNOT_SECONDS);
/** From this many knots away on, an announcement is not looked at yet. */
const FARTHEST: number = Math.max(...AHEAD_KNOTS) + 1;

/** Announced extra rates of N environments, some times ahead. Unit: requests per second. */
export class Announcements {
  readonly #current: Float64Array;
  readonly #firstRow: number;
  readonly #stride: number;
  readonly #tickSeconds: number;
  readonly #series: Float32Array[];
  /** By environment: the first and the last knot that is not 0. */
  readonly #from: Int32Array;
  readonly #until: Int32Array;
  /** By environment: up to this tick its rows hold what they should. */
  readonly #idleUntil: Float64Array;

  /**
   * @param current - The metric matrix, of shape [rows, stride].
   * @param firstRow - The row of the shortest time ahead; the others follow.
   */
  constructor(current: Float64Array, firstRow: number, stride: number, numEnvs: number, tickSeconds: number) {
    this.#current = current;
    this.#firstRow = firstRow;
    this.#stride = stride;
    this.#tickSeconds = tickSeconds;
    this.#series = new Array(numEnvs).fill(new Float32Array(1));
    this.#from = new Int32Array(numEnvs);
    this.#until = new Int32Array(numEnvs);
    this.#idleUntil = new Float64Array(numEnvs);
  }

  /** Takes up an episode's announced rates, by knot. */
  take(env: number, series: Float32Array): void {
    const from = series.findIndex((rate) => rate !== 0);
    this.#series[env] = series;
    this.#from[env] = from < 0 ? series.length + FARTHEST : from;
    this.#until[env] = series.findLastIndex((rate) => rate !== 0);
    this.#idleUntil[env] = Number.NEGATIVE_INFINITY;
  }

  /** Brings an environment's rows up to date. @param tick - Number of the next tick of the episode: from 0. */
  write(env: number, tick: number): void {
    // Most of the time nothing is announced, and the rows hold what they should.
    if (tick < this.#idleUntil[env]!) return;
    const position = (tick * this.#tickSeconds) / KNOT_SECONDS;
    const knot = Math.floor(position);
    if (knot > this.#until[env]!) this.#idleUntil[env] = Number.POSITIVE_INFINITY;
    else this.#idleUntil[env] = Math.floor(((this.#from[env]! - FARTHEST) * KNOT_SECONDS) / this.#tickSeconds);
    const series = this.#series[env]!;
    const last = series.length - 1;
    const fraction = position - knot;
    let at = this.#firstRow * this.#stride + env;
    for (let k = 0; k < AHEAD_KNOTS.length; k++, at += this.#stride) {
      const before = Math.min(last, knot + AHEAD_KNOTS[k]!);
      const low = series[before]!;
      this.#current[at] = low + (series[Math.min(last, before + 1)]! - low) * fraction;
    }
  }
}
