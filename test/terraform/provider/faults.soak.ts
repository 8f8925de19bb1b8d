/** Many runs against a failing API. @module */
import { describe, expect, it } from "vitest";
import { EXPECTED, type FaultRun, faultRun, faultRunInProcess } from "./fault-run.js";
import { hasTerraform } from "./terraform-world.js";

/** Seeds whose run did not make everything once and destroy it, with what it came to. */
async function badSeeds(first: number, count: number, atOnce: number, run: (seed: number) => Promise<FaultRun>) {
  const bad: unknown[] = [];
  const seeds = Array.from({ length: count }, (_, k) => first + k);
  const worker = async (): Promise<void> => {
    for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) {
      const came = await run(seed).catch((error: unknown) => ({ made: [], left: [], error: String(error) }));
      if (String(came.made) !== String(EXPECTED) || came.left.length > 0) bad.push({ seed, ...came });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return bad;
}

function figures(count: number, bad: number) {
  return [
    { name: "seeds", value: count, unit: "" },
    { name: "notConverged", value: bad, unit: "" },
  ];
}

describe("the built-in provider with a failing API", () => {
  it("makes everything once, and destroys it: 500 seeds", async ({ task }) => {
    const bad = await badSeeds(1, 500, 25, faultRunInProcess);
    task.meta.figures = figures(500, bad.length);
    expect(bad).toEqual([]);
  });
});

describe.skipIf(!hasTerraform)("Terraform with a failing API (needs terraform)", () => {
  it.for([1, 51])("makes everything once, and destroys it: 50 seeds from %i", async (first, { task }) => {
    const bad = await badSeeds(first, 50, 3, faultRun);
    task.meta.figures = figures(50, bad.length);
    expect(bad).toEqual([]);
  });
});
