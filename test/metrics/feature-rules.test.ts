/** What becomes of a feature whose query gives two values, none, or none that is a number. @module */
import { describe, expect, it } from "vitest";
import { type Feature, InfraEnv } from "../../src/envs/index.js";
import { smallDefinition } from "../envs/small-definition.js";
import { thrownMessage } from "../thrown-message.js";

function envOf(...changes: readonly Partial<Feature>[]): InfraEnv<number> {
  const { features } = smallDefinition();
  const others = changes.map(
    (change, k): Feature => ({ ...features[0]!, name: `other${k}`, low: -9, high: 99, ...change }),
  );
  return new InfraEnv<number>(smallDefinition({ features: [...features, ...others] }));
}

const statuses = ["active", "desired", "draining", "pending", "ready"];
const replicas = statuses.map((status) => `infra_gym_replicas{service="web", status="${status}"}`);

describe("a feature's query", () => {
  it.each([
    ["infra_gym_replicas", replicas],
    ["infra_gym_replicas or topk(1, up)", undefined],
    ["topk(2, infra_gym_replicas)", replicas],
    ["last_over_time(infra_gym_replicas[5m:1m])", replicas],
    ["avg_over_time(infra_gym_replicas[5m:1m])", replicas.map((one) => one.replace("infra_gym_replicas", ""))],
    [
      'label_replace(infra_gym_replicas, "a", "$1", "service", "(w).*")',
      replicas.map((one) => one.replace("{", '{a="w", ')),
    ],
  ])("is refused with its series when it can give two: %s", (promql, series) => {
    const message = thrownMessage(() => envOf({ promql }));
    expect(message).toMatch(
      /^definition\.features\[4\]\.promql: other0: 1:1: must give one value, but can give \d+ series: /,
    );
    if (series !== undefined) expect(message).toContain(`can give 5 series: ${series.join(", ")}. Aggregate`);
  });

  it.each([
    'infra_gym_slots{service="db"}',
    'max_over_time(infra_gym_slots{service="db"}[5m:1m])',
    "topk(0, infra_gym_slots)",
  ])("is refused with what is declared when it can never give one: %s", (promql) => {
    expect(thrownMessage(() => envOf({ promql }))).toBe(
      `definition.features[4].promql: other0: 1:1: never gives a value here: no series matches; declared are infra_gym_slots{service="web"}. In: ${promql}`,
    );
  });

  it("follows the feature's rule while it is empty or NaN, compiled or not", async () => {
    const queries = [
      "infra_gym_slots > 1000",
      "infra_gym_slots / 0 - infra_gym_slots / 0",
      "max_over_time((infra_gym_slots > 1000)[5m:1m])",
      "infra_gym_slots unless on() vector(1)",
      "sum(rate(infra_gym_busy_seconds_total[2m] offset 4m))",
    ];
    const env = envOf(
      ...queries.map((promql) => ({ promql, whenEmpty: 7 })),
      ...queries.map((promql) => ({ promql, whenEmpty: "last" as const, low: 3 })),
      { promql: "infra_gym_slots / 0" },
      { promql: "-infra_gym_slots / 0" },
    );
    const [first] = await env.reset({ seed: 1 });
    expect([...first.subarray(4)]).toEqual([7, 7, 7, 7, 7, 3, 3, 3, 3, 3, 99, -9]);
    for (let k = 0; k < 8; k++) await env.step(4);
    const [later] = await env.step(4);
    expect(later[8]).toBeGreaterThan(0);
    expect([...later.subarray(4, 8)]).toEqual([7, 7, 7, 7]);
    expect(env.observationSpace.contains(later)).toBe(true);
  });
});
