import { describe, expect, it } from "vitest";
import type { SimulatedBackend } from "../../src/backends/index.js";
import { make } from "../../src/index.js";
import { METRICS, parseExposition, SeriesSchema, seriesNamesOf, writeExposition } from "../../src/metrics/index.js";
import { SeriesRecorder } from "../../src/metrics/series-recorder.js";
import { thrownMessage } from "../thrown-message.js";

const schema = new SeriesSchema([
  { name: "infra_gym_crashes_total", labels: { service: "web" } },
  { name: "up", labels: { instance: "web-0", service: "web" }, optional: true },
]);

/** A recorder told of scrapes a minute apart: values of the two series, null where the second is absent. */
function recorderOf(...scrapes: (readonly [number, number | null])[]): SeriesRecorder {
  const recorder = new SeriesRecorder();
  scrapes.forEach(([first, second], k) => {
    const values = Float64Array.of(first, 9, second ?? 7, 9);
    const present = Uint8Array.of(1, 0, second === null ? 0 : 1, 0);
    recorder.add({ schema, timeSeconds: 60 * k, values, present, stride: 2 });
  });
  return recorder;
}

async function recordEpisode(id: string, watched = true) {
  const env = await make(id);
  const recorder = new SeriesRecorder();
  const { backend } = env.unwrapped as unknown as { backend: SimulatedBackend };
  if (watched) backend.watch((scrape) => recorder.add(scrape));
  const [first] = await env.reset({ seed: 3 });
  const observations = [first];
  env.actionSpace.seed(3);
  for (let k = 0; k < 30; k++) observations.push((await env.step(env.actionSpace.sample() as never))[0]);
  await env.close();
  return { recorder, observations };
}

describe("SeriesRecorder", () => {
  it("gives the samples as OpenMetrics, a family's together, without those that were absent", () => {
    expect(writeExposition(recorderOf([0, 1], [2, null], [3, 0]).families(), "openmetrics")).toBe(
      [
        "# TYPE infra_gym_crashes counter",
        "# HELP infra_gym_crashes Replicas that crashed.",
        'infra_gym_crashes_total{service="web"} 0 0',
        'infra_gym_crashes_total{service="web"} 2 60',
        'infra_gym_crashes_total{service="web"} 3 120',
        "# TYPE up gauge",
        "# HELP up Whether the machine answered its last scrape.",
        'up{instance="web-0",service="web"} 1 0',
        'up{instance="web-0",service="web"} 0 120',
        "# EOF",
        "",
      ].join("\n"),
    );
  });

  it("gives series that are stale from the first scrape that lacks them", () => {
    const [counter, up] = recorderOf([0, null], [1, 1], [2, null], [3, null], [4, 1]).series();
    expect(counter!.samples.map(({ t, v }) => [t, v])).toEqual([
      [0, 0],
      [60_000, 1],
      [120_000, 2],
      [180_000, 3],
      [240_000, 4],
    ]);
    expect(up!.samples).toEqual([
      { t: 60_000, v: 1 },
      { t: 120_000, v: Number.NaN, stale: true },
      { t: 240_000, v: 1 },
    ]);
  });

  it("leaves out series that were never there", () => {
    expect(recorderOf([0, null]).series()).toHaveLength(1);
  });

  it("refuses scrapes of other series", () => {
    const recorder = recorderOf([0, 1]);
    const other = new SeriesSchema([{ name: "up", labels: {} }]);
    const scrape = {
      schema: other,
      timeSeconds: 0,
      values: new Float64Array(1),
      present: new Uint8Array(1),
      stride: 1,
    };
    expect(thrownMessage(() => recorder.add(scrape))).toBe(
      "Expected a snapshot of the 2 series of the first scrape, got one of 1 others.",
    );
  });

  it.each(["WebService-v0", "ThreeTier-v0"])(
    "keeps a whole episode that can be read again, and leaves it as it is: %s",
    async (id) => {
      const { recorder, observations } = await recordEpisode(id);
      expect(recorder.size).toBe(31);
      expect(observations).toEqual((await recordEpisode(id, false)).observations);
      const families = recorder.families();
      expect(parseExposition(writeExposition(families, "openmetrics"), { format: "openmetrics" })).toEqual(families);
      const names = new Set(METRICS.flatMap(seriesNamesOf));
      expect(families.flatMap(({ samples }) => samples).filter(({ name }) => !names.has(name))).toEqual([]);
    },
  );
});
