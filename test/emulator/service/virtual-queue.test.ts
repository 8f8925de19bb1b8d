/** The virtual clock against the textbook's recursions, in exact arithmetic of doubles. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { VirtualQueue } from "../../../src/emulator/service/virtual-queue.js";
import { workDraws } from "../../../src/emulator/service/work-draws.js";
import { streamKey, uniform53At } from "../../../src/simulator/stream.js";
import { thrownMessage } from "../../thrown-message.js";

/** First come, first served: a request starts when it is there and all but c - 1 of those before it are done. */
function exactFinishes(arrivals: readonly number[], work: readonly number[], slots: number): number[] {
  const finishes: number[] = [];
  arrivals.forEach((arrival, i) => {
    const before = finishes.toSorted((a, b) => b - a);
    finishes.push(Math.max(arrival, before[slots - 1] ?? arrival) + work[i]!);
  });
  return finishes;
}

const requests = fc.array(
  fc.tuple(fc.double({ min: 0, max: 2, noNaN: true }), fc.double({ min: 0, max: 3, noNaN: true })),
  {
    maxLength: 60,
  },
);

/** Arrival times and work from gaps and work. */
function split(pairs: readonly (readonly [number, number])[]): { arrivals: number[]; work: number[] } {
  let now = 0;
  return { arrivals: pairs.map(([gap]) => (now += gap)), work: pairs.map(([, work]) => work) };
}

describe("VirtualQueue", () => {
  it("finishes every request when an exact first-come-first-served queue does", () => {
    fc.assert(
      fc.property(requests, fc.integer({ min: 1, max: 5 }), (pairs, slots) => {
        const { arrivals, work } = split(pairs);
        const queue = new VirtualQueue(slots);
        expect(arrivals.map((at, i) => queue.arrive(at, work[i]!))).toEqual(exactFinishes(arrivals, work, slots));
      }),
    );
  });

  it("makes requests wait as long as Erlang's formula says", () => {
    const [high, low] = streamKey(1n, "arrivals");
    const draw = workDraws({ name: "web", resource: "digitalocean_droplet.web", serviceTimeSeconds: 0.02 }, 1n);
    const queue = new VirtualQueue(2);
    let now = 0;
    let waited = 0;
    const count = 400_000;
    for (let i = 0; i < count; i++) {
      now -= Math.log(uniform53At(high, low, i)) / 80;
      waited += queue.arrive(now, draw(i)) - now - draw(i);
    }
    // M/M/2 at 0.8: Wq = s ρ² / (1 - ρ²).
    expect(waited / count / ((0.02 * 0.64) / 0.36)).toBeCloseTo(1, 1);
  });

  it("has done all work but what is left", () => {
    const queue = new VirtualQueue(2);
    queue.arrive(0, 3);
    queue.arrive(0, 1);
    expect([queue.busySeconds(0), queue.busySeconds(0.5), queue.busySeconds(2), queue.busySeconds(9)]).toEqual([
      0, 1, 3, 4,
    ]);
  });

  it("keeps the work that is left when it is resized", () => {
    fc.assert(
      fc.property(requests, fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 }), (pairs, from, to) => {
        const { arrivals, work } = split(pairs);
        const queue = new VirtualQueue(from);
        arrivals.forEach((at, i) => {
          queue.arrive(at, work[i]!);
        });
        const now = arrivals.at(-1) ?? 0;
        const before = queue.remaining(now);
        expect(queue.resize(now, to)).toBe(from / to);
        expect(queue.slots).toBe(to);
        expect(Math.abs(queue.remaining(now) - before)).toBeLessThan(1e-9);
      }),
    );
  });

  it("halves the time that is left when its slots are doubled", () => {
    const queue = new VirtualQueue(1);
    queue.arrive(0, 5);
    expect(queue.resize(1, 2)).toBe(0.5);
    expect(queue.arrive(1, 1)).toBe(4);
  });

  it("is done later by a pause, which counts as work", () => {
    const queue = new VirtualQueue(1);
    queue.arrive(0, 2);
    queue.pause(1, 5);
    expect(queue.arrive(1, 1)).toBe(8);
    expect(queue.busySeconds(8)).toBeCloseTo(8 - 0, 9);
  });

  it("refuses to have no slots", () => {
    const message = "Expected slots to be an integer of at least 1, got 0 (number).";
    expect(thrownMessage(() => new VirtualQueue(0))).toBe(message);
    expect(thrownMessage(() => new VirtualQueue(1).resize(0, 0))).toBe(message);
  });
});
