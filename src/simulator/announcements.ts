/** What is announced of the load to come, as rows of metrics. @module */
import { KNOT_SECONDS, type RateSeries } from "../loadgen/workload.js";
import { AHEAD, type Rows } from "./rows.js";

/** How far ahead announcements are told: whole numbers of knots. */
const AHEAD_KNOTS: Int32Array = Int32Array.from(AHEAD, ([, seconds]) => seconds / KNOT_SECONDS);
/** From this many knots away on, an announcement is not looked at yet. */
const FARTHEST: number = Math.max(...AHEAD_KNOTS) + 1;

/** Announced extra rates of N environments, some times ahead. Unit: requests per second. */
export class Announcements {
  readonly #current: Float64Array;
  readonly #firstRow: number;
  readonly #timeRow: number;
  readonly #stride: number;
  readonly #series: Float32Array[];
  /** By environment: the start of its episode. Unit: model time, seconds. */
  readonly #start: Float64Array;
  /** By environment: the first knot from the last that was asked for on that is not 0. */
  readonly #next: Int32Array;
  /** By environment: up to this time its rows hold what they should. */
  readonly #idleUntil: Float64Array;

  /**
   * @param current - The metric matrix, of shape [rows, stride].
   * @param rows - That of the shortest time ahead, which the others follow, and that of the model time.
   */
  constructor(current: Float64Array, rows: Pick<Rows, "announced" | "time">, stride: number, numEnvs: number) {
    this.#current = current;
    this.#firstRow = rows.announced;
    this.#timeRow = rows.time;
    this.#stride = stride;
    this.#start = new Float64Array(numEnvs);
    this.#series = new Array(numEnvs).fill(new Float32Array(1));
    this.#next = new Int32Array(numEnvs);
    this.#idleUntil = new Float64Array(numEnvs);
  }

  /** Takes up what is announced in an episode. */
  take(env: number, { startSeconds, announced }: RateSeries): void {
    this.#series[env] = announced;
    this.#start[env] = startSeconds;
    this.#next[env] = 0;
    this.#idleUntil[env] = Number.NEGATIVE_INFINITY;
  }

  /** Brings the rows of environments `first` to `end - 1` up to date with the row of the time. */
  write(first: number, end: number): void {
    const times = this.#timeRow * this.#stride;
    for (let env = first; env < end; env++) {
      // Most of the time nothing is announced, and the rows hold what they should.
      const now = this.#current[times + env]!;
      if (now >= this.#idleUntil[env]!) this.#writeOne(env, (now - this.#start[env]!) / KNOT_SECONDS);
    }
  }

  /** @param position - Time since the episode's start, in knots: from 0. */
  #writeOne(env: number, position: number): void {
    const series = this.#series[env]!;
    const knot = Math.floor(position);
    let next = Math.max(knot, this.#next[env]!);
    while (next < series.length && series[next] === 0) next++;
    this.#next[env] = next;
    const wakes = this.#start[env]! + (next - FARTHEST) * KNOT_SECONDS;
    this.#idleUntil[env] = next < series.length ? wakes : Number.POSITIVE_INFINITY;
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
