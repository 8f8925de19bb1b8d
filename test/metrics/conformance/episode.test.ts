/** The same queries over the same episode: here, and in the real Prometheus. @module */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SimulatedBackend } from "../../../src/backends/index.js";
import { compile } from "../../../src/envs/compile.js";
import { observeOne } from "../../../src/envs/feature.js";
import { type InfraEnv, make } from "../../../src/index.js";
import { PrometheusClient, substituteVariables, writeExposition } from "../../../src/metrics/index.js";
import { parseValue } from "../../../src/metrics/query-data.js";
import { SeriesRecorder } from "../../../src/metrics/series-recorder.js";
import { noPrometheus } from "../prometheus-tools.js";
import { type RunningPrometheus, runPrometheus } from "../run-prometheus.js";

const STEPS = 45;

interface Observed {
  readonly timeSeconds: number;
  readonly observation: Float32Array;
}

async function play(env: InfraEnv, recorder: SeriesRecorder): Promise<Observed[]> {
  if (!(env.backend instanceof SimulatedBackend)) throw new TypeError("expected the simulated backend");
  env.backend.watch((scrape) => recorder.add(scrape));
  const [first] = await env.reset({ seed: 5 });
  const observed = [{ timeSeconds: env.backend.timeSeconds, observation: first }];
  env.actionSpace.seed(5);
  for (let k = 0; k < STEPS; k++) {
    const [observation] = await env.step(env.actionSpace.sample());
    observed.push({ timeSeconds: env.backend.timeSeconds, observation });
  }
  return observed;
}

describe.skipIf(noPrometheus)(
  `an episode loaded into the real Prometheus${noPrometheus === undefined ? "" : `: ${noPrometheus}`}`,
  () => {
    const recorder = new SeriesRecorder();
    let env: InfraEnv;
    let observed: Observed[];
    let prometheus: RunningPrometheus;

    beforeAll(async () => {
      env = await make("WebService-v0", { promqlProfile: "prom2" });
      observed = await play(env, recorder);
      prometheus = await runPrometheus(writeExposition(recorder.families(), "openmetrics"));
    }, 120_000);
    afterAll(async () => {
      await env?.close();
      await prometheus?.stop();
    });

    it("gives the same observation vectors, bit for bit, through the HTTP client", async () => {
      const client = new PrometheusClient({ url: prometheus.url });
      await client.checkProfile(env.definition.promqlProfile);
      const { features, featureTable } = compile(env.definition);
      const last = new Float32Array(features.length);
      for (const { timeSeconds, observation } of observed) {
        const values = new Float64Array(features.length);
        for (const [f, { promql }] of features.entries()) {
          const { data } = await client.query(substituteVariables(promql, env.definition), { timeSeconds });
          values[f] = numberOf(data);
        }
        const made = observeOne(featureTable, values, last, new Float32Array(features.length));
        expect(made, `at ${timeSeconds} s`).toEqual(observation);
      }
      expect(new Set(observed.map(({ observation }) => observation.join())).size).toBe(STEPS + 1);
    });

    it("refuses the server of another profile", async () => {
      const call = new PrometheusClient({ url: prometheus.url }).checkProfile("prom3");
      await expect(call).rejects.toMatchObject({ name: "INFRA_GYM_PROFILE_MISMATCH", expected: "prom3", got: "prom2" });
    });
  },
);

/** The one value of an instant query's result; NaN where there is none. */
function numberOf({ resultType, result }: Awaited<ReturnType<PrometheusClient["query"]>>["data"]): number {
  if (resultType === "scalar") return parseValue(result[1])!;
  if (resultType !== "vector" || result.length > 1) throw new TypeError(`expected one value, got ${resultType}`);
  return result.length === 0 ? Number.NaN : parseValue(result[0]!.value[1])!;
}
