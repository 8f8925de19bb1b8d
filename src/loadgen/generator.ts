/** What every generator shares: the calendar, the knots of a window, the scale and the cap. @module */
import { InvalidOptionError } from "../errors.js";
import { type StreamKey, streamKey } from "../simulator/stream.js";
import {
  ANNOUNCED_AHEAD_SECONDS,
  type EpisodeRequest,
  KNOT_SECONDS,
  type RateSeries,
  type Split,
  type Workload,
} from "./workload.js";

/** Knots of a day. */
export const KNOTS_PER_DAY: number = 86_400 / KNOT_SECONDS;

/** Monday, 2024-01-01 UTC: the first day of the train split, which has 104 weeks. */
const FIRST_TRAIN_DAY = 19_723;
const TRAIN_DAYS = 728;
/** Monday, 2026-01-05 UTC: the first day of the test split. */
const FIRST_TEST_DAY = 20_458;

/** The window a generator fills: knots are counted from the start of the episode's day. */
export interface Episode {
  /** Days since 1970-01-01 UTC of the episode's first day. */
  readonly day: number;
  /** Number of the window's first knot. */
  readonly firstKnot: number;
  /** A stream of this episode, the same for every window of it. */
  stream(purpose: string): StreamKey;
}

/** What a generator writes: everything as a share of the reference rate. */
export interface Shares {
  /** Share of the reference rate at knot `firstKnot + k`. Cut to [0, 1] afterwards. */
  readonly rates: Float32Array;
  /** Announced share at knot `firstKnot + k`; longer than `rates`. */
  readonly announced: Float32Array;
}

/**
 * A workload from a function that fills in a window.
 *
 * @param fill - Writes the window's shares; must depend on the absolute knot alone, so that a window is a slice of its day.
 */
export function generator(
  name: string,
  options: Readonly<Record<string, unknown>>,
  fill: (episode: Episode, shares: Shares) => void,
): Workload {
  return Object.freeze({
    name,
    options: Object.freeze({ ...options }),
    durationSeconds: Number.POSITIVE_INFINITY,
    series(request: EpisodeRequest): RateSeries {
      checkRequest(request);
      const day = calendarDay(request.split, request.index);
      const prefix = `${name}/${request.split}/${request.index}/`;
      const { rates, announced } = knotsOf(request);
      fill(
        {
          day,
          firstKnot: request.offsetSeconds / KNOT_SECONDS,
          stream: (purpose) => streamKey(request.seed, prefix + purpose),
        },
        { rates, announced },
      );
      const scale = request.referenceRate;
      for (let k = 0; k < rates.length; k++) {
        const share = rates[k]!;
        rates[k] = scale * Math.min(Math.max(share, 0), 1);
      }
      for (let k = 0; k < announced.length; k++) announced[k] = scale * announced[k]!;
      return { startSeconds: day * 86_400 + request.offsetSeconds, rates, announced };
    },
  });
}

/** Empty series of a request's length. */
export function knotsOf({ durationSeconds }: EpisodeRequest): Shares {
  return {
    rates: new Float32Array(Math.ceil(durationSeconds / KNOT_SECONDS) + 1),
    announced: new Float32Array(Math.ceil((durationSeconds + ANNOUNCED_AHEAD_SECONDS) / KNOT_SECONDS) + 1),
  };
}

/** Days since 1970-01-01 UTC. Train days come from 2024 and 2025, over and over; test days are 2026-01-05 and later. */
function calendarDay(split: Split, index: number): number {
  return split === "train" ? FIRST_TRAIN_DAY + (index % TRAIN_DAYS) : FIRST_TEST_DAY + index;
}

/** Refuses a request that no workload can answer. @throws InvalidOptionError */
export function checkRequest(request: EpisodeRequest): void {
  const { index, split, offsetSeconds, durationSeconds, referenceRate } = request;
  if (!Number.isSafeInteger(index) || index < 0) throw new InvalidOptionError("index", "an integer from 0", index);
  if (split !== "train" && split !== "test") throw new InvalidOptionError("split", '"train" or "test"', split);
  if (!Number.isInteger(offsetSeconds / KNOT_SECONDS) || offsetSeconds < 0) {
    throw new InvalidOptionError("offsetSeconds", `a multiple of ${KNOT_SECONDS} from 0 (seconds)`, offsetSeconds);
  }
  if (!Number.isFinite(durationSeconds) || durationSeconds <= 0) {
    throw new InvalidOptionError("durationSeconds", "a finite number above 0 (seconds)", durationSeconds);
  }
  if (!Number.isFinite(referenceRate) || referenceRate <= 0) {
    throw new InvalidOptionError("referenceRate", "a finite number above 0 (requests per second)", referenceRate);
  }
}
