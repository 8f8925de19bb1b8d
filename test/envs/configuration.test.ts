/** The compiled path against the graph path: plans, prices, refusals and desired states over random actions. @module */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compile } from "../../src/envs/compile.js";
import type { Configuration } from "../../src/envs/configuration.js";
import { Decision } from "../../src/envs/decision.js";
import {
  type DefinitionOptions,
  defineEnv,
  type EnvDefinition,
  threeTierDefinition,
  webServiceDefinition,
} from "../../src/envs/index.js";
import { composeEdits, createGuard, type InfraGraph, plan, setAttribute } from "../../src/infra/index.js";
import { desiredStateOf } from "../../src/simulator/from-graph.js";
import { thrownMessage } from "../thrown-message.js";
import { smallDefinition, WEB } from "./small-definition.js";

const definitions: Readonly<Record<string, EnvDefinition>> = {
  "WebService-v0": webServiceDefinition({ limits: { maxDroplets: 9, maxUsdPerHour: 0.4, maxUsd: 2 } }),
  "ThreeTier-v0": threeTierDefinition({ limits: { maxDroplets: 15, maxUsdPerHour: 1.1, maxUsd: 5 } }),
  "ThreeTier-v0 in mode target": threeTierDefinition({ control: "target", limits: { maxUsd: 5 } }),
};

/** The graph that an action asks for, by plain edits of the graph before. */
function edited(definition: EnvDefinition, graph: InfraGraph, action: ArrayLike<number>): InfraGraph | null {
  const values = definition.controls.map(({ target, attribute, domain, mode, maxDelta }, k) => {
    const all = "values" in domain ? domain.values : range(domain.min, domain.max);
    const now = all.indexOf(graph.get(target).attributes[attribute] as never);
    const slot = mode === "target" ? action[k]! : now + action[k]! - (maxDelta ?? ("values" in domain ? 1 : 4));
    return all[slot];
  });
  if (values.includes(undefined)) return null;
  const edits = definition.controls.map(({ target, attribute }, k) => setAttribute(target, attribute, values[k]));
  return composeEdits(...edits)(graph);
}

function range(min: number, max: number): number[] {
  return Array.from({ length: max - min + 1 }, (_, i) => min + i);
}

describe("Configurations", () => {
  it.each(Object.keys(definitions))("give the plans, prices, refusals and states of the edited graphs: %s", (name) => {
    const definition = definitions[name]!;
    const compiled = compile(definition);
    const { codec, configurations, prepared } = compiled;
    const guard = createGuard(definition.limits);
    const decision = new Decision(compiled);
    const values = new Float64Array(compiled.features.length);
    const actions = fc.array(fc.tuple(...codec.sizes.map((size) => fc.nat(size - 1))), { maxLength: 12 });
    fc.assert(
      fc.property(actions, fc.constantFrom(0, 1.5, 4, 9), fc.boolean(), (sequence, spentUsd, applying) => {
        let configuration: Configuration = configurations.initial;
        let graph = definition.graph;
        for (const action of sequence) {
          const outcome = decision.make(configuration, action, 0, { values, stride: 1, env: 0, applying, spentUsd });
          const wanted = edited(definition, graph, action);
          const verdict = wanted === null ? null : guard.check(graph, wanted, spentUsd);
          const isMasked = outcome.refusal?.startsWith("mask: ") === true;
          if (wanted === null || !verdict!.allowed) expect(outcome.refusal).not.toBeNull();
          if (!isMasked && wanted !== null) {
            const expected = verdict!.allowed ? null : `${verdict!.reason}: ${verdict!.text}`;
            expect(outcome.refusal).toBe(expected);
          }
          if (outcome.refusal !== null) {
            expect(outcome.configuration).toBe(configuration);
            continue;
          }
          const next = outcome.configuration;
          expect(next.graph.equals(wanted!)).toBe(true);
          expect(next.graph.priceUsdPerHour).toBe(wanted!.priceUsdPerHour);
          expect(configurations.plan(configuration, next)).toEqual(plan(graph, wanted!));
          expect(next.state).toEqual(desiredStateOf(wanted!, prepared.model));
          configuration = next;
          graph = wanted!;
        }
      }),
      { numRuns: 60 },
    );
  });

  it("are the same object for the same slots, whatever the way", () => {
    const { configurations } = compile(definitions["WebService-v0"]!);
    const there = configurations.at([7, 2]);
    expect(configurations.at(Int32Array.of(7, 2))).toBe(there);
    expect(configurations.at(there.slots)).toBe(there);
    expect(configurations.plan(configurations.initial, there)).toBe(configurations.plan(configurations.initial, there));
  });

  it("are made again after thousands of others, and are equal then", () => {
    const wide = { name: "web", target: WEB, attribute: "count", mode: "target", domain: { min: 0, max: 99 } } as const;
    const api = { ...wide, name: "api", target: "digitalocean_droplet.api" };
    const definition = defineEnv({
      ...(threeTierDefinition() as DefinitionOptions),
      controls: [wide, api],
      signals: {},
    });
    const { configurations } = compile(definition);
    const first = configurations.at([3, 5]);
    for (let web = 0; web < 100; web++) for (let count = 0; count < 60; count++) configurations.at([web, count]);
    const again = configurations.at([3, 5]);
    expect(again).not.toBe(first);
    expect([again.key, again.state]).toEqual([first.key, first.state]);
    expect(configurations.refusal(first, again, 1e9)).toBeNull();
  });

  it("are refused where there are more than can be counted", () => {
    const control = { target: WEB, attribute: "count", mode: "target", domain: { min: 0, max: 1000 } } as const;
    const controls = ["a", "b", "c", "d", "e", "f"].map((name) => ({ ...control, name }));
    expect(thrownMessage(() => compile(smallDefinition({ controls, signals: {} })))).toBe(
      "definition.controls: together have more than 2^53 configurations. Narrow their domains.",
    );
  });

  it("mask a component where its change alone would be refused", () => {
    fc.assert(
      fc.property(fc.nat(11), fc.nat(2), fc.boolean(), (count, size, overBudget) => {
        const definition = definitions["WebService-v0"]!;
        const { codec, configurations } = compile(definition);
        const from = configurations.at([count, size]);
        const guard = createGuard(definition.limits);
        configurations.masks(from, false, overBudget).components.forEach((mask, k) => {
          mask.forEach((allowed, value) => {
            const still = codec.controls.map(({ maxDelta }) => maxDelta);
            still[k] = value;
            const wanted = edited(definition, from.graph, still);
            const spentUsd = overBudget ? 1e9 : 0;
            const expected = wanted !== null && guard.check(from.graph, wanted, spentUsd).allowed;
            expect(allowed === 1).toBe(expected);
          });
        });
      }),
    );
  });
});
