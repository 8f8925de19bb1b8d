/** A whole run on simulated sides: the request-level model stands for a real plane. @module */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import "../../src/index.js";
import type { SimulationOptions } from "../../src/backends/index.js";
import {
  definitionOf,
  type FidelityOptions,
  type FidelityProgress,
  type FidelityResults,
  Journal,
  runFidelity,
  type SideOpener,
  sidesOf,
} from "../../src/fidelity/index.js";
import { createWorkload } from "../../src/loadgen/index.js";
import { thrownMessage } from "../thrown-message.js";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fidelity-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

const workload = createWorkload("steady", { level: 0.25 });

const about = {
  env: "WebService-v0",
  workload: "steady",
  split: "test",
  stepSeconds: 60,
  reference: "requests",
  timeScale: 1,
};

async function options(parts: Partial<FidelityOptions> = {}): Promise<FidelityOptions> {
  const definition = await definitionOf("WebService-v0", {});
  return {
    opener: sidesOf({ definition, workload, split: "test" }),
    journal: new Journal(undefined, {}),
    policies: ["static:4", "static:8"],
    seeds: [1n, 2n],
    steps: 4,
    calibrationSeeds: [],
    calibrationSteps: 4,
    about,
    serviceTimeSeconds: { web: 0.02 },
    ...parts,
  };
}

const figure = ({ figures }: FidelityResults, name: string): number =>
  figures.find((one) => one.name === `fidelity.${name}`)!.value!;

describe("runFidelity", () => {
  it("finds the fluid model next to the request-level one, and the same ranking", async () => {
    const results = await runFidelity(await options());
    expect(figure(results, "utilizationRelativeError")).toBeLessThan(0.03);
    expect(figure(results, "p95RelativeError")).toBeLessThan(0.1);
    expect(figure(results, "costRelativeError")).toBeLessThan(0.01);
    expect(figure(results, "pairsToldApart")).toBe(1);
    expect(figure(results, "kendallTau")).toBe(1);
    expect(results.sides.map(({ side }) => side)).toEqual(["simulated"]);
  });

  it("finds again what the plane has and the definition does not: work, plumbing, boot", async () => {
    const definition = await definitionOf("WebService-v0", {});
    const sides = sidesOf({ definition, workload, split: "test" });
    const measured = { backend: "requests", timeScale: 1, workload: "steady", seeds: ["1"], steps: 1, halfWidths: {} };
    const hidden: SimulationOptions = {
      model: "requests",
      profile: {
        schema: 1,
        env: "WebService-v0",
        plumbingSeconds: 0.004,
        serviceTimeSeconds: { web: 0.022 },
        lifecycle: { healthCheckSeconds: 45 },
        measured,
      },
    };
    const opener: SideOpener = { ...sides, reference: () => sides.simulated("requests", hidden) };
    const given = { opener, calibrationSeeds: [7n, 8n], policies: ["static:4", "static:12"] };
    const { profile } = await runFidelity(await options({ ...given, seeds: [1n] }));
    expect(profile!.serviceTimeSeconds.web).toBeCloseTo(0.022, 3);
    expect(profile!.plumbingSeconds).toBeCloseTo(0.004, 3);
    expect(profile!.lifecycle.healthCheckSeconds).toBeGreaterThan(35);
    expect(profile!.lifecycle.healthCheckSeconds).toBeLessThan(55);
  });

  it("goes on where it was interrupted, and then comes to the same", async () => {
    const path = join(folder, "journal.jsonl");
    const whole = await runFidelity(await options());
    await runFidelity(await options({ journal: new Journal(path, { run: 1 }), seeds: [1n] }));
    writeFileSync(path, readFileSync(path, "utf8").slice(0, -40));
    const sides: string[] = [];
    const onProgress = ({ side }: FidelityProgress): number => sides.push(side);
    const resumed = await runFidelity(await options({ journal: new Journal(path, { run: 1 }), onProgress }));
    expect(resumed.figures).toEqual(whole.figures);
    expect(sides).toHaveLength(8);
    const again = new Journal(path, { run: 1 });
    const keys = ["static:4", "static:8"].flatMap((policy) => ["1", "2"].map((seed) => ({ policy, seed })));
    expect(keys.map((key) => again.find({ side: "requests", ...key })?.steps.length)).toEqual([4, 4, 4, 4]);
  });

  it("begins no further seed when its time is over", async () => {
    let now = 0;
    const deadline = { now: () => now, at: 10 };
    const onProgress = ({ done }: FidelityProgress): void => {
      if (done === 2) now = 11;
    };
    const { seeds } = await runFidelity(await options({ deadline, onProgress }));
    expect(seeds).toEqual(["1"]);
  });
});

describe("Journal", () => {
  it("refuses the file of another run", () => {
    const path = join(folder, "deep", "journal.jsonl");
    new Journal(path, { steps: 1 });
    expect(existsSync(path)).toBe(true);
    expect(thrownMessage(() => new Journal(path, { steps: 2 }))).toBe(
      `${path} is not a profile of the simulation: it is the journal of another run. Remove it, or name another file.`,
    );
  });
});
