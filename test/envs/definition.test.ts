/** Definitions: what is refused, and how it is said. @module */
import { describe, expect, it } from "vitest";
import { type Control, type DefinitionOptions, defineEnv, type Feature, InfraEnv } from "../../src/envs/index.js";
import { InvalidDefinitionError } from "../../src/errors.js";
import { slowRequestPenalty } from "../../src/reward/index.js";
import { thrownMessage } from "../thrown-message.js";
import { replicas, size, smallDefinition, smallOptions, WEB } from "./small-definition.js";

const defined = (changes: Partial<DefinitionOptions>): string => thrownMessage(() => smallDefinition(changes));
const compiled = (changes: Partial<DefinitionOptions>): string =>
  thrownMessage(() => new InfraEnv(smallDefinition(changes)));
const withControl = (change: object): string => compiled({ controls: [{ ...replicas, ...change } as Control] });
const withFeature = (change: Partial<Feature>): string => {
  const [first, ...others] = smallOptions().features;
  return compiled({ features: [{ ...first!, ...change }, ...others] });
};

describe("defineEnv", () => {
  it("fills in the defaults, and freezes", () => {
    const definition = smallDefinition();
    expect(Object.isFrozen(definition)).toBe(true);
    expect(definition).toMatchObject({
      stepSeconds: 60,
      scrapeSeconds: 60,
      windowSeconds: 3600,
      promqlProfile: "prom3",
      objective: { targetSeconds: 0.25, objective: 0.99 },
      limits: {},
      invalidAction: { penaltyUsd: 0.0006 },
    });
  });

  it.each<[string, Partial<DefinitionOptions>, string]>([
    [
      "an id that is none",
      { id: "two words" },
      'Expected an environment id such as "WebService-v0" or "my-lab/Web-v1", got "two words" (string).',
    ],
    ["no controls", { controls: [] }, "definition.controls: must hold at least one control."],
    ["no features", { features: [] }, "definition.features: must hold at least one feature."],
    ["no workloads", { workloads: [] }, "definition.workloads: must hold at least one workload."],
    ["no reward", { reward: undefined as never }, "definition.reward: must be a list of terms."],
    [
      "a reference rate of 0",
      { referenceRate: 0 },
      "definition.referenceRate: expected requests per second above 0, got 0.",
    ],
    ["a step of no length", { stepSeconds: -60 }, "definition.stepSeconds: expected seconds above 0, got -60."],
    [
      "an episode of a broken number of steps",
      { episodeSeconds: 3601 },
      "definition.episodeSeconds: expected a multiple of stepSeconds, 60, got 3601.",
    ],
    [
      "a window of a broken number of steps",
      { windowSeconds: 90 },
      "definition.windowSeconds: expected a multiple of stepSeconds, 60, got 90.",
    ],
    [
      "a step of a broken number of scrapes",
      { scrapeSeconds: 25 },
      "definition.stepSeconds: expected a multiple of scrapeSeconds, 25, got 60.",
    ],
    [
      "an objective that is no bound of the histogram",
      { objective: { targetSeconds: 0.3, objective: 0.99 } },
      thrownMessage(() => slowRequestPenalty({ targetSeconds: 0.3, usdPerRequest: 1 })),
    ],
    [
      "an objective beyond 1",
      { objective: { targetSeconds: 0.25, objective: 1.2 } },
      "Expected objective to be a share above 0 and below 1, got 1.2 (number).",
    ],
    ["a negative limit", { limits: { maxUsd: -1 } }, "definition.limits.maxUsd: expected a number from 0, got -1."],
    [
      "a misspelt limit",
      { limits: { maxUds: 5 } as never },
      'definition.limits.maxUds: there is no such limit. Did you mean "maxUsd"?',
    ],
    [
      "a rule for invalid actions that is none",
      { invalidAction: "ignore" as never },
      'definition.invalidAction: expected "error" or { penaltyUsd } with a number from 0, got "ignore" (string).',
    ],
    [
      "a bonus for invalid actions",
      { invalidAction: { penaltyUsd: -1 } },
      'definition.invalidAction: expected "error" or { penaltyUsd } with a number from 0, got an object of Object.',
    ],
    [
      "a misspelt option of the simulation",
      { simulation: { tickSecond: 1 } as never },
      'definition.simulation.tickSecond: there is no such option. Did you mean "tickSeconds"?',
    ],
    [
      "a tick of no length",
      { simulation: { tickSeconds: 0 } },
      "definition.simulation.tickSeconds: expected seconds above 0, got 0.",
    ],
    [
      "an unknown simulator",
      { simulation: { model: "exact" as never } },
      'definition.simulation.model: expected one of fluid, requests, got "exact".',
    ],
    [
      "an unknown balancing",
      { simulation: { balancing: "sticky" as never } },
      'definition.simulation.balancing: expected one of least_connections, round_robin, random, got "sticky".',
    ],
    [
      "a misspelt time of the lifecycle",
      { simulation: { lifecycle: { bootscale: 2 } as never } },
      'definition.simulation.lifecycle.bootscale: there is no such option. Did you mean "bootScale"?',
    ],
    [
      "a span upside down",
      { simulation: { lifecycle: { createSeconds: [70, 30] } } },
      "definition.simulation.lifecycle.createSeconds: expected [least, greatest] in seconds, from 0, got [70,30].",
    ],
    [
      "a boot that takes forever",
      { simulation: { lifecycle: { bootScale: Number.POSITIVE_INFINITY } } },
      "definition.simulation.lifecycle.bootScale: expected a number from 0, got Infinity.",
    ],
  ])("refuses %s", (_, changes, message) => {
    expect(defined(changes)).toBe(message);
  });

  it("refuses a reward without terms", () => {
    expect(thrownMessage(() => defineEnv({ ...smallOptions(), reward: [] }))).toBe(
      "Expected terms to be an array of at least one reward term, got [] (array).",
    );
    expect(() => defineEnv({ ...smallOptions(), controls: [] })).toThrow(InvalidDefinitionError);
  });
});

describe("a compiled control", () => {
  it.each<[string, object, string]>([
    [
      "a target the graph does not have",
      { target: "digitalocean_droplet.wbe" },
      'definition.controls[0].target: the graph has no resource "digitalocean_droplet.wbe". Did you mean "digitalocean_droplet.web"?',
    ],
    [
      "an attribute the resource does not have",
      { attribute: "cuont" },
      `definition.controls[0].attribute: ${WEB} has no attribute "cuont". Did you mean "count"?`,
    ],
    [
      "an unknown mode",
      { mode: "absolute" },
      'definition.controls[0].mode: expected one of delta, target, continuous, residual, got "absolute".',
    ],
    [
      "a domain without the graph's value",
      { domain: { min: 5, max: 9 } },
      `definition.controls[0].domain: must hold the graph's own value of ${WEB}.count, 4.`,
    ],
    [
      "a domain upside down",
      { domain: { min: 5, max: 1 } },
      "definition.controls[0].domain: expected integers min ≤ max, at most 1000 apart, got min 5, max 1.",
    ],
    [
      "values that come twice",
      { attribute: "size", domain: { values: ["s-2vcpu-4gb", "s-2vcpu-4gb"] } },
      "definition.controls[0].domain.values: must be a list of different values.",
    ],
    [
      "a size nobody sells",
      { attribute: "size", domain: { values: ["s-2vcpu-4gb", "s-3vcpu-5gb"] } },
      `definition.controls: ${WEB} cannot be of size s-3vcpu-5gb.`,
    ],
    ["a greatest change of 0", { maxDelta: 0 }, "definition.controls[0].maxDelta: expected an integer from 1, got 0."],
    [
      "a residual that cannot leave the rule alone",
      { residual: [1, 4] },
      "definition.controls[0].residual: expected two integers, the first at most 0, the second at least 0.",
    ],
    [
      "a utilization that is no ratio",
      { targetUtilization: 60 },
      "definition.controls[0].targetUtilization: expected a ratio in (0, 1), got 60.",
    ],
  ])("refuses %s", (_, change, message) => {
    expect(withControl(change)).toBe(message);
  });

  it("refuses two controls of one name, and continuous ones beside others", () => {
    expect(compiled({ controls: [replicas, { ...size, name: "replicas" }] })).toBe(
      "definition.controls[1].name: replicas comes twice.",
    );
    expect(compiled({ controls: [replicas, { ...size, mode: "continuous" }] })).toBe(
      "definition.controls: either all controls are continuous or none is.",
    );
  });

  it("refuses mode residual without the signals its rule reads", () => {
    expect(compiled({ controls: [{ ...replicas, mode: "residual" }], signals: {} })).toBe(
      "definition.signals.replicas: mode residual needs the signals utilization and replicas: they are what its target-tracking rule reads.",
    );
  });
});

describe("a compiled feature", () => {
  it.each<[string, Partial<Feature>, string]>([
    ["two of one name", { name: "backlog" }, "definition.features[2].name: backlog comes twice."],
    [
      "bounds upside down",
      { low: 2, high: 2 },
      "definition.features[0]: utilization needs finite bounds low < high, got 2 and 2.",
    ],
    [
      "endless bounds",
      { high: Number.POSITIVE_INFINITY },
      "definition.features[0]: utilization needs finite bounds low < high, got 0 and Infinity.",
    ],
    [
      "an unknown transform",
      { transform: "sqrt" as never },
      'definition.features[0].transform: expected identity, log1p or clip, got "sqrt".',
    ],
    [
      "an unknown rule for empty results",
      { whenEmpty: Number.NaN },
      'definition.features[0].whenEmpty: expected a finite number or "last", got NaN.',
    ],
  ])("refuses %s", (_, change, message) => {
    expect(withFeature(change)).toBe(message);
  });

  it("refuses a query that does not parse, with the feature's name and the position", () => {
    expect(withFeature({ promql: "sum(rate(infra_gym_slots[5m])" })).toMatch(
      /^definition\.features\[0\]\.promql: utilization: 1:\d+: .* In: sum\(rate\(infra_gym_slots\[5m\]\)$/,
    );
  });

  it("refuses a metric that is not in the catalogue, with the nearest", () => {
    expect(withFeature({ promql: "infra_gym_slot" })).toBe(
      'definition.features[0].promql: utilization: No metric is called "infra_gym_slot". Did you mean "infra_gym_slots"?',
    );
  });

  it("refuses a query that gives several series", () => {
    expect(withFeature({ promql: "infra_gym_replicas" })).toMatch(
      /^definition\.features\[0\]\.promql: utilization: 1:1: /,
    );
  });
});

describe("compiled signals", () => {
  it("refuse a feature that there is not, with the nearest", () => {
    expect(compiled({ signals: { replicas: { utilization: "utilisation" } } })).toBe(
      'definition.signals.replicas.utilization: no feature is called "utilisation". Did you mean "utilization"?',
    );
  });

  it("refuse signals of a control that there is not", () => {
    expect(compiled({ signals: { replica: { utilization: "utilization" } } })).toBe(
      'definition.signals.replica: no control is called "replica". Did you mean "replicas"?',
    );
  });
});
