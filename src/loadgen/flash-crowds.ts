/** Flash crowds of a day, announced ahead: when they come, how large and how long. @module */
import { type StreamKey, uniformAt } from "../simulator/stream.js";
import { addBump, type Bump } from "./bump.js";
import type { Shares } from "./generator.js";
import { KNOT_SECONDS } from "./workload.js";

/** From when to when flash crowds begin. Unit: seconds from midnight. */
const EARLIEST_SECONDS = 7 * 3_600;
const LATEST_SECONDS = 22.5 * 3_600;
/** Draws kept apart for one flash crowd, and for one day. */
const DRAWS = 8;
const DRAWS_PER_DAY = 1_024;
/** The longest flash crowd. Unit: seconds. */
const LONGEST_SECONDS = 2_400;

/** Sizes of flash crowds. */
export interface FlashCrowdShape {
  /** Flash crowds a day. An integer from 0 to 12. */
  readonly perDay: number;
  /** Smallest and largest height, as shares of the reference rate. */
  readonly smallest: number;
  readonly largest: number;
}

/**
 * Adds the flash crowds of a window, and announces them.
 *
 * A day's hours are cut into equal parts and each holds one, so that two never meet. Its edges take 1 to 2 minutes and it
 * lasts 10 to 40. The crowd that comes is 0.85 to 1.15 times the one announced, and up to a minute late.
 */
export function addFlashCrowds(shares: Shares, firstKnot: number, key: StreamKey, shape: FlashCrowdShape): void {
  if (shape.perDay === 0) return;
  const firstSecond = firstKnot * KNOT_SECONDS;
  const lastSecond = (firstKnot + shares.announced.length) * KNOT_SECONDS;
  const partSeconds = (LATEST_SECONDS - EARLIEST_SECONDS) / shape.perDay;
  for (let day = Math.floor(firstSecond / 86_400); day * 86_400 <= lastSecond; day++) {
    for (let i = 0; i < shape.perDay; i++) {
      const draw = (d: number): number => uniformAt(key[0], key[1], day * DRAWS_PER_DAY + i * DRAWS + d);
      const longest = Math.min(LONGEST_SECONDS, partSeconds - 120);
      const lengthSeconds = 600 + draw(0) * (longest - 600);
      const announced: Bump = {
        startSeconds: day * 86_400 + EARLIEST_SECONDS + i * partSeconds + draw(1) * (partSeconds - lengthSeconds - 60),
        lengthSeconds,
        edgeSeconds: 60 + draw(2) * 60,
        height: shape.smallest + draw(3) * (shape.largest - shape.smallest),
      };
      addBump(shares.announced, firstKnot, announced);
      const come: Bump = { ...announced, startSeconds: announced.startSeconds + draw(4) * 60 };
      addBump(shares.rates, firstKnot, come, 0.85 + 0.3 * draw(5));
    }
  }
}
