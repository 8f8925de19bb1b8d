/** Worker threads that make a user's own environment from a `.ts` file: with Node's own type stripping, and under a loader. @module */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nodeBinary, root } from "./repository.js";

const environment = `
import { type Env, make } from "infra-gym";
import { TimeLimit } from "infra-gym/wrappers";

interface Options {
  readonly steps: number;
}

export async function makeEnv({ steps }: Options): Promise<Env<Float32Array, Int32Array, object>> {
  return new TimeLimit(await make("WebService-v0"), { maxEpisodeSteps: steps });
}
`;

const program = `
import { AsyncVectorEnv } from "infra-gym/vector";

const source = { entryPoint: new URL("./web-env.ts", import.meta.url), options: { steps: 2 } };
const envs = await AsyncVectorEnv.make<Float32Array, Int32Array>(source, { numEnvs: 2, timeoutSeconds: 120 });
const [observations]: [Float32Array, object] = await envs.reset({ seed: 1 });
await envs.step(envs.actionSpace.sample());
const [, , , truncations] = await envs.step(envs.actionSpace.sample());
console.log(envs.observationSpace.contains(observations), [...truncations].join());
await envs.close();
`;

const loader = pathToFileURL(join(root, "test/fixtures/typescript-loader/register.mjs")).href;
const cases = [
  { major: 20, how: "under a loader", args: ["--import", loader] },
  { major: 22, how: "as it is", args: ["--disable-warning=ExperimentalWarning"] },
  { major: 24, how: "as it is", args: ["--disable-warning=ExperimentalWarning"] },
];

describe("AsyncVectorEnv of an environment in .ts", () => {
  // Inside the package, so that its name stands for what was built.
  let folder = "";
  beforeAll(() => {
    mkdirSync(join(root, "build"), { recursive: true });
    folder = mkdtempSync(join(root, "build", "typescript-project-"));
    writeFileSync(join(folder, "web-env.ts"), environment);
    writeFileSync(join(folder, "train.ts"), program);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.for(cases)("runs on Node $major, $how", { timeout: 300_000 }, ({ major, args }, ctx) => {
    const found = nodeBinary(major);
    if ("reason" in found) return ctx.skip(found.reason);
    const { NODE_OPTIONS: _, VITEST: __, ...env } = process.env;
    const file = join(folder, "train.ts");
    const { status, stdout, stderr } = spawnSync(found.path, [...args, file], { cwd: folder, env, encoding: "utf8" });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "true 1,1\n", stderr: "" });
  });
});
