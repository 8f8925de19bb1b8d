import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RequestPacer } from "../../src/digitalocean/request-pacer.js";
import { MovingClock } from "./moving-clock.js";

/** Most times in any half-open stretch of that length. */
function mostWithin(times: readonly number[], seconds: number): number {
  return Math.max(0, ...times.map((start) => times.filter((time) => time >= start && time < start + seconds).length));
}

describe("RequestPacer", () => {
  it("never lets more through than any limit allows in any stretch of time, and no fewer than it could", async () => {
    const limit = fc.record({ requests: fc.integer({ min: 1, max: 6 }), seconds: fc.integer({ min: 1, max: 30 }) });
    const gaps = fc.array(fc.integer({ min: 0, max: 10 }), { minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(fc.array(limit, { minLength: 1, maxLength: 3 }), gaps, async (limits, pauses) => {
        const clock = new MovingClock(1000);
        const pacer = new RequestPacer(clock, limits);
        const times: number[] = [];
        for (const pause of pauses) {
          clock.time += pause;
          const asked = clock.time;
          await pacer.next();
          times.push(clock.time);
          if (clock.time > asked) {
            const tooEarly = [...times.slice(0, -1), clock.time - 1];
            expect(limits.some(({ requests, seconds }) => mostWithin(tooEarly, seconds) > requests)).toBe(true);
          }
        }
        for (const { requests, seconds } of limits) expect(mostWithin(times, seconds)).toBeLessThanOrEqual(requests);
      }),
      { numRuns: 50 },
    );
  });

  it("waits until the server has forgotten enough when it says that little is left", async () => {
    const clock = new MovingClock(1000);
    const pacer = new RequestPacer(clock);
    pacer.heard({ remaining: 4000, resetAt: 2000 });
    await pacer.next();
    expect(clock.time).toBe(1000);
    pacer.heard({ remaining: 50, resetAt: 1600 });
    await pacer.next();
    expect(clock.time).toBe(1600);
  });
});
