/** A load that is sent in pieces: what is sent to a host outside loopback is limited to ten minutes at a time. @module */
import type { RateProfile } from "../../loadgen/runner/arrivals.js";
import { FINE_COUNT } from "../../loadgen/runner/fine-latencies.js";
import { KNOT_SECONDS } from "../../loadgen/workload.js";
import { type ClientCounts, NO_COUNTS } from "../live/client-counts.js";
import type { LiveLoad } from "../live/live-plane.js";

/** One piece of a load. */
export interface LoadPiece {
  /** From 0. */
  readonly number: number;
  readonly profile: RateProfile;
  /** Unit: seconds, below 600. */
  readonly durationSeconds: number;
}

/** How long a piece asks for requests: whole knots. Unit: seconds. */
export const PIECE_SECONDS: number = 19 * KNOT_SECONDS;
/** After that it waits for answers. Unit: seconds. */
const LAST_ANSWERS = 12;

/** The rates of one piece: those of the series, its last one after its end, and none once the next piece has begun. */
export function pieceOf(rates: ArrayLike<number>, number: number): LoadPiece {
  const first = (number * PIECE_SECONDS) / KNOT_SECONDS;
  const knots = Array.from({ length: PIECE_SECONDS / KNOT_SECONDS + 1 }, (_, k) => k);
  const atSeconds = [...knots.map((k) => k * KNOT_SECONDS), PIECE_SECONDS + 0.001];
  const known = knots.map((k) => rates[Math.min(first + k, rates.length - 1)]!);
  const durationSeconds = PIECE_SECONDS + LAST_ANSWERS;
  return { number, profile: { atSeconds, rates: [...known, 0] }, durationSeconds };
}

/** Counts of two loads together. */
export function addCounts(one: ClientCounts, other: ClientCounts): ClientCounts {
  const { length } = one.within;
  return {
    offered: one.offered + other.offered,
    code200: one.code200 + other.code200,
    failed: one.failed + other.failed,
    late: one.late + other.late,
    within: Float64Array.from({ length }, (_, b) => one.within[b]! + other.within[b]!),
    fine: Float64Array.from({ length: FINE_COUNT }, (_, b) => one.fine[b]! + other.fine[b]!),
  };
}

/** Pieces one after the other, counted together. */
export class RenewedLoad implements LiveLoad {
  readonly ended: Promise<never>;
  readonly #start: (number: number) => Promise<LiveLoad>;
  /** Those that still run, the newest last. */
  #running: readonly LiveLoad[] = [];
  #before: ClientCounts = NO_COUNTS;
  #number = 0;
  #timer: NodeJS.Timeout | undefined;
  #isEnded = false;
  #lose!: (reason: unknown) => void;

  /** @param start - Starts a piece, by its number. */
  static async begin(start: (number: number) => Promise<LiveLoad>): Promise<RenewedLoad> {
    const load = new RenewedLoad(start);
    await load.#next();
    return load;
  }

  private constructor(start: (number: number) => Promise<LiveLoad>) {
    this.#start = start;
    this.ended = new Promise((_, reject) => {
      this.#lose = reject;
    });
    this.ended.catch(() => undefined);
  }

  get metricsUrl(): string {
    return this.#running.at(-1)!.metricsUrl;
  }

  async counts(): Promise<ClientCounts> {
    // Both of one moment: a piece is in one of them.
    const before = this.#before;
    const counts = await Promise.all(this.#running.map((piece) => piece.counts()));
    return counts.reduce(addCounts, before);
  }

  async end(): Promise<void> {
    this.#isEnded = true;
    clearTimeout(this.#timer);
    await Promise.all(this.#running.map((piece) => piece.end()));
  }

  async #next(): Promise<void> {
    const piece = await this.#start(this.#number++);
    if (this.#isEnded) return piece.end();
    this.#running = [...this.#running, piece];
    const isOver = (): boolean => this.#isEnded || !this.#running.includes(piece);
    const onEnd = (reason?: unknown): void => {
      if (!isOver()) this.#lose(reason);
    };
    piece.ended.then(() => onEnd(), onEnd);
    this.#timer = setTimeout(() => void this.#renew(piece).catch(this.#lose), PIECE_SECONDS * 1000);
    this.#timer.unref();
  }

  async #renew(old: LiveLoad): Promise<void> {
    await this.#next();
    await new Promise((resolve) => setTimeout(resolve, (LAST_ANSWERS - 1) * 1000).unref());
    if (this.#isEnded) return;
    const last = await old.counts();
    this.#before = addCounts(this.#before, last);
    this.#running = this.#running.filter((piece) => piece !== old);
    await old.end();
  }
}
