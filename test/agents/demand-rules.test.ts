import { describe, expect, it } from "vitest";
import { ExpertPolicy } from "../../src/agents/expert.js";
import { FeedForwardPolicy } from "../../src/agents/feed-forward.js";
import { LearnedSchedule, type ScheduleTable } from "../../src/agents/learned-schedule.js";
import type { Policy, PolicyControl, PolicyInfo } from "../../src/agents/policy.js";
import { PredictivePolicy } from "../../src/agents/predictive.js";
import { TrendPolicy } from "../../src/agents/trend.js";
import { countControl, specOf } from "./policy-bench.js";

const SIGNALS = ["utilization", "replicas", "readyReplicas", "arrivalRate", "announcedRate"];

interface Tier {
  readonly desired: number;
  readonly utilization: number;
  readonly arrivalRate?: number;
  readonly announcedRate?: number;
}

function control(name: string): PolicyControl {
  return { ...countControl(name, 20), signals: SIGNALS };
}

function infoAt(timeSeconds: number, tiers: Readonly<Record<string, Tier>>): PolicyInfo {
  const entries = Object.entries(tiers);
  return {
    signals: Object.fromEntries(
      entries.map(([name, { desired, ...signals }]) => [
        name,
        { arrivalRate: 0, announcedRate: 0, ...signals, replicas: desired, readyReplicas: desired },
      ]),
    ),
    controls: Object.fromEntries(entries.map(([name, { desired }]) => [name, { desired, current: desired }])),
    actionMask: null,
    timeSeconds,
  };
}

function bound(policy: Policy, ...names: string[]): (timeSeconds: number, tiers: Record<string, Tier>) => unknown {
  policy.bind(specOf(names.map(control)));
  policy.reset(0);
  return (timeSeconds, tiers) => policy.act(null, infoAt(timeSeconds, tiers));
}

/** 1 unit of load at night, 8 from 06:00 on. */
const morning: ScheduleTable = {
  periodSeconds: 60,
  usual: Array.from({ length: 1440 }, (_, minute) => (minute < 360 ? 1 : 8)),
  deviation: new Array(1440).fill(0.5),
};

describe("TrendPolicy", () => {
  it("carries a rise on over the lead time", () => {
    const act = bound(new TrendPolicy({ utilization: 0.5, leadSeconds: 120 }), "web");
    expect(act(0, { web: { desired: 4, utilization: 0.5 } })).toEqual([4]);
    // Two replicas of work rose to three in a minute: five in two more.
    expect(act(60, { web: { desired: 4, utilization: 0.75 } })).toEqual([10]);
  });

  it("goes down only to the greatest wish of the stabilization time", () => {
    const act = bound(new TrendPolicy({ utilization: 0.5, stabilizationSeconds: 120 }), "web");
    expect(act(0, { web: { desired: 8, utilization: 0.5 } })).toEqual([8]);
    expect(act(60, { web: { desired: 8, utilization: 0.25 } })).toEqual([8]);
    expect(act(120, { web: { desired: 8, utilization: 0.25 } })).toEqual([4]);
  });

  it("refuses an environment without utilization, naming it", () => {
    const spec = specOf([{ ...countControl("web"), signals: ["replicas"] }]);
    expect(() => new TrendPolicy().bind(spec)).toThrow("web.utilization");
  });
});

describe("FeedForwardPolicy", () => {
  it("foresees the demand behind a saturated tier from the rate at the entry", () => {
    const act = bound(new FeedForwardPolicy({ utilization: 0.5, leadSeconds: 0 }), "web", "api");
    act(0, {
      web: { desired: 4, utilization: 0.5, arrivalRate: 2 },
      api: { desired: 8, utilization: 0.5, arrivalRate: 2 },
    });
    const wish = act(60, {
      web: { desired: 4, utilization: 1, arrivalRate: 6 },
      api: { desired: 8, utilization: 0.5, arrivalRate: 6 },
    });
    // One replica of work in web and two in api for each unit of load, at half utilization.
    expect(wish).toEqual([12, 20]);
  });
});

describe("ExpertPolicy", () => {
  it("is ready for what comes every day", () => {
    const act = bound(new ExpertPolicy({ utilization: 0.5, leadSeconds: 120, schedule: morning }), "web");
    expect(act(355 * 60, { web: { desired: 2, utilization: 0.5, arrivalRate: 1 } })).toEqual([2]);
    expect(act(358 * 60, { web: { desired: 2, utilization: 0.5, arrivalRate: 1 } })).toEqual([16]);
  });

  it("adds what is announced for the lead time, and nothing twice once it is there", () => {
    const act = bound(new ExpertPolicy({ utilization: 0.5, leadSeconds: 120, stabilizationSeconds: 0 }), "web");
    const at = (minute: number, announcedRate: number, arrivalRate = 1) =>
      act(minute * 60, { web: { desired: 2, utilization: arrivalRate / 2, arrivalRate, announcedRate } });
    expect([at(0, 0), at(1, 3), at(2, 3)]).toEqual([[2], [2], [8]]);
    expect(at(3, 3)).toEqual([8]);
    expect(at(4, 3)).toEqual([2]);
  });
});

describe("PredictivePolicy", () => {
  it("scales the usual day to today and keeps a margin", () => {
    const policy = new PredictivePolicy({ utilization: 1, leadSeconds: 120, margin: 2, schedule: morning });
    const act = bound(policy, "web");
    expect(act(300 * 60, { web: { desired: 2, utilization: 0.5, arrivalRate: 1 } })).toEqual([2]);
    expect(act(359 * 60, { web: { desired: 2, utilization: 0.5, arrivalRate: 1 } })).toEqual([9]);
  });

  it("refuses a margin that is no number of deviations", () => {
    expect(() => new PredictivePolicy({ margin: -1 })).toThrow(
      "Expected margin to be a number of standard deviations from 0 to 5, got -1 (number).",
    );
  });
});

describe("LearnedSchedule", () => {
  it("refuses a table that does not cover a day", () => {
    expect(() => new LearnedSchedule({ ...morning, usual: [1, 2] })).toThrow(
      "Expected schedule.usual to be 1440 finite numbers of at least 0, got [1, 2] (array).",
    );
  });
});
