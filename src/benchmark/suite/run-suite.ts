/** A suite from its names to its results: calibrates, trains, judges, and goes on where it was stopped. @module */
import { existsSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { calibratedRuleText } from "../../agents/calibrated-rule.js";
import { InvalidOptionError } from "../../errors.js";
import { checkSeed, type Seed } from "../../rng.js";
import {
  aimsOf,
  type Suite,
  type SuiteTask,
  shiftedTasksOf,
  taskLabel,
  tasksOf,
  workloadsIn,
  worldsOf,
} from "./suite.js";
import { SuiteDays } from "./suite-days.js";
import { hashOf, SuiteFiles, seedText, writeWhole } from "./suite-files.js";
import { type SuitePolicy, suitePolicyOf } from "./suite-policy.js";
import { type SuiteResults, suiteResultsOf } from "./suite-results.js";
import type { CalibrateWork, ReferenceWork } from "./suite-work.js";
import { type AgentToTrain, agentsToTrain, trainAgents } from "./train-agents.js";
import { WorkPool } from "./work-pool.js";
import { WorldHashes } from "./world-hashes.js";

/** How far a suite is. */
export interface SuiteProgress {
  readonly phase: "calibrate" | "reference" | "train" | "judge";
  readonly done: number;
  readonly total: number;
  /** What was done last. */
  readonly note: string;
}

/** Options of {@link runSuite}. */
export interface RunSuiteOptions {
  readonly suite: Suite;
  /** Where everything goes that is found, and is found again. */
  readonly folder: string;
  /** @defaultValue the suite's */
  readonly policies?: readonly string[];
  /** Test days. @defaultValue 0 to `suite.days` − 1 */
  readonly seeds?: readonly Seed[];
  /** Trains one agent to its end; without it, only agents that are there take part. */
  readonly trainAgent?: (agent: AgentToTrain, signal: AbortSignal | undefined) => Promise<void>;
  /** Threads, and agents trained at a time; 0 does all work in this thread. @defaultValue one for each core */
  readonly workers?: number;
  /** Stops it when it is aborted: rejects with its reason, and what was found stays. */
  readonly signal?: AbortSignal;
  /** Told after every piece of work. */
  readonly onProgress?: (progress: SuiteProgress) => void;
}

/**
 * Runs what is missing of a suite, and sums up all: calibrates rules, trains agents, finds the best static and the oracle, and judges all on the same days, in threads.
 * The result depends on the options alone, not on how often it was stopped or on how many threads there are. What was made for a world that is no more as it was
 * (another definition or workload) is made anew.
 *
 * @throws InvalidOptionError, PolicyNotFoundError, MissingSignalError, PolicyMismatchError, CheckpointMismatchError, OutputFailedError
 */
export async function runSuite(options: RunSuiteOptions): Promise<SuiteResults> {
  const run = new SuiteRun(options);
  try {
    await run.calibrate();
    await run.findReferences();
    await run.judge(({ algorithm }) => algorithm === undefined);
    await run.train();
    await run.judge(() => true);
    return run.results();
  } finally {
    await run.close();
  }
}

class SuiteRun {
  readonly #options: RunSuiteOptions;
  readonly #files: SuiteFiles;
  readonly #policies: readonly SuitePolicy[];
  readonly #tasks: readonly SuiteTask[];
  readonly #seeds: readonly Seed[];
  readonly #pool: WorkPool;
  readonly #workers: number;
  readonly #worlds = new WorldHashes();
  readonly #days: SuiteDays;

  constructor(options: RunSuiteOptions) {
    const { suite, folder, policies = suite.policies, workers = availableParallelism() } = options;
    this.#options = options;
    this.#files = new SuiteFiles(folder);
    this.#policies = policies.map((name) => suitePolicyOf(name, this.#files, suite.training.agents));
    const names = this.#policies.map(({ name }) => name);
    if (names.length === 0 || new Set(names).size < names.length) {
      throw new InvalidOptionError("policies", "at least one, all with different names", names);
    }
    const own = tasksOf(suite);
    if (own.length === 0) {
      const made = `at least one that policies are made for: ${(suite.mix ?? suite.workloads).join(", ")}`;
      throw new InvalidOptionError("workloads", made, suite.workloads);
    }
    this.#tasks = [...own, ...shiftedTasksOf(suite)];
    this.#seeds = options.seeds ?? Array.from({ length: suite.days }, (_, seed) => seed);
    if (this.#seeds.length === 0) throw new InvalidOptionError("seeds", "at least one seed", this.#seeds);
    for (const seed of this.#seeds) checkSeed(seed);
    this.#days = new SuiteDays(this.#files, this.#worlds, this.#seeds);
    this.#workers = workers;
    this.#pool = new WorkPool(workers);
  }

  close(): Promise<void> {
    return this.#pool.close();
  }

  /** Calibrates the rules that have not been, for every environment and workload. */
  async calibrate(): Promise<void> {
    const { suite, signal } = this.#options;
    const missing: { readonly work: CalibrateWork; readonly file: string; readonly source: string; note: string }[] =
      [];
    for (const { name: policy, rule } of this.#policies) {
      if (rule === undefined) continue;
      for (const { env, madeFor } of aimsOf(suite)) {
        const workloads = workloadsIn(madeFor);
        const how = { rule: rule.name, fixed: rule.fixed, ...suite.calibration };
        const file = this.#files.ruleFile(env, madeFor, policy);
        const source = hashOf(await this.#worldsHash(env, workloads), JSON.stringify(how));
        if (this.#files.sourceOf(file) === source && existsSync(file)) continue;
        const note = `${policy} for ${env} ${madeFor}`;
        missing.push({ work: { kind: "calibrate", env, workloads, ...how }, file, source, note });
      }
    }
    let done = 0;
    await this.#pool.doAll(
      missing.map(({ work }) => work),
      (index, rule) => {
        const { file, source, note } = missing[index]!;
        writeWhole(file, calibratedRuleText(rule));
        this.#files.saveSource(file, source);
        this.#tell("calibrate", ++done, missing.length, note);
      },
      signal,
    );
  }

  /** Finds score 0 and score 1 of every environment and workload. */
  async findReferences(): Promise<void> {
    const { suite, signal } = this.#options;
    const seeds = this.#seeds.map(seedText);
    const missing: (ReferenceWork & { readonly source: string })[] = [];
    for (const { env, workload } of worldsOf(suite)) {
      const place = { env, workload, envOptions: {} };
      const source = hashOf(await this.#worlds.of(env, workload, {}));
      const stored = this.#files.reference(env, workload);
      if (stored?.source === source && stored.seeds.join() === seeds.join()) continue;
      missing.push({ kind: "reference", place, seeds: this.#seeds, source });
    }
    let done = 0;
    await this.#pool.doAll(
      missing,
      (index, found) => {
        const { place, source } = missing[index]!;
        this.#files.saveReference(place.env, place.workload, { ...found, seeds, source });
        this.#tell("reference", ++done, missing.length, `best static and oracle, ${place.env} ${place.workload}`);
      },
      signal,
    );
  }

  /** Trains the agents that have not been. Those that were stopped go on; those of a world that is no more begin anew. */
  async train(): Promise<void> {
    const { suite, trainAgent, signal } = this.#options;
    if (trainAgent === undefined) return;
    const algorithms = this.#policies.flatMap(({ algorithm }) => (algorithm === undefined ? [] : [algorithm]));
    const agents = agentsToTrain(suite, algorithms, this.#files);
    for (const { folder, env, workloads } of agents) {
      const source = await this.#worldsHash(env, workloads);
      const known = this.#files.sourceOf(folder);
      if (known !== undefined && known !== source) rmSync(folder, { recursive: true, force: true });
      if (known !== source && !existsSync(folder)) this.#files.saveSource(folder, source);
    }
    const tell = (done: number, note: string): void => this.#tell("train", done, agents.length, note);
    await trainAgents(agents, trainAgent, { lanes: this.#workers, signal, tell });
  }

  /** Judges what has not been, of some policies. */
  async judge(isMeant: (policy: SuitePolicy) => boolean): Promise<void> {
    const batches = await this.#days.missing(this.#tasks, this.#policies.filter(isMeant));
    let done = 0;
    await this.#pool.doAll(
      batches.map(({ work }) => work),
      (index, measures) => {
        const { cells } = batches[index]!;
        this.#days.store(cells, measures);
        this.#tell("judge", ++done, batches.length, taskLabel(cells[0]!.task));
      },
      this.#options.signal,
    );
  }

  /** What there is, summed up. */
  async results(): Promise<SuiteResults> {
    const { suite } = this.#options;
    const cells = [];
    for (const policy of this.#policies) {
      for (const task of this.#tasks) {
        cells.push({ task, policy: policy.name, episodes: await this.#days.known(policy, task) });
      }
    }
    const references = worldsOf(suite).map((world) => ({
      ...world,
      ...this.#files.reference(world.env, world.workload)!,
    }));
    const policies = this.#policies.map(({ name, kind }) => ({ name, kind }));
    return suiteResultsOf({ suite, seeds: this.#seeds, references, policies, cells });
  }

  async #worldsHash(env: string, workloads: readonly string[]): Promise<string> {
    const hashes = [];
    for (const workload of workloads) hashes.push(await this.#worlds.of(env, workload, {}));
    return hashOf(...hashes);
  }

  #tell(phase: SuiteProgress["phase"], done: number, total: number, note: string): void {
    this.#options.onProgress?.({ phase, done, total, note });
  }
}
