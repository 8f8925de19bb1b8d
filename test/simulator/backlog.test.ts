import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { advanceBacklog, type BacklogService, makeBacklogTick } from "../../src/simulator/backlog.js";

const TICK = 5;
const TIMEOUT = 10;
const COHORTS = 4;

/** A queue of its own, tick by tick. */
function makeQueue(
  service: BacklogService,
): (arrivals: number) => { waiting: number; out: ReturnType<typeof makeBacklogTick> } {
  const floats = new Float64Array(2 * COHORTS);
  const out = makeBacklogTick(COHORTS);
  return (arrivals) => ({
    waiting: advanceBacklog(floats, 0, COHORTS, COHORTS, arrivals, service, TICK, TIMEOUT, out),
    out,
  });
}

const service = (capacity: number, room = 1e9): BacklogService => ({ capacity, slotRate: 50, queues: 1, room });

describe("advanceBacklog", () => {
  it("queues what exceeds the capacity, and serves the oldest first", () => {
    const tick = makeQueue(service(100));
    expect(tick(750).waiting).toBeCloseTo(250, 9);
    const { waiting, out } = tick(250);
    expect(waiting).toBeCloseTo(0, 9);
    expect(out.served).toBeCloseTo(500, 9);
    // The first to be served came 5 s · 500 / 750 into the tick before, the last at its end.
    expect(out.firstWait[0]).toBeCloseTo(5 / 3, 9);
    expect(out.lastWait[0]).toBeCloseTo(2.5, 9);
  });

  it("lets clients leave at the end of their patience, without serving them", () => {
    const tick = makeQueue(service(100));
    for (let k = 0; k < 20; k++) tick(1000);
    const { waiting, out } = tick(1000);
    expect(waiting).toBeCloseTo(200 * TIMEOUT, 3);
    // Two come for each that is served; of those served 50 / (50 + 100) in time.
    expect(out.served).toBeCloseTo(500 / 3, 3);
    expect(out.expired).toBeCloseTo(1000 - 500 / 3, 3);
  });

  it("refuses the newest who find no room", () => {
    const { waiting, out } = makeQueue(service(100, 30))(750);
    expect([waiting, out.refused]).toEqual([30, 220]);
  });

  it("loses nobody, and serves no more than it can", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 2000 }), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 0, max: 3000 }),
        (arrivals, capacity, room) => {
          const tick = makeQueue(service(capacity, room));
          let [offered, gone, waiting] = [0, 0, 0];
          for (const count of arrivals) {
            const result = tick(count);
            offered += count;
            gone += result.out.served + result.out.refused + result.out.expired;
            waiting = result.waiting;
            expect(result.out.served).toBeLessThanOrEqual(capacity * TICK * (1 + 1e-9));
            expect(waiting).toBeLessThanOrEqual(room + 1e-9);
            for (let k = 0; k < result.out.segments; k++) {
              expect(result.out.firstWait[k]).toBeLessThanOrEqual(result.out.lastWait[k]!);
              expect(result.out.lastWait[k]).toBeLessThanOrEqual(TIMEOUT + 1e-6);
            }
          }
          expect(Math.abs(gone + waiting - offered)).toBeLessThan(1e-6 * Math.max(1, offered));
        },
      ),
    );
  });
});
