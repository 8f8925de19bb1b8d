import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { root, runNode } from "../package/repository.js";
import { infraGym } from "./command-line.js";
import { schemaErrors } from "./schema.js";

const folder = mkdtempSync(join(tmpdir(), "infra-gym-benchmark-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const worldCup = join(root, "../shared/data/traces/worldcup98-june10-16.csv");
const small = ["benchmark", "--env", "WebService-v0", "--policies", "static:6,threshold", "--for", "1h"];

describe("infra-gym benchmark", () => {
  it("shows a table for each workload and one for all", async () => {
    const { code, out, err } = await infraGym(...small, "--seeds", "2", "--workload", "day,ramp");
    expect([code, err]).toEqual([0, ""]);
    expect(out.match(/^(?:day|ramp|all workloads|static:6|threshold)(?= {2})/gm)).toEqual([
      ...["day", "static:6", "threshold"],
      ...["ramp", "static:6", "threshold"],
      ...["all workloads", "static:6", "threshold"],
    ]);
    expect(out).toMatch(/^static:6( +-?[\d.]+ \[-?[\d.]+, -?[\d.]+\]){5}$/m);
  });

  it("writes results that meet their schema, and a report, without a word on time or machine", async () => {
    const out = join(folder, "out");
    const ended = await infraGym(...small, "--seeds", "3,18446744073709551616", "--out", out);
    expect(ended.out).toContain(`\nReport: ${join(out, "report.html")}\n`);
    const text = readFileSync(join(out, "results.json"), "utf8");
    const results = JSON.parse(text);
    expect(schemaErrors("benchmark", results)).toEqual([]);
    expect(Object.keys(results)).toEqual(["schema", "env", "split", "seeds", "workloads", "policies", "episodes"]);
    expect(results).toMatchObject({
      env: "WebService-v0",
      split: "test",
      seeds: [3, "18446744073709551616"],
      workloads: ["day"],
    });
    expect(readFileSync(join(out, "report.html"), "utf8")).toMatch(/^<!doctype html>/);
  });

  it("takes the policies' names as they were given, and kinds", async () => {
    const { out } = await infraGym(...small, "--seeds", "1", "--json", "-");
    const { policies } = JSON.parse(out);
    expect(policies.map(({ name, kind }: Record<string, string>) => `${name} ${kind}`)).toEqual([
      "static:6 rule",
      "threshold rule",
    ]);
  });

  it("gives the same bytes when run again, report included", async () => {
    const write = async (name: string) => {
      await infraGym(...small, "--seeds", "2", "--out", join(folder, name));
      return ["results.json", "report.html"].map((file) => readFileSync(join(folder, name, file), "utf8"));
    };
    expect(await write("first")).toEqual(await write("second"));
  });

  it("scores policies between the best static and the oracle, the best first", async () => {
    const argv = ["benchmark", "WebService-v0", "--policies", "static:8,threshold", "--seeds", "1", "--score"];
    const { code, out } = await infraGym(...argv, "--out", join(folder, "scored"));
    expect(code).toBe(0);
    expect(out).toMatch(/^score +interquartile mean\n[─ ]+\nthreshold +0\.\d+ \[0\.\d+, 0\.\d+\]\nstatic:8 /m);
    const scores = JSON.parse(readFileSync(join(folder, "scored", "scores.json"), "utf8"));
    expect(scores.references[0].workload).toBe("day");
    expect(schemaErrors("scores", scores)).toEqual([]);
    const stopped = await infraGym(...argv, "--for", "1h");
    expect([stopped.code, stopped.err]).toEqual([2, "INFRA_GYM_USAGE: --score needs whole days. Leave out --for.\n"]);
  });

  it("runs a suite, goes on where it was stopped, and gives the same bytes", async () => {
    const out = join(folder, "suite");
    const argv = ["benchmark", "--suite", "autoscaling-v0", "--env", "WebService-v0", "--workload", "ramp"];
    const rest = ["--policies", "threshold:0.6,static:8", "--seeds", "2", "--workers", "0", "--out", out];
    const { code, out: shown, err } = await infraGym(...argv, ...rest);
    expect([code, err]).toEqual([0, ""]);
    expect(shown).toMatch(/^autoscaling-v0 +score +WebService-v0 +elsewhere +days\n[─ ]+\nthreshold:0\.6 +0\.\d+ \[/);
    const files = (): string[] => ["results.json", "report.html"].map((file) => readFileSync(join(out, file), "utf8"));
    const [results, report] = files();
    expect(schemaErrors("suite", JSON.parse(results!))).toEqual([]);
    expect(report).toMatch(/^<!doctype html>/);
    rmSync(join(out, "episodes"), { recursive: true });
    // The same once more, in a process with threads.
    const { status } = runNode(["bin/infra-gym.js", ...argv, ...rest.with(rest.indexOf("0"), "2")]);
    expect([status, ...files()]).toEqual([0, results, report]);
  });

  it.each([
    [
      ["--suite", "autoscaling"],
      'INVALID_OPTION: Expected suite to be a suite. Did you mean "autoscaling-v0"?, got "autoscaling" (string).',
    ],
    [["--suite", "autoscaling-v0", "--score"], "USAGE: A suite says what is run: leave out --score, or --suite."],
    [["--agents", "2"], "USAGE: --agents is for suites. Add --suite autoscaling-v0."],
  ])("refuses %j", async (argv, message) => {
    const { code, err } = await infraGym("benchmark", "--out", join(folder, "none"), ...argv);
    expect([code, err]).toEqual([2, `INFRA_GYM_${message}\n`]);
  });

  it("understands an id without a version as the highest one", async () => {
    const { out } = await infraGym("benchmark", "WebService", "--policies", "static", "--steps", "1", "--json", "-");
    expect(JSON.parse(out).env).toBe("WebService-v0");
  });

  it("records how a trace was used", async ({ skip }) => {
    skip(!existsSync(worldCup), "needs ../shared/data");
    const { out } = await infraGym(...small, "--seeds", "1", "--trace", worldCup, "--compress", "12", "--json", "-");
    const results = JSON.parse(out);
    expect(schemaErrors("benchmark", results)).toEqual([]);
    expect(results.workloads).toEqual(["worldcup98-june10-16.csv"]);
    expect(results.traces).toEqual([
      {
        workload: "worldcup98-june10-16.csv",
        periodSeconds: 60,
        recordedPeak: expect.closeTo(1_987.17, 1),
        scaledPeak: 960,
        compress: 12,
        days: ["1998-06-14", "1998-06-15", "1998-06-16"],
      },
    ]);
    expect(out).not.toContain(root);
  });

  it.each([
    [
      ["--seeds", "0"],
      'USAGE: Expected --seeds to be a number of seeds of at least 1 (5 means 0 to 4), or a list of different seeds such as 3,8,13, got "0".',
    ],
    [
      ["--seeds", "1,-2"],
      'USAGE: Expected --seeds to be a number of seeds of at least 1 (5 means 0 to 4), or a list of different seeds such as 3,8,13, got "1,-2".',
    ],
    [
      ["--seeds", "1,1"],
      'USAGE: Expected --seeds to be a number of seeds of at least 1 (5 means 0 to 4), or a list of different seeds such as 3,8,13, got "1,1".',
    ],
    [
      ["--policies", "static,static"],
      'USAGE: Expected --policies to be a list of different names such as a,b, got "static,static".',
    ],
    [["--policies", "static,randm"], 'POLICY_NOT_FOUND: No policy is called "randm". Did you mean "random"?'],
    [
      ["--policies", "static:40"],
      "INVALID_OPTION: Expected the value of policy static:40 to be an integer from 1 to 12 for control replicas of WebService-v0, got 40 (number).",
    ],
    [["--polices", "static"], 'USAGE: There is no option --polices. Did you mean "--policies"?'],
    [
      ["--workload", "day,rmap"],
      'WORKLOAD_NOT_FOUND: No workload is called "rmap", and no such file exists. Did you mean "ramp"?',
    ],
  ])("refuses %j with exit code 2", async (argv, message) => {
    const { code, err } = await infraGym(...small, ...argv);
    expect([code, err]).toEqual([2, `INFRA_GYM_${message}\n`]);
  });
});
