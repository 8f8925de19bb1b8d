import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { announcedRate } from "../../src/simulator/announced-rate.js";
import { Announcements } from "../../src/simulator/announcements.js";
import { AHEAD } from "../../src/simulator/rows.js";

const START = 1_750_000_000;
const STRIDE = 2;
const ROWS = { time: 0, announced: 1 };

/** Announced rates: mostly nothing, then something for a while. */
const announced = fc
  .array(fc.tuple(fc.nat(120), fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 900 })), { maxLength: 4 })
  .map((crowds) => crowds.flatMap(([pause, length, rate]) => [...Array(pause).fill(0), ...Array(length).fill(rate)]))
  .map((rates) => Float32Array.from([...rates, 0, 0]));

describe("Announcements", () => {
  it("hold at any time what is announced for the times ahead, wherever one looks first and by whatever steps", () => {
    fc.assert(
      fc.property(announced, fc.nat(40), fc.integer({ min: 1, max: 40 }), (rates, first, ticks) => {
        const current = new Float64Array((1 + AHEAD.length) * STRIDE).fill(Number.NaN);
        const series = { startSeconds: START, rates: new Float32Array(2), announced: rates };
        const announcements = new Announcements(current, ROWS, STRIDE, 2);
        announcements.take(1, series);
        for (let seconds = 5 * first; seconds < 30 * rates.length + 2000; seconds += 5 * ticks) {
          current[1] = START + seconds;
          announcements.write(1, 2);
          const shown = AHEAD.map((_, k) => current[(1 + k) * STRIDE + 1]);
          const expected = AHEAD.map(([, ahead]) => announcedRate(series, seconds + ahead));
          expect(shown).toEqual(expected.map((rate) => expect.closeTo(rate, 9)));
        }
      }),
    );
  });
});
