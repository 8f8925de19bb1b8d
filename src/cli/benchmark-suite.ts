/** `infra-gym benchmark --suite`: a whole suite, from calibration to report. @module */
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkpointFile } from "../agents/checkpoint.js";
import { renderSuiteReport } from "../benchmark/report/suite-report.js";
import { runSuite, type SuiteProgress } from "../benchmark/suite/run-suite.js";
import { type Suite, suiteNamed } from "../benchmark/suite/suite.js";
import type { SuiteResults } from "../benchmark/suite/suite-results.js";
import type { AgentToTrain } from "../benchmark/suite/train-agents.js";
import { InvalidOptionError, TrainingFailedError, UsageError } from "../errors.js";
import { suggestion } from "../messages.js";
import { jsonText } from "./json-text.js";
import type { OptionValues } from "./option-values.js";
import { PhaseTimes } from "./phase-times.js";
import { ProgressBar } from "./progress-bar.js";
import { suiteTables } from "./suite-tables.js";
import type { Terminal } from "./terminal.js";
import { whileInterruptible } from "./while-interruptible.js";
import { writeOutput } from "./write-output.js";

/** Options of `benchmark` that a suite leaves no choice in. */
const FOREIGN = ["steps", "for", "score", "trace", "gaps", "compress", "peak", "split", "control", "hard", "backend"];

/** Runs what is missing of a suite in `--out`, and writes what was found beside it. */
export async function runSuiteCommand(values: OptionValues, terminal: Terminal): Promise<number> {
  const folder = values.required("out", "--out out/suite");
  const foreign = FOREIGN.find((option) => values.text(option) !== undefined);
  if (foreign !== undefined) throw new UsageError(`A suite says what is run: leave out --${foreign}, or --suite.`);
  const suite = readSuite(values);
  const policies = values.list("policies");
  const seeds = values.seeds("seeds");
  const controller = new AbortController();
  const bar = new ProgressBar(terminal);
  const times = new PhaseTimes(join(folder, "times.json"));
  const work = async (): Promise<number> => {
    const results = await runSuite({
      ...{ suite, folder, signal: controller.signal, trainAgent },
      ...(policies === undefined ? {} : { policies }),
      ...(seeds === undefined ? {} : { seeds }),
      ...workersOf(values),
      onProgress: ({ phase, done, total, note }: SuiteProgress) => {
        times.count(phase);
        bar.show(done, total, `${phase}: ${note}`);
      },
    }).finally(() => {
      bar.clear();
      times.write(terminal);
    });
    write(results, folder, values, terminal);
    if (values.text("json") !== "-") terminal.out(`Time, all runs together: ${times}\n`);
    return 0;
  };
  return whileInterruptible(work, async () => controller.abort(new Interrupted()), terminal);
}

/** What is said when someone has stopped it. */
class Interrupted {
  toString(): string {
    return "Stopped. What was done is kept: the same command goes on from there.";
  }
}

function readSuite(values: OptionValues): Suite {
  const suite = suiteNamed(values.required("suite", "autoscaling-v0"));
  const { training } = suite;
  return {
    ...suite,
    envs: some("env", suite.envs, values),
    workloads: some("workload", suite.workloads, values),
    training: {
      ...training,
      agents: values.count("agents") ?? training.agents,
      steps: values.count("train-steps") ?? training.steps,
    },
  };
}

/** The ones asked for, in the suite's order; all where nothing is said. */
function some(option: string, all: readonly string[], values: OptionValues): readonly string[] {
  const wanted = values.list(option);
  if (wanted === undefined) return all;
  const stranger = wanted.find((name) => !all.includes(name));
  if (stranger === undefined) return all.filter((name) => wanted.includes(name));
  throw new InvalidOptionError(
    option,
    `one of the suite: ${all.join(", ")}. ${suggestion(stranger, all)}`.trim(),
    stranger,
  );
}

function workersOf(values: OptionValues): { readonly workers?: number } {
  const workers = values.text("workers") === "0" ? 0 : values.count("workers");
  return workers === undefined ? {} : { workers };
}

function write(results: SuiteResults, folder: string, values: OptionValues, terminal: Terminal): void {
  const json = values.text("json");
  const text = jsonText(results, 1);
  if (json !== "-") terminal.out(suiteTables(results, terminal.hasColor));
  if (json !== undefined) writeOutput(json, text, terminal);
  writeOutput(join(folder, "results.json"), text, terminal);
  writeOutput(join(folder, "report.html"), renderSuiteReport(results), terminal);
  if (json !== "-") terminal.out(`\nReport: ${join(folder, "report.html")}\n`);
}

/** Trains an agent in a process of its own by `infra-gym train`, with the command's own presets. */
async function trainAgent(agent: AgentToTrain, signal: AbortSignal | undefined): Promise<void> {
  const { algorithm, env, workloads, shares, seed, steps, folder } = agent;
  const done = stepsDone(folder);
  if (done >= steps) return;
  const command = fileURLToPath(new URL("../../bin/infra-gym.js", import.meta.url));
  const control = algorithm === "SAC" ? ["--control", "continuous"] : [];
  const args = [command, "train", algorithm, env, "--workload", workloads.join()];
  const uneven = shares.some((share) => share !== shares[0]) ? ["--shares", shares.join()] : [];
  const start = done < 0 ? ["--seed", String(seed)] : ["--resume"];
  const rest = [...uneven, ...control, "--steps", String(steps), ...start, "--out", folder];
  const child = spawn(process.execPath, [...args, ...rest], { stdio: ["ignore", "ignore", "pipe"] });
  const stop = (): boolean => child.kill("SIGINT");
  signal?.addEventListener("abort", stop);
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => {
    said = `${said}${chunk}`.slice(-2_000);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  signal?.removeEventListener("abort", stop);
  signal?.throwIfAborted();
  if (code !== 0) throw new TrainingFailedError(folder, code, said.trim());
}

/** Environment steps that an agent was trained for; −1 where there is none. */
function stepsDone(folder: string): number {
  const file = checkpointFile(folder);
  if (!existsSync(file)) return -1;
  return (JSON.parse(readFileSync(file, "utf8")) as { readonly globalStep: number }).globalStep;
}
