/** The commands train, evaluate and record. @module */
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { main } from "../../src/cli/main.js";
import { infraGym, KeepingTerminal } from "./command-line.js";

const folder = mkdtempSync(join(tmpdir(), "infra-gym-train-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const out = join(folder, "ppo");
const short = ["--envs", "4", "--with", "numSteps=16,hiddenSizes=16", "--seed", "3"];

function read(name: string, file: string): string {
  return readFileSync(join(folder, name, file), "latin1");
}

describe("infra-gym train", () => {
  it("writes an agent and says how it went", async () => {
    const {
      code,
      out: text,
      err,
    } = await infraGym("train", "PPO", "WebService-v0", "--steps", "128", "--out", out, ...short);
    expect(`${err}exit code ${code}`).toBe("PPO in WebService-v0: 4 environments, networks: dense (wasm)\nexit code 0");
    expect(text).toMatch(/^Trained after 128 steps, [\d,]+ steps\/s\nno episode has ended\nagent: /);
    expect(existsSync(join(out, "checkpoint.json"))).toBe(true);
    expect(read("ppo", "metrics.jsonl").match(/"global_step":\d+/g)).toEqual(['"global_step":64', '"global_step":128']);
  });

  it("goes on with --resume to the bytes of a run without a stop", async () => {
    const whole = join(folder, "whole");
    await infraGym(
      "train",
      "ppo",
      "WebService-v0",
      "--steps",
      "256",
      "--out",
      whole,
      ...short,
      "--with",
      "numSteps=16,hiddenSizes=16,annealLr=false",
    );
    const halves = join(folder, "halves");
    await infraGym(
      "train",
      "ppo",
      "WebService-v0",
      "--steps",
      "128",
      "--out",
      halves,
      ...short,
      "--with",
      "numSteps=16,hiddenSizes=16,annealLr=false",
    );
    const { code, err } = await infraGym(
      "train",
      "ppo",
      "WebService-v0",
      "--out",
      halves,
      "--resume",
      "--steps",
      "256",
    );
    expect(`${err}exit code ${code}`).toMatch(/exit code 0$/);
    for (const file of ["checkpoint-256.bin", "checkpoint.json", "metrics.jsonl"]) {
      expect(read("halves", file)).toBe(read("whole", file));
    }
  });

  it("learns in a mix of workloads, and finds them again", async () => {
    const mix = join(folder, "mix");
    const args = ["train", "A2C", "WebService-v0", "--out", mix, "--steps"];
    const world = ["--workload", "day,ramp", "--shares", "1,3"];
    await infraGym(...args, "32", ...world, "--envs", "4", "--with", "numSteps=8");
    const { code, err } = await infraGym(...args, "64", "--resume");
    expect(`${err}exit code ${code}`).toMatch(/exit code 0$/);
    const { training, globalStep } = JSON.parse(read("mix", "checkpoint.json"));
    expect([training.notes, globalStep]).toEqual([{ workload: "day,ramp", shares: "1,3" }, 64]);
  });

  it("saves and ends in order when it is interrupted", async () => {
    const stopped = join(folder, "stopped");
    const terminal = new KeepingTerminal();
    const run = main(["train", "A2C", "WebService-v0", "--steps", "100000000", "--out", stopped, ...short], terminal);
    let isOver = false;
    run.finally(() => {
      isOver = true;
    });
    while (!isOver && (!existsSync(join(stopped, "metrics.jsonl")) || read("stopped", "metrics.jsonl") === "")) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    process.emit("SIGINT", "SIGINT");
    expect(await run).toBe(130);
    expect(terminal.output).toMatch(/^Stopped after [\d,]+ steps/);
    expect(JSON.parse(read("stopped", "checkpoint.json")).globalStep).toBeGreaterThan(0);
  });

  it("shows speed, time left and the curve of returns to someone who looks on", async () => {
    const terminal = new KeepingTerminal(true);
    const args = ["--steps", "3072", "--out", join(folder, "shown"), "--envs", "4", "--with", "numSteps=384"];
    await main(["train", "PPO", "WebService-v0", ...args], terminal);
    expect(terminal.messages).toMatch(/ [\d,]+ steps\/s, \d+ s left, return -[\d.]+ ▁/);
  });

  it.each([
    ["1", 'Expected --shares to be a whole number from 1 for each of 2 workloads, got "1".'],
    ["1,0", 'Expected --shares to be a whole number from 1 for each of 2 workloads, got "1,0".'],
    ["1,4", "Expected at least one environment for each of 5 shares, got --envs 4."],
  ])("refuses %s as shares of two workloads and four environments", async (shares, message) => {
    const world = ["--workload", "day,ramp", "--envs", "4", "--shares", shares];
    const { code, err } = await infraGym("train", "PPO", "WebService-v0", ...world, "--out", join(folder, "x"));
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });

  it("refuses to write over an agent, and what it does not know", async () => {
    const again = await infraGym("train", "PPO", "WebService-v0", "--out", out);
    expect(again).toMatchObject({ code: 2 });
    expect(again.err).toContain(`${out} holds a checkpoint. Add --resume to go on from it, or choose another --out.`);
    const other = await infraGym("train", "A2C", "WebService-v0", "--out", out, "--resume");
    expect(other.code).toBe(1);
    expect(other.err).toContain("is a checkpoint of PPO in WebService-v0, expected one of A2C in WebService-v0.");
    const both = await infraGym(
      "train",
      "PPO",
      "WebService-v0",
      "--out",
      join(folder, "x"),
      "--steps",
      "1",
      "--seconds",
      "1",
    );
    expect(both.err).toContain("Expected --seconds or --steps, got both. Leave one out.");
    const option = await infraGym("train", "PPO", "WebService-v0", "--out", join(folder, "x"), "--with", "gama=1");
    expect(option).toMatchObject({ code: 2 });
    expect(option.err).toContain('Did you mean "gamma"?');
    const sac = await infraGym("train", "SAC", "WebService-v0", "--out", join(folder, "x"));
    expect(sac.err).toContain("Policy SAC needs a Box of floats as action space, got MultiDiscrete([9 3]). PPO,");
  });
});

describe("infra-gym evaluate", () => {
  it("judges an agent as it judges a rule, in the environment it was trained in", async () => {
    const judged = await infraGym("evaluate", out, "WebService-v0", "--seeds", "2", "--steps", "30", "--json", "-");
    expect(`${judged.err}exit code ${judged.code}`).toBe("exit code 0");
    const { policy, episodes, split } = JSON.parse(judged.out);
    expect(policy).toMatchObject({ name: out, kind: "trained" });
    expect(episodes.map(({ seed }: { seed: number }) => seed)).toEqual([0, 1]);
    expect(split).toBe("test");
    const rule = await infraGym("evaluate", "threshold:0.6", "WebService-v0", "--seeds", "2", "--steps", "30");
    expect(rule.out).toMatch(/^seed +return.*^all episodes.*^threshold:0\.6 /ms);
  });

  it("refuses an agent of another environment, naming both", async () => {
    const { code, err } = await infraGym("evaluate", out, "ThreeTier-v0");
    expect(code).toBe(1);
    expect(err).toContain("is a checkpoint of WebService-v0, expected one of ThreeTier-v0.");
  });
});

describe("infra-gym record", () => {
  it("writes a header and a line for every step", async () => {
    const args = ["--episodes", "2", "--steps", "3", "--seed", "5", "--out", "-"];
    const { code, out: text } = await infraGym("record", out, "WebService-v0", ...args);
    expect(code).toBe(0);
    const [header, ...steps] = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(header).toMatchObject({ schema: 1, env: "WebService-v0", policy: out, split: "train", workload: "day" });
    expect(steps.map(({ seed, step }) => [seed, step])).toEqual([
      [5, 0],
      [5, 1],
      [5, 2],
      [6, 0],
      [6, 1],
      [6, 2],
    ]);
    expect(steps[0].observation).toHaveLength(steps[2].nextObservation.length);
    expect(steps[0].actionMask.map((mask: number[]) => mask.length)).toEqual([9, 3]);
  });
});
