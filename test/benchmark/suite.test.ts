import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderSuiteReport } from "../../src/benchmark/report/suite-report.js";
import { runSuite } from "../../src/benchmark/suite/run-suite.js";
import { mixed, type Suite, shiftedTasksOf, suiteNamed, tasksOf } from "../../src/benchmark/suite/suite.js";
import type { SuiteResults } from "../../src/benchmark/suite/suite-results.js";
import type { AgentToTrain } from "../../src/benchmark/suite/train-agents.js";

const empty = mkdtempSync(join(tmpdir(), "infra-gym-empty-"));
afterAll(() => rmSync(empty, { recursive: true, force: true }));

const folder = mkdtempSync(join(tmpdir(), "infra-gym-suite-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const suite: Suite = {
  ...suiteNamed("autoscaling-v0"),
  envs: ["WebService-v0"],
  workloads: ["ramp", "batch"],
  shiftFrom: "ramp",
  calibration: { days: 1, draws: 1 },
};
/** Calibrated, but for these options. */
const rule = "threshold:tolerance=0.1:stabilizationSeconds=120:held.size=1";
const common = { suite, folder, workers: 0, seeds: [0, 1] };
let results: SuiteResults;

beforeAll(async () => {
  results = await runSuite({ ...common, policies: [rule, "static:1", "PPO"] });
}, 120_000);

describe("runSuite", () => {
  it("scores the policies that were judged on all days, and says of the others how many there were", () => {
    const shown = results.policies.map(({ name, score, days }) => [name, score !== null, days.judged, days.all]);
    expect(shown).toEqual([
      [rule, true, 4, 4],
      ["static:1", true, 4, 4],
      ["PPO", false, 0, 4],
    ]);
    const [threshold, giveUp] = results.policies;
    expect(threshold!.score!.value).toBeGreaterThan(0);
    expect(giveUp!.score!.value).toBeLessThan(0);
    expect(threshold!.shifted).not.toBeNull();
  });

  it("compares policies on the same days", () => {
    const pair = { policy: rule, over: "static:1" };
    const found = results.improvements.find(({ policy, over }) => policy === pair.policy && over === pair.over)!;
    expect(found.daysWon).toEqual({ value: 1, low: 1, high: 1 });
    const [{ share }] = results.differences.filter(({ policy }) => policy === rule) as [
      SuiteResults["differences"][number],
    ];
    expect(share.low).toBeGreaterThan(0);
  });

  it("does nothing again that is done, and gives the same results", async () => {
    const told: string[] = [];
    const again = await runSuite({
      ...{ ...common, policies: [rule, "static:1", "PPO"] },
      onProgress: ({ note }) => told.push(note),
    });
    expect(told).toEqual([]);
    expect(again).toEqual(results);
  });

  it("trains the first agent of every task before the second of any, and stops with its signal", async () => {
    const trained: string[] = [];
    const controller = new AbortController();
    const options = { ...common, policies: ["PPO"], signal: controller.signal };
    const run = runSuite({
      ...options,
      trainAgent: async ({ workloads, seed }) => {
        trained.push(`${workloads} ${seed}`);
        if (trained.length === 3) controller.abort(new Error("enough"));
      },
    });
    await expect(run).rejects.toThrow("enough");
    expect(trained).toEqual(["ramp 0", "batch 0", "ramp 1"]);
  });

  it("trains learners on what they learn beside the mix, and names them by the mix alone", async () => {
    const mix = ["ramp", "batch"];
    const training = { agents: 1, steps: 1, beside: ["varied"], shares: { batch: 2 } };
    const trained: string[] = [];
    await runSuite({
      ...{ ...common, suite: { ...suite, mix, shiftFrom: mixed(mix), training }, policies: ["static:1", "PPO"] },
      trainAgent: async ({ workloads, shares, folder: agent }) => {
        trained.push(`${workloads} (${shares}) in ${agent.slice(folder.length + 1)}`);
      },
    });
    expect(trained).toEqual([
      `ramp,batch,varied (1,2,1) in ${join("agents", "PPO", "WebService-v0", "ramp+batch", "0")}`,
    ]);
  });

  it("calibrates a rule once for a mix of workloads", async () => {
    const mix = ["ramp", "batch"];
    const told: string[] = [];
    const { policies } = await runSuite({
      ...{ ...common, suite: { ...suite, mix, shiftFrom: mixed(mix) }, policies: [rule] },
      onProgress: ({ phase, note }) => told.push(`${phase}: ${note}`),
    });
    expect(told).toEqual([
      `calibrate: ${rule} for WebService-v0 ramp+batch`,
      "judge: WebService-v0 ramp",
      "judge: WebService-v0 batch",
    ]);
    expect(policies[0]!.tasks.map(({ workload, madeFor }) => `${workload}, ${madeFor}`)).toEqual([
      "ramp, ramp+batch",
      "batch, ramp+batch",
    ]);
    expect(policies[0]!.shifted).toBeNull();
  });

  it("makes anew what was made for a world that is no more", async () => {
    const rules = join(folder, "rules", "WebService-v0", "ramp");
    const source = join(rules, readdirSync(rules).find((name) => name.endsWith(".source.json"))!);
    writeFileSync(source, '{"schema":1,"source":"another"}');
    const marks: boolean[] = [];
    const trainAgent = async ({ folder: agent }: AgentToTrain): Promise<void> => {
      marks.push(existsSync(join(agent, "mark")));
      mkdirSync(agent, { recursive: true });
      writeFileSync(join(agent, "mark"), "");
    };
    const told: string[] = [];
    const options = { ...common, suite: { ...suite, training: { agents: 1, steps: 1 } }, policies: [rule, "PPO"] };
    const onProgress = ({ phase, note }: { phase: string; note: string }) => told.push(`${phase}: ${note}`);
    await runSuite({ ...options, trainAgent, onProgress });
    writeFileSync(join(folder, "agents", "PPO", "WebService-v0", "batch", "0.source.json"), '{"source":"another"}');
    await runSuite({ ...options, trainAgent });
    expect(told.filter((line) => line.startsWith("calibrate"))).toEqual([`calibrate: ${rule} for WebService-v0 ramp`]);
    expect(marks).toEqual([false, false, true, false]);
  });

  it("takes of the days that are there those that are asked for", async () => {
    const { policies } = await runSuite({ ...common, seeds: [1], policies: ["static:1"] });
    expect(policies[0]!.days).toEqual({ judged: 2, all: 2 });
    expect(policies[0]!.tasks[0]!.return).toBeLessThan(results.references[0]!.staticReturns[1]!);
  });

  it("names the file it cannot read", async () => {
    const cells = join(folder, "episodes", "WebService-v0", "ramp");
    const file = join(cells, readdirSync(cells).find((name) => name.startsWith("static-1"))!);
    writeFileSync(file, "{");
    await expect(runSuite({ ...common, policies: ["static:1"] })).rejects.toThrow(`${file}, byte 0: It is not JSON.`);
  });

  it.each([
    [["treshold"], 'No policy is called "treshold". Did you mean "threshold"?'],
    [["random", "random"], "Expected policies to be at least one, all with different names, got"],
    [[empty], "agents in ENV/WORKLOAD/0, 1, …"],
  ])("refuses %j", async (policies, message) => {
    await expect(runSuite({ ...common, policies })).rejects.toThrow(message);
  });

  it("refuses a suite without a workload that policies are made for", async () => {
    const none = { ...suite, mix: ["day", "ramp"], workloads: ["diurnal"] };
    await expect(runSuite({ ...common, suite: none })).rejects.toThrow(
      "Expected workloads to be at least one that policies are made for: day, ramp, got",
    );
  });
});

describe("renderSuiteReport", () => {
  it("shows names as text, never as markup", () => {
    const [first, ...others] = results.policies;
    const html = renderSuiteReport({ ...results, policies: [{ ...first!, name: "<b>&" }, ...others] });
    expect(html).not.toContain("<b>");
    expect(html).toContain("&lt;b&gt;&amp;");
    expect(html).toContain("PPO: 0 of 4 days judged, not ranked.");
  });
});

describe("suiteNamed", () => {
  it.each([
    ["autoscaling-v0", 6, 5],
    ["tiers-v0", 1, 0],
    ["mix-v0", 4, 2],
  ])("knows %s, with %i tasks, and %i that policies were not made for", (name, own, shifted) => {
    const whole = suiteNamed(name);
    expect([tasksOf(whole).length, shiftedTasksOf(whole).length]).toEqual([own, shifted]);
  });
});
