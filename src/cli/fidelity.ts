/** `infra-gym fidelity`: the same policies on a real plane and in the simulator, and what differs. @module */
import { existsSync, readFileSync } from "node:fs";
import { dirname, relative } from "node:path";
import type { Backend } from "../backends/backend.js";
import { UsageError } from "../errors.js";
import type { FidelityResults } from "../fidelity/index.js";
import { writeFidelityPage } from "../fidelity/report/fidelity-page.js";
import { fidelityPlot } from "../fidelity/report/fidelity-plot.js";
import type { Workload } from "../loadgen/workload.js";
import { createPlannedPolicy } from "../planners/create-planned-policy.js";
import type { Command } from "./command.js";
import { ENV_OPTIONS, readWorkloads } from "./env-options.js";
import { jsonText } from "./json-text.js";
import type { OptionValues } from "./option-values.js";
import { ProgressBar } from "./progress-bar.js";
import type { Terminal } from "./terminal.js";
import { textTable } from "./text-table.js";
import { writeOutput } from "./write-output.js";

/** Policies that differ enough to be told apart in half an hour. */
const POLICIES = ["static:4", "static:6", "static:8", "static:11", "threshold:0.6", "target-tracking:0.4"];
const SHARED = ["workload", "trace", "gaps", "compress", "peak", "control"];
/** From the eight replicas that episodes begin with, up and down: what changes take is fitted too. */
const CALIBRATION_POLICIES = ["static:4", "static:12", "static:6", "static:10", "static:11"];
/** Seeds for calibration are far from those that are judged. */
const CALIBRATION_SEED = 1_000_000n;

/** Compares the simulator with a plane. */
export const fidelityCommand: Command = {
  verb: "fidelity",
  summary: "Measure how far the simulator is from the local backend, and calibrate it",
  positional: { name: "env", isRequired: true },
  options: [
    { name: "policies", value: "a,b,…", help: `Policies by name (default ${POLICIES.join(",")})` },
    { name: "for", value: "DURATION", help: "Wall time of all together (default 30m)" },
    { name: "seeds", value: "N|a,b,c", help: "Days to judge on: 3 means the seeds 0 to 2 (default 3)" },
    {
      name: "time-scale",
      value: "K",
      help: "How much faster than the wall the local backend's time passes (default 12)",
    },
    { name: "against", value: "local|requests", help: "What the simulator is compared with (default local)" },
    { name: "calibrate", value: "FILE", help: "Fit a profile on other seeds first, write it, and judge with it" },
    { name: "calibration-seed", value: "N", help: "The day for it, none of those to judge on (default 1000000)" },
    { name: "simulation-profile", value: "FILE", help: "Judge with a profile from before" },
    { name: "journal", value: "FILE", help: "Keep every episode, and go on with it after an interruption" },
    { name: "json", value: "FILE", help: "Write the result as JSON; - for the standard output" },
    { name: "page", value: "FILE.md", help: "Write the result into a Markdown page, between its marks" },
    { name: "plot", value: "FILE.svg", help: "Write the result as a picture" },
    { name: "split", value: "train|test", help: "Days to take (default test)" },
    ...ENV_OPTIONS.filter(({ name }) => SHARED.includes(name)),
  ],
  examples: [
    "infra-gym fidelity WebService-v0 --for 30m --calibrate profile.json --journal fidelity.jsonl --json fidelity.json",
    "infra-gym fidelity WebService-v0 --policies static:6,threshold --against requests --for 10m",
  ],
  run: runFidelityCommand,
};

async function runFidelityCommand(values: OptionValues, terminal: Terminal): Promise<number> {
  const { definitionOf, Journal, planRun, runFidelity, sidesOf } = await import("../fidelity/index.js");
  const { readSimulationProfile } = await import("../backends/index.js");
  const id = values.required("env", "WebService-v0");
  const policies = values.list("policies") ?? POLICIES;
  for (const policy of policies) createPlannedPolicy(policy);
  const seeds = values.seeds("seeds") ?? [0n, 1n, 2n];
  const split = values.choice("split", ["train", "test"]) ?? "test";
  const reference = values.choice("against", ["local", "requests"]) ?? "local";
  const timeScale = reference === "local" ? (values.positive("time-scale", "a number of at least 1") ?? 12) : 1;
  const workload = onlyWorkload(values);
  const [fitted, given] = [values.text("calibrate"), values.text("simulation-profile")];
  if (fitted !== undefined && given !== undefined) {
    throw new UsageError("Expected --calibrate or --simulation-profile, got both. Leave one out.");
  }
  const profile = given === undefined ? undefined : readSimulationProfile(given);
  const control = values.text("control");
  const definition = await definitionOf(id, control === undefined ? {} : { control });
  const { stepSeconds } = definition;
  const wallSeconds = values.duration("for") ?? 1800;
  const calibrationSeeds = fitted === undefined ? [] : [values.seed("calibration-seed") ?? CALIBRATION_SEED];
  if (calibrationSeeds.some((seed) => seeds.includes(seed))) {
    throw new UsageError(
      `Expected ${values.source("calibration-seed")} to be none of the seeds to judge on. Take another.`,
    );
  }
  const plan = planRun({
    wallSeconds,
    policies: policies.length,
    seeds: seeds.length,
    calibrationEpisodes: calibrationSeeds.length * CALIBRATION_POLICIES.length,
    ...(reference === "local" ? LOCAL_TIMES : REQUESTS_TIMES),
    stepWallSeconds: reference === "local" ? stepSeconds / timeScale : REQUESTS_STEP,
  });
  const about = {
    env: id,
    workload: nameOf(workload ?? definition.workloads[0]!),
    split,
    stepSeconds,
    reference,
    timeScale,
  };
  const makeBackend = reference === "local" ? await localBackends(timeScale) : undefined;
  const bar = new ProgressBar(terminal);
  const now = (): number => performance.now() / 1000;
  const results = await runFidelity({
    opener: sidesOf({
      definition,
      split,
      ...(workload === undefined ? {} : { workload }),
      ...(makeBackend === undefined ? {} : { makeBackend }),
    }),
    journal: new Journal(values.text("journal"), { ...about, policies, seeds: seeds.map(String), ...plan }),
    policies,
    seeds,
    ...plan,
    calibrationSeeds,
    calibrationPolicies: CALIBRATION_POLICIES,
    ...(profile === undefined ? {} : { profile }),
    about,
    serviceTimeSeconds: Object.fromEntries(definition.services.map((s) => [s.name, s.serviceTimeSeconds])),
    deadline: { now, at: now() + wallSeconds },
    onProgress: ({ done, total, side, policy, seed }) => bar.show(done, total, `${policy} on ${side}, seed ${seed}`),
  }).finally(() => bar.clear());
  writeResults(values, results, terminal);
  return 0;
}

/** Wall time of start and end with the simulated sides, and of a reset. Unit: seconds. */
const LOCAL_TIMES = { startWallSeconds: 30, resetWallSeconds: 4 } as const;
const REQUESTS_TIMES = { startWallSeconds: 1, resetWallSeconds: 0 } as const;
/** Wall time of a step of the request-level model, roughly. Unit: seconds. */
const REQUESTS_STEP = 0.1;

function nameOf(workload: string | Workload): string {
  // Never a path, which would tell of a machine.
  return typeof workload === "string" ? workload.replace(/^.*[\\/]/, "") : workload.name;
}

async function localBackends(timeScale: number): Promise<() => Promise<Backend>> {
  const { LocalBackend } = await import("../backends/local/local-backend.js");
  return async () => new LocalBackend({ timeScale });
}

function onlyWorkload(values: OptionValues): string | Workload | undefined {
  const workloads = readWorkloads(values);
  if (workloads.length <= 1) return workloads[0];
  throw new UsageError(`Expected one workload for fidelity, got ${workloads.length}. Run it once for each.`);
}

function writeResults(values: OptionValues, results: FidelityResults, terminal: Terminal): void {
  const [json, page, plot, profile] = ["json", "page", "plot", "calibrate"].map((name) => values.text(name));
  if (json !== "-") {
    const rows = results.figures.map(({ name, value, unit }) => [name, value?.toFixed(4) ?? "–", unit]);
    terminal.out(textTable({ header: ["figure", "value", "unit"], rows }, terminal.hasColor));
  }
  if (profile !== undefined) writeOutput(profile, jsonText(results.profile), terminal);
  if (json !== undefined) writeOutput(json, jsonText(results), terminal);
  if (plot !== undefined) writeOutput(plot, fidelityPlot(results), terminal);
  if (page === undefined) return;
  const before = existsSync(page) ? readFileSync(page, "utf8") : undefined;
  const link = plot === undefined ? undefined : relative(dirname(page), plot).replaceAll("\\", "/");
  writeOutput(page, writeFidelityPage(before, results, link), terminal);
}
