/** Workload `varied`: no two episodes are alike, and nothing in them keeps to a clock. @module */
import { cos, exp, log } from "../elementary.js";
import { type StreamKey, uniformAt } from "../simulator/stream.js";
import { addBump } from "./bump.js";
import { type Episode, generator, type Shares } from "./generator.js";
import { applyNoise } from "./noise.js";
import { checkNoise, checkOrder, checkRange } from "./option-check.js";
import { KNOT_SECONDS, type Workload } from "./workload.js";

/** Options of {@link varied}. */
export interface VariedOptions {
  /** Lowest rate of the calmest episode. Unit: share of the reference rate, from 0.001 to 1. @defaultValue 0.03 */
  readonly low?: number;
  /** Highest rate of the busiest episode, bursts apart. Unit: share of the reference rate, from `low` to 1. @defaultValue 1 */
  readonly high?: number;
  /** Height of the highest burst. Unit: share of the reference rate, from 0 to 1. @defaultValue 0.5 */
  readonly burst?: number;
  /** Largest relative standard deviation of the noise, from 0 to 0.5. @defaultValue 0.4 */
  readonly noise?: number;
}

/** Waves of an episode, and the shortest and longest of them. Unit: seconds. */
const WAVES = { count: 3, shortest: 3_600, longest: 86_400 } as const;
/** Highest of all the levels from which waves rise. Unit: share of the reference rate. */
const HIGHEST_BOTTOM = 0.4;
/** Share of the episodes that have bursts, and share of those in which they are announced. */
const WITH_BURSTS = 0.6;
const ANNOUNCED = 0.4;
/** Ranges of the mean time between bursts, of their mean length without edges, and of their edges. Unit: seconds. */
const GAP = [900, 14_400] as const;
const LENGTH = [120, 2_400] as const;
const EDGE = [30, 300] as const;
/** Numbers of an episode's draws: the first ones say what kind it is, then come those of the waves. */
const FIRST_WAVE = 16;
/** Draws kept apart for one day. */
const DRAWS_PER_DAY = 65_536;

/** A number drawn for the episode, from 0 to 1; the same for the same number. */
type Draw = (number: number) => number;

/**
 * Three waves with periods from an hour to a day, bursts in three episodes of five, noise: levels, periods, sizes and how much of each are drawn for
 * every episode, most of them evenly by their logarithms. In two of five episodes with bursts these are announced, and come as flash crowds do:
 * 0.85 to 1.15 times what was announced.
 *
 * It is there to be learnt from beside others: what an agent learns in it holds at any hour, at any level and on any trace.
 *
 * @throws InvalidOptionError
 */
export function varied({ low = 0.03, high = 1, burst = 0.5, noise = 0.4 }: VariedOptions = {}): Workload {
  checkRange("low", low, 0.001, 1, "a share of the reference rate");
  checkOrder(low, high);
  checkRange("burst", burst, 0, 1, "a share of the reference rate");
  checkNoise(noise);
  return generator("varied", { low, high, burst, noise }, (episode, shares) => {
    const { firstKnot } = episode;
    const draw = drawsOf(episode.stream("kind"));
    const bottom = between(low, Math.max(low, Math.min(high, HIGHEST_BOTTOM)), draw(0));
    addWaves(shares.rates, firstKnot, [bottom, between(bottom, high, draw(1))], draw);
    if (draw(3) < WITH_BURSTS) {
      addBursts(shares, episode, {
        height: burst * draw(4),
        gapSeconds: between(...GAP, draw(5)),
        lengthSeconds: between(...LENGTH, draw(6)),
        edgeSeconds: between(...EDGE, draw(7)),
        isAnnounced: draw(8) < ANNOUNCED,
      });
    }
    applyNoise(shares.rates, firstKnot, episode.stream("noise"), noise * draw(2) * draw(2));
  });
}

function addWaves(rates: Float32Array, firstKnot: number, [bottom, top]: readonly [number, number], draw: Draw): void {
  const waves = Array.from({ length: WAVES.count }, (_, i) => {
    const first = FIRST_WAVE + 3 * i;
    const period = between(WAVES.shortest, WAVES.longest, draw(first));
    return { turn: KNOT_SECONDS / period, phase: draw(first + 1), height: draw(first + 2) };
  });
  const sum = waves.reduce((all, { height }) => all + height, 0);
  for (let k = 0; k < rates.length; k++) {
    let wave = 0;
    for (const { turn, phase, height } of waves) {
      wave += height * cos(2 * Math.PI * (((firstKnot + k) * turn + phase) % 1));
    }
    rates[k] = bottom + (top - bottom) * (0.5 + (0.5 * wave) / sum);
  }
}

interface Bursts {
  /** Height of the highest. */
  readonly height: number;
  /** Mean time from the end of one to the next. */
  readonly gapSeconds: number;
  /** Mean length, edges not included. */
  readonly lengthSeconds: number;
  readonly edgeSeconds: number;
  readonly isAnnounced: boolean;
}

/** Every day ends without a burst, so that a window needs none of the day before. */
function addBursts({ rates, announced }: Shares, { firstKnot, stream }: Episode, bursts: Bursts): void {
  const { height, gapSeconds, lengthSeconds: meanSeconds, edgeSeconds, isAnnounced } = bursts;
  const draw = drawsOf(stream("bursts"));
  const until = (firstKnot + announced.length) * KNOT_SECONDS;
  for (let day = Math.floor((firstKnot * KNOT_SECONDS) / 86_400); day * 86_400 < until; day++) {
    const end = (day + 1) * 86_400;
    let number = day * DRAWS_PER_DAY;
    for (let time = day * 86_400; time < Math.min(end, until); ) {
      const startSeconds = time - gapSeconds * log(draw(number++));
      const drawn = 2 * edgeSeconds - meanSeconds * log(draw(number++));
      const lengthSeconds = Math.min(drawn, end - startSeconds);
      const bump = { startSeconds, lengthSeconds, edgeSeconds, height: height * (0.3 + 0.7 * draw(number++)) };
      const factor = 0.85 + 0.3 * draw(number++);
      if (lengthSeconds >= 2 * edgeSeconds) {
        addBump(rates, firstKnot, bump, factor);
        if (isAnnounced) addBump(announced, firstKnot, bump);
      }
      time = startSeconds + drawn;
    }
  }
}

function drawsOf([high, low]: StreamKey): Draw {
  return (number) => uniformAt(high, low, number);
}

/** Between two numbers above 0, evenly by their logarithms. */
function between(from: number, to: number, share: number): number {
  return from * exp(share * log(to / from));
}
