import { describe, expect, it } from "vitest";
import { InvalidOptionError, SnapshotMismatchError } from "../../src/errors.js";
import { SeriesStore } from "../../src/metrics/series-store.js";

/** Two recorded series of three, the second of them a counter that can be absent. */
function storeOf(numEnvs: number): SeriesStore {
  return new SeriesStore({
    numEnvs,
    recorded: Int32Array.of(0, 2),
    counters: Uint8Array.of(0, 1),
    optional: Uint8Array.of(0, 1),
    ringSamples: 3,
    scrapeSeconds: 5,
    history: { expressions: 0, steps: 1, samplesPerStep: 1 },
  });
}

describe("SeriesStore", () => {
  it("keeps at least as many samples as asked for, of the recorded series only", () => {
    const store = storeOf(2);
    store.scrape(Float64Array.of(1, 2, 3, 4, 5, 6), null);
    expect(store.ring).toBe(4);
    expect([...store.values.subarray(0, 2)]).toEqual([1, 2]);
    expect([...store.values.subarray(8, 10)]).toEqual([5, 6]);
    expect([...store.count]).toEqual([1, 1]);
  });
  it("says since when a series is present, and begins anew after a gap or a counter reset", () => {
    const store = storeOf(1);
    const seen = [
      [1, 10],
      [1, 11],
      [0, 0],
      [1, 12],
      [1, 13],
      [1, 2],
    ].map(([present, value]) => {
      store.scrape(Float64Array.of(0, 0, value!), Uint8Array.of(1, 1, present!));
      return store.presentSince[0];
    });
    expect(seen).toEqual([1, 1, -3, 4, 4, 6]);
  });
  it("puts an environment that was reset into the ring row of the others", () => {
    const store = storeOf(3);
    const current = new Float64Array(9);
    for (let k = 0; k < 5; k++) store.scrape(current, null);
    store.reset(1);
    store.scrape(current, null, 1, 2);
    expect([...store.position]).toEqual([0, 0, 0]);
    store.scrape(current, null);
    expect([...store.position]).toEqual([1, 1, 1]);
    expect([...store.count]).toEqual([6, 2, 6]);
  });
  it("restores one environment's state into another place", () => {
    const store = storeOf(2);
    store.scrape(Float64Array.of(1, 2, 3, 4, 5, 6), null);
    const other = storeOf(1);
    other.restore(store.snapshot(1), 0);
    expect(other.snapshot()).toEqual(store.snapshot(1));
    expect(other.values[0]).toBe(2);
  });
  it("refuses a snapshot of another shape", () => {
    expect(() => storeOf(2).restore(storeOf(3).snapshot())).toThrow(
      new SnapshotMismatchError("a series store of 2 environments and 16 samples", "3 environments and 24 samples"),
    );
  });
  it("refuses a number of environments below 1", () => {
    expect(() => storeOf(0)).toThrow(new InvalidOptionError("numEnvs", "an integer from 1", 0));
  });
});
