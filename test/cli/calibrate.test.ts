import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { infraGym } from "./command-line.js";

const folder = mkdtempSync(join(tmpdir(), "infra-gym-calibrate-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const small = ["calibrate", "threshold", "WebService-v0", "--days", "1", "--draws", "3", "--for", "2h"];

describe("infra-gym calibrate", () => {
  it("writes a file that is a policy everywhere, the same bytes each time", async () => {
    const [file, again] = [join(folder, "a.json"), join(folder, "b.json")];
    const { code, out, err } = await infraGym(...small, "--out", file);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(
      /^threshold:utilization=[\d.]+:tolerance=[\d.]+:stabilizationSeconds=\d+:held\.size=\d\n\d+ sets of options/,
    );
    await infraGym(...small, "--out", again);
    expect(readFileSync(file, "utf8")).toBe(readFileSync(again, "utf8"));
    const judged = await infraGym(
      "benchmark",
      "WebService-v0",
      "--policies",
      file,
      "--for",
      "1h",
      "--seeds",
      "1",
      "--json",
      "-",
    );
    expect(JSON.parse(judged.out).policies[0].kind).toBe("rule");
  });

  it("refuses a file that no policy's name would mean", async () => {
    const { code, err } = await infraGym(...small, "--out", "rule.txt");
    expect([code, err]).toEqual([
      2,
      'INFRA_GYM_USAGE: Expected --out to end with .json, got "rule.txt". Policies are found by it.\n',
    ]);
  });
});
