/** How long things take in a local world. @module */
import { describe, expect, it } from "vitest";
import { accountTimes, faultsOf, healthCheckOf } from "../../../src/backends/local/local-times.js";
import { droplet } from "../../../src/infra/resources/droplet.js";
import { DEFAULT_LIFECYCLE } from "../../../src/simulator/model.js";

describe("accountTimes", () => {
  it("has droplets created as at the provider unless a definition says otherwise", () => {
    const { dropletCreate } = accountTimes(DEFAULT_LIFECYCLE);
    const { min, median, max } = droplet.readySeconds;
    expect(dropletCreate).toEqual({ min, median: expect.closeTo(median, 0), max });
  });

  it("follows a definition's times, and leaves time to turn off and on", () => {
    const lifecycle = { createSeconds: [80, 160], resizeSeconds: [30, 50], databaseResizeSeconds: [60, 100] } as const;
    expect(accountTimes({ ...DEFAULT_LIFECYCLE, ...lifecycle })).toEqual({
      dropletCreate: { min: 80, median: 90, max: 160 },
      dropletResize: { min: 20, median: 30, max: 40 },
      databaseResize: { min: 60, median: 80, max: 100 },
    });
  });

  it("never goes below no time", () => {
    const lifecycle = { ...DEFAULT_LIFECYCLE, createSeconds: [0, 0], resizeSeconds: [0, 5] } as const;
    const none = { min: 0, median: 0, max: 0 };
    expect(accountTimes(lifecycle)).toMatchObject({ dropletCreate: none, dropletResize: none });
  });
});

describe("healthCheckOf", () => {
  it("takes the graph's check in the time of the wall", () => {
    const check = { path: "/up", check_interval_seconds: 6, healthy_threshold: 3 };
    const { path, intervalSeconds, downIntervalSeconds, rise } = healthCheckOf(check, 12);
    expect({ path, intervalSeconds, rise }).toEqual({ path: "/up", intervalSeconds: 0.5, rise: 3 });
    expect(downIntervalSeconds).toBeCloseTo(0.3);
  });

  it("takes as long altogether as a definition says", () => {
    const check = { check_interval_seconds: 6, healthy_threshold: 3 };
    expect(healthCheckOf(check, 12, 9).downIntervalSeconds).toBeCloseTo((0.6 * 9) / 3 / 12);
  });

  it("looks at servers that are up twice a second or more often", () => {
    expect(healthCheckOf({}, 1).intervalSeconds).toBe(0.5);
  });
});

describe("faultsOf", () => {
  it("has crashes as rare as in the simulation, on the wall", () => {
    const lifecycle = { ...DEFAULT_LIFECYCLE, meanSecondsBetweenCrashes: 1200 };
    expect(faultsOf({ slowEverySeconds: 60, slowFactor: 3 }, lifecycle, 12)).toEqual({
      crashEverySeconds: 100,
      slowEverySeconds: 5,
      slowFactor: 3,
    });
    expect(faultsOf(undefined, { ...lifecycle, meanSecondsBetweenCrashes: Infinity }, 12)).toEqual({});
  });
});
