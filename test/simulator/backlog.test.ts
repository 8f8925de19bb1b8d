import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeKernel } from "./kernel-parts.js";

const TICK = 5;
const TIMEOUT = 10;
const COHORTS = 4;
const SEGMENTS = 2 * COHORTS + 2;

const { exports, floats } = makeKernel();
const line = exports.makeBacklog(COHORTS);
const service = floats(6);
const cohorts = floats(2 * COHORTS);
const result = floats(4 + 3 * SEGMENTS);

/** What one tick did. */
interface Tick {
  readonly waiting: number;
  readonly served: number;
  readonly refused: number;
  readonly expired: number;
  /** Of each segment of those served: size, first and last wait. */
  readonly segments: readonly (readonly [mass: number, first: number, last: number])[];
}

/** A queue of its own, tick by tick; one at a time. */
function makeQueue(capacity: number, room = 1e9): (arrivals: number) => Tick {
  service.view.set([capacity, 50, 1, room, TICK, TIMEOUT]);
  cohorts.view.fill(0);
  exports.serveBacklog(line, service.at);
  return (arrivals) => {
    const waiting = exports.advanceBacklog(line, cohorts.at, cohorts.at + 8 * COHORTS, arrivals, result.at);
    const [served, refused, expired, count] = result.view as unknown as [number, number, number, number];
    const segments = Array.from({ length: count }, (_, k) => {
      const [mass, first, last] = result.view.subarray(4 + 3 * k, 7 + 3 * k) as unknown as [number, number, number];
      return [mass, first, last] as const;
    });
    return { waiting, served, refused, expired, segments };
  };
}

describe("advanceBacklog", () => {
  it("queues what exceeds the capacity, and serves the oldest first", () => {
    const tick = makeQueue(100);
    expect(tick(750).waiting).toBeCloseTo(250, 9);
    const { waiting, served, segments } = tick(250);
    expect(waiting).toBeCloseTo(0, 9);
    expect(served).toBeCloseTo(500, 9);
    // The first to be served came 5 s · 500 / 750 into the tick before, the last at its end.
    expect(segments[0]![1]).toBeCloseTo(5 / 3, 9);
    expect(segments[0]![2]).toBeCloseTo(2.5, 9);
  });

  it("lets clients leave at the end of their patience, without serving them", () => {
    const tick = makeQueue(100);
    for (let k = 0; k < 20; k++) tick(1000);
    const { waiting, served, expired } = tick(1000);
    expect(waiting).toBeCloseTo(200 * TIMEOUT, 3);
    // Two come for each that is served; of those served 50 / (50 + 100) in time.
    expect(served).toBeCloseTo(500 / 3, 3);
    expect(expired).toBeCloseTo(1000 - 500 / 3, 3);
  });

  it("refuses the newest who find no room", () => {
    const { waiting, refused } = makeQueue(100, 30)(750);
    expect([waiting, refused]).toEqual([30, 220]);
  });

  it("loses nobody, and serves no more than it can", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 2000 }), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 0, max: 3000 }),
        (arrivals, capacity, room) => {
          const tick = makeQueue(capacity, room);
          let [offered, gone, waiting] = [0, 0, 0];
          for (const count of arrivals) {
            const result = tick(count);
            offered += count;
            gone += result.served + result.refused + result.expired;
            waiting = result.waiting;
            expect(result.served).toBeLessThanOrEqual(capacity * TICK * (1 + 1e-9));
            expect(waiting).toBeLessThanOrEqual(room + 1e-9);
            for (const [, first, last] of result.segments) {
              expect(first).toBeLessThanOrEqual(last);
              expect(last).toBeLessThanOrEqual(TIMEOUT + 1e-6);
            }
          }
          expect(Math.abs(gone + waiting - offered)).toBeLessThan(1e-6 * Math.max(1, offered));
        },
      ),
    );
  });
});
