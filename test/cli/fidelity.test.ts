/** The command, against the request-level model: a plane takes minutes. @module */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { infraGym } from "./command-line.js";
import { schemaErrors } from "./schema.js";

const folder = mkdtempSync(join(tmpdir(), "infra-gym-fidelity-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const at = (file: string): string => join(folder, file);
const small = ["fidelity", "WebService-v0", "--policies", "static:4,static:6", "--against", "requests"];

describe("infra-gym fidelity", () => {
  it("writes results, a profile that meets its schema and is loaded, a page and a picture", async () => {
    const files = ["--json", at("f.json"), "--page", at("f.md"), "--plot", at("f.svg"), "--calibrate", at("p.json")];
    const { code, out, err } = await infraGym(...small, "--seeds", "3,5", "--for", "9s", ...files);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/^fidelity\.p95RelativeError +0\.0\d+ +ratio$/m);
    const results = JSON.parse(readFileSync(at("f.json"), "utf8"));
    expect(results).toMatchObject({ schema: 1, env: "WebService-v0", reference: "requests", seeds: ["3", "5"] });
    expect(schemaErrors("profile", JSON.parse(readFileSync(at("p.json"), "utf8")))).toEqual([]);
    expect(readFileSync(at("f.md"), "utf8")).toMatch(/^!\[Each policy on each side\]\(f\.svg\)$/m);
    expect(readFileSync(at("f.svg"), "utf8")).toContain("static:6</text>");
    const run = await infraGym("run", "WebService-v0", "--steps", "2", "--simulation-profile", at("p.json"));
    expect([run.code, run.err]).toEqual([0, ""]);
  });

  it("says how much time it needs, and which options exclude each other", async () => {
    const short = await infraGym(...small, "--seeds", "9", "--for", "2s");
    expect(short.code).toBe(2);
    expect(short.err).toMatch(/^INFRA_GYM_INVALID_OPTION: Expected for to be at least \d+ \(seconds\)/);
    expect((await infraGym(...small, "--calibrate", "a", "--simulation-profile", "b")).err).toBe(
      "INFRA_GYM_USAGE: Expected --calibrate or --simulation-profile, got both. Leave one out.\n",
    );
    const shared = ["--calibrate", "a", "--calibration-seed", "1"];
    expect((await infraGym(...small, ...shared)).err).toBe(
      "INFRA_GYM_USAGE: Expected --calibration-seed to be none of the seeds to judge on. Take another.\n",
    );
    const local = await infraGym("run", "WebService-v0", "--backend", "local", "--simulation-profile", "p.json");
    expect(local.err).toBe("INFRA_GYM_USAGE: --simulation-profile goes with the backend simulated.\n");
  });

  it("names what is wrong with a profile", async () => {
    const missing = await infraGym(...small, "--simulation-profile", at("none.json"));
    expect(missing.code).toBe(1);
    expect(missing.err).toMatch(/^INFRA_GYM_INVALID_PROFILE: .*none\.json is not a profile of the simulation: ENOENT/);
  });
});
