/** The command `train behaviour-cloning`, and `train --warm-start`. @module */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { infraGym } from "./command-line.js";

const folder = mkdtempSync(join(tmpdir(), "infra-gym-teaching-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("infra-gym train behaviour-cloning", () => {
  const short = ["--with", "hiddenSizes=16", "--seed", "3"];

  it("learns from a teacher or a file, goes on with --resume, and is what PPO begins with", async () => {
    const [clone, file, ppo] = ["cli-clone", "cli.jsonl", "cli-ppo"].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    const args = ["WebService-v0", "--out", clone, "--teacher", "threshold:0.6", "--episodes", "1", "--steps", "2000"];
    const first = await infraGym("train", "behaviour-cloning", ...args, ...short);
    expect(`${first.err}exit code ${first.code}`).toBe(
      "behaviour-cloning in WebService-v0: 1 environments, networks: dense (wasm)\nexit code 0",
    );
    const again = await infraGym(
      "train",
      "behaviour-cloning",
      "WebService-v0",
      "--out",
      clone,
      "--resume",
      "--steps",
      "3000",
    );
    expect(again.out).toMatch(/^Trained after 3,888 steps/);
    const warm = ["--warm-start", clone, "--steps", "64", "--envs", "4", "--with", "numSteps=16,hiddenSizes=16"];
    expect(await infraGym("train", "PPO", "WebService-v0", ...warm, "--out", ppo)).toMatchObject({ code: 0 });
    await infraGym("record", "threshold:0.6", "WebService-v0", "--steps", "100", "--out", file);
    const read = ["--dataset", file, "--steps", "90", "--out", join(folder, "cli-file")];
    expect(await infraGym("train", "behaviour-cloning", "WebService-v0", ...read, ...short)).toMatchObject({ code: 0 });
  });

  it("says what it is to be shown, and that test days are not", async () => {
    const out = ["--out", join(folder, "none")];
    const none = await infraGym("train", "behaviour-cloning", "WebService-v0", ...out);
    expect(none.err).toContain("Expected --dataset FILE or --teacher POLICY, one of both, for behaviour-cloning.");
    const test = await infraGym(
      "train",
      "behaviour-cloning",
      "WebService-v0",
      "--teacher",
      "oracle",
      "--split",
      "test",
      ...out,
    );
    expect(test.err).toContain("A teacher shows train days: what is learnt from test days proves nothing.");
    const other = await infraGym("train", "PPO", "WebService-v0", "--teacher", "oracle", ...out);
    expect(other.err).toContain("--dataset and --teacher are for behaviour-cloning, got PPO. Leave them out.");
  });
});
