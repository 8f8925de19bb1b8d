/** Definitions through JSON and back: they play alike. @module */
import { describe, expect, it } from "vitest";
import {
  type DefinitionJson,
  type DefinitionOptions,
  defineEnv,
  definitionFromJson,
  type EnvDefinition,
  InfraEnv,
  threeTierDefinition,
  webServiceDefinition,
} from "../../src/envs/index.js";
import { InfraGraph, listCatalogue } from "../../src/infra/index.js";
import { thrownMessage } from "../thrown-message.js";
import { playRandomly } from "./play.js";
import { smallDefinition } from "./small-definition.js";

/** Three tiers whose databases cost twice their list prices. */
function dearDatabases(): EnvDefinition {
  const tiers = threeTierDefinition();
  const databaseSizes = Object.fromEntries(
    Object.entries(listCatalogue.databaseSizes).map(([slug, size]) => [
      slug,
      { ...size, priceUsdPerMonth: 2 * size.priceUsdPerMonth, priceUsdPerHour: 2 * size.priceUsdPerHour },
    ]),
  );
  const graph = InfraGraph.fromJSON(tiers.graph.toJSON(), { catalogue: { ...listCatalogue, databaseSizes } });
  return defineEnv({ ...(tiers as DefinitionOptions), graph });
}

describe("definitionFromJson", () => {
  it.each<[string, () => EnvDefinition]>([
    ["the small definition", smallDefinition],
    ["WebService-v0", () => webServiceDefinition({ limits: { maxDroplets: 9, maxUsd: 3 } })],
    ["WebService-v0, hard, continuous", () => webServiceDefinition({ hard: true, control: "continuous" })],
    ["ThreeTier-v0", () => threeTierDefinition({ invalidAction: "error", control: "residual" })],
    ["three tiers with prices of their own", dearDatabases],
  ])("makes %s again, which plays alike", async (_, make) => {
    const definition = make();
    const again = definitionFromJson(JSON.parse(JSON.stringify(definition)) as DefinitionJson);
    expect(JSON.stringify(again)).toBe(JSON.stringify(definition));
    expect(again.graph.priceUsdPerHour).toBe(definition.graph.priceUsdPerHour);
    expect(await playRandomly(new InfraEnv(again), 5, 40)).toEqual(await playRandomly(new InfraEnv(definition), 5, 40));
  });

  it("keeps what is endless", () => {
    const lifecycle = { meanSecondsBetweenCrashes: Number.POSITIVE_INFINITY };
    const limits = { maxUsd: Number.POSITIVE_INFINITY };
    const definition = smallDefinition({ simulation: { lifecycle }, limits });
    const again = definitionFromJson(JSON.parse(JSON.stringify(definition)) as DefinitionJson);
    expect([again.simulation, again.limits]).toEqual([{ lifecycle }, limits]);
  });

  it("refuses a workload and a reward term that there is not", () => {
    const json = smallDefinition().toJSON();
    expect(thrownMessage(() => definitionFromJson({ ...json, workloads: [{ name: "stedy", options: {} }] }))).toBe(
      'No workload is called "stedy", and no such file exists. Did you mean "steady"?',
    );
    expect(thrownMessage(() => definitionFromJson({ ...json, reward: [{ function: "billedCosts" }] }))).toBe(
      'Expected reward[0].function to be a reward term (did you mean "billedCost"?), got "billedCosts" (string).',
    );
  });
});
