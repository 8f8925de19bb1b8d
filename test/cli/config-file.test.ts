import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { root } from "../package/repository.js";
import { infraGym } from "./command-line.js";
import { schemaErrors } from "./schema.js";

const folder = mkdtempSync(join(tmpdir(), "infra-gym-config-"));
const file = join(folder, "config.json");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(config: unknown): void {
  writeFileSync(file, typeof config === "string" ? config : JSON.stringify(config));
}

const benchmark = {
  schema: 1,
  env: "WebService-v0",
  policies: ["static", "threshold:0.6"],
  seeds: [7],
  steps: 2,
  hard: true,
};

describe("--config", () => {
  it("holds any option of a command, in the words of its schema", async () => {
    write(benchmark);
    expect(schemaErrors("config", benchmark)).toEqual([]);
    const { code, out } = await infraGym("benchmark", "--config", file, "--json", "-");
    expect(code).toBe(0);
    const { seeds, policies } = JSON.parse(out);
    expect(seeds).toEqual([7]);
    expect(policies.map(({ name }: { name: string }) => name)).toEqual(["static", "threshold:0.6"]);
  });

  it("gives way to the command line", async () => {
    write(benchmark);
    const { out } = await infraGym("benchmark", "--config", file, "--seeds", "2", "--json", "-");
    expect(JSON.parse(out).seeds).toEqual([0, 1]);
  });

  it("has a schema with a key for every option of every command", async () => {
    const helps = await Promise.all(
      ["run", "benchmark", "envs", "query", "init", "graph", "tf", "reap", "prices", "emulator"].map((verb) =>
        infraGym(verb, "--help"),
      ),
    );
    const options = helps.flatMap(({ out }) => [...out.matchAll(/^ {2}--([\w-]+)/gm)].map(([, name]) => name!));
    const known = new Set([...options, "dir", "layer", "query", "schema", "$schema"]);
    for (const common of ["config", "debug", "help"]) known.delete(common);
    const schema = JSON.parse(readFileSync(`${root}/docs/schemas/config.schema.json`, "utf8"));
    expect(Object.keys(schema.properties).sort()).toEqual([...known].sort());
  });

  it.each([
    [
      { ...benchmark, polices: "static" },
      `There is no option "polices" in ${file} for benchmark. Did you mean "policies"?`,
    ],
    [{ ...benchmark, schema: 2 }, `Expected "schema" in ${file} to be 1, got 2 (number).`],
    [{ env: "WebService-v0" }, `Expected "schema" in ${file} to be 1, got undefined.`],
    [{ ...benchmark, hard: "yes" }, `Expected "hard" in ${file} to be true or false, got "yes" (string).`],
    [{ ...benchmark, steps: -1 }, `Expected "steps" in ${file} to be an integer of at least 1, got "-1".`],
    [
      { ...benchmark, seeds: [2 ** 60] },
      `Expected "seeds" in ${file} to be a string, a number or a list, got 1152921504606847000 (number). A number this large is not exact: write it as a string.`,
    ],
    [
      { ...benchmark, env: { id: 1 } },
      `Expected "env" in ${file} to be a string, a number or a list, got an object of Object.`,
    ],
    ["[]", `Expected ${file} to hold a JSON object, got [] (array).`],
  ])("names what is wrong in %j", async (config, message) => {
    write(config);
    const { code, err } = await infraGym("benchmark", "--config", file);
    expect([code, err]).toEqual([2, `INFRA_GYM_USAGE: ${message}\n`]);
  });

  it("names a file that cannot be read, or is no JSON", async () => {
    const missing = await infraGym("envs", "--config", join(folder, "none.json"));
    expect(missing.err).toMatch(/^INFRA_GYM_USAGE: Could not read the configuration .*none\.json: ENOENT/);
    write("{ schema: 1 }");
    const broken = await infraGym("envs", "--config", file);
    expect([missing.code, broken.code]).toEqual([2, 2]);
    expect(broken.err).toMatch(
      /^INFRA_GYM_USAGE: Could not read the configuration .*config\.json: Expected property name/,
    );
  });
});
