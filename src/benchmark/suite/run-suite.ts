/** A suite from its names to its results: calibrates, trains, judges, and goes on where it was stopped. @module */
import { availableParallelism } from "node:os";
import { calibratedRuleText } from "../../agents/calibrated-rule.js";
import { InvalidOptionError } from "../../errors.js";
import { checkSeed, type Seed } from "../../rng.js";
import { type Suite, type SuiteTask, shiftedTasksOf, taskLabel, tasksOf } from "./suite.js";
import { hashOf, type StoredEpisode, SuiteFiles, seedText, writeWhole } from "./suite-files.js";
import { describeSource, type SuitePolicy, suitePolicyOf } from "./suite-policy.js";
import { type SuiteResults, suiteResultsOf } from "./suite-results.js";
import type { CalibrateWork, JudgeWork, ReferenceWork } from "./suite-work.js";
import { type AgentToTrain, agentsToTrain, trainAgents } from "./train-agents.js";
import { WorkPool } from "./work-pool.js";
import { WorldHashes } from "./world-hashes.js";

/** How far a suite is. */
export interface SuiteProgress {
  readonly phase: "calibrate" | "train" | "judge";
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
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: SuiteProgress) => void;
}

/** Policies judged together: one environment, one workload. */
interface JudgeBatch {
  readonly work: JudgeWork;
  readonly cells: readonly {
    readonly task: SuiteTask;
    readonly policy: string;
    readonly source: string;
    readonly seed: string;
  }[];
}

/**
 * Runs what is missing of a suite, and sums up all. The result depends on the options alone, not on how often it was stopped.
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

  constructor(options: RunSuiteOptions) {
    const { suite, folder, policies = suite.policies, workers = availableParallelism() } = options;
    this.#options = options;
    this.#files = new SuiteFiles(folder);
    this.#policies = policies.map((name) => suitePolicyOf(name, this.#files, suite.training.agents));
    const names = this.#policies.map(({ name }) => name);
    if (names.length === 0 || new Set(names).size < names.length) {
      throw new InvalidOptionError("policies", "at least one, all with different names", names);
    }
    this.#tasks = [...tasksOf(suite), ...shiftedTasksOf(suite)];
    this.#seeds = options.seeds ?? Array.from({ length: suite.days }, (_, seed) => seed);
    if (this.#seeds.length === 0) throw new InvalidOptionError("seeds", "at least one seed", this.#seeds);
    for (const seed of this.#seeds) checkSeed(seed);
    this.#workers = workers;
    this.#pool = new WorkPool(workers);
  }

  close(): Promise<void> {
    return this.#pool.close();
  }

  /** Calibrates the rules that have not been, for every environment and workload. */
  async calibrate(): Promise<void> {
    const { suite, signal } = this.#options;
    const missing: (CalibrateWork & { readonly policy: string })[] = [];
    for (const { name: policy, rule, sourcesFor } of this.#policies) {
      if (rule === undefined) continue;
      for (const { env, workload } of tasksOf(suite)) {
        if (sourcesFor(env, workload).length > 0) continue;
        const place = { env, workload, envOptions: {} };
        missing.push({ kind: "calibrate", policy, place, rule: rule.name, fixed: rule.fixed, ...suite.calibration });
      }
    }
    let done = 0;
    await this.#pool.doAll(
      missing,
      (index, rule) => {
        const { place, policy } = missing[index]!;
        writeWhole(this.#files.ruleFile(place.env, place.workload, policy), calibratedRuleText(rule));
        this.#tell("calibrate", ++done, missing.length, `${policy} for ${place.env} ${place.workload}`);
      },
      signal,
    );
  }

  /** Finds score 0 and score 1 of every task. */
  async findReferences(): Promise<void> {
    const { suite, signal } = this.#options;
    const seeds = this.#seeds.map(seedText);
    const missing: (ReferenceWork & { readonly source: string })[] = [];
    for (const { env, workload } of tasksOf(suite)) {
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
        this.#tell("judge", ++done, missing.length, `best static and oracle, ${place.env} ${place.workload}`);
      },
      signal,
    );
  }

  /** Trains the agents that have not been. Those that were stopped go on. */
  async train(): Promise<void> {
    const { suite, trainAgent, signal } = this.#options;
    if (trainAgent === undefined) return;
    const algorithms = this.#policies.flatMap(({ algorithm }) => (algorithm === undefined ? [] : [algorithm]));
    const agents = agentsToTrain(suite, algorithms, this.#files);
    const tell = (done: number, note: string): void => this.#tell("train", done, agents.length, note);
    await trainAgents(agents, trainAgent, { lanes: this.#workers, signal, tell });
  }

  /** Judges what has not been, of some policies. */
  async judge(isMeant: (policy: SuitePolicy) => boolean): Promise<void> {
    const batches = await this.#missing(this.#policies.filter(isMeant));
    let done = 0;
    await this.#pool.doAll(
      batches.map(({ work }) => work),
      (index, measures) => {
        const { cells } = batches[index]!;
        const byCell = new Map<string, StoredEpisode[]>();
        for (const [k, { task, policy, source, seed }] of cells.entries()) {
          const key = `${taskLabel(task)} ${policy}`;
          const episodes = byCell.get(key) ?? [];
          episodes.push({ seed, source, ...measures[k]! });
          byCell.set(key, episodes);
        }
        for (const { task, policy } of cells) {
          const found = byCell.get(`${taskLabel(task)} ${policy}`);
          byCell.delete(`${taskLabel(task)} ${policy}`);
          if (found !== undefined) this.#store(task, policy, found);
        }
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
      for (const task of this.#tasks)
        cells.push({ task, policy: policy.name, episodes: await this.#known(policy, task) });
    }
    const references = tasksOf(suite).map(({ env, workload }) => ({
      env,
      workload,
      ...this.#files.reference(env, workload)!,
    }));
    const policies = this.#policies.map(({ name, kind }) => ({ name, kind }));
    return suiteResultsOf({ suite, seeds: this.#seeds, references, policies, cells });
  }

  /** Episodes that have not been judged, in batches that run in lockstep. */
  async #missing(policies: readonly SuitePolicy[]): Promise<JudgeBatch[]> {
    const batches = new Map<
      string,
      {
        work: { kind: "judge"; place: JudgeWork["place"]; episodes: { policy: string; seed: Seed }[] };
        cells: JudgeBatch["cells"][number][];
      }
    >();
    for (const task of this.#tasks) {
      for (const policy of policies) {
        const known = new Set((await this.#known(policy, task)).map(({ seed }) => seed));
        for (const { seed, source, hash, envOptions } of await this.#wanted(policy, task)) {
          if (known.has(seedText(seed))) continue;
          const place = { env: task.env, workload: task.workload, envOptions };
          const key = `${taskLabel(task)} ${JSON.stringify(envOptions)}`;
          const batch = batches.get(key) ?? { work: { kind: "judge" as const, place, episodes: [] }, cells: [] };
          batches.set(key, batch);
          batch.work.episodes.push({ policy: source, seed });
          batch.cells.push({ task, policy: policy.name, source: hash, seed: seedText(seed) });
        }
      }
    }
    return [...batches.values()];
  }

  /** Stored days of a policy on a task that are still what they would be now. */
  async #known(policy: SuitePolicy, task: SuiteTask): Promise<StoredEpisode[]> {
    const stored = this.#files.episodes(task.env, task.workload, task.madeFor, policy.name);
    if (stored.length === 0) return [];
    const wanted = new Map((await this.#wanted(policy, task)).map(({ seed, hash }) => [seedText(seed), hash]));
    return stored.filter(({ seed, source }) => wanted.get(seed) === source);
  }

  /** Which source stands for a policy on each day of a task: day k is that of agent k, beginning again where there are fewer agents than days. */
  async #wanted(
    policy: SuitePolicy,
    task: SuiteTask,
  ): Promise<{ seed: Seed; source: string; hash: string; envOptions: Readonly<Record<string, unknown>> }[]> {
    const sources = policy.sourcesFor(task.env, task.madeFor);
    const described = sources.map((source) => ({ source, ...describeSource(source) }));
    const wanted = [];
    for (const [day, seed] of this.#seeds.entries()) {
      const found = described[day % described.length];
      if (found === undefined) continue;
      const { source, text, envOptions } = found;
      const world = await this.#worlds.of(task.env, task.workload, envOptions);
      wanted.push({ seed, source, hash: hashOf(world, text), envOptions });
    }
    return wanted;
  }

  #store(task: SuiteTask, policy: string, found: readonly StoredEpisode[]): void {
    const { env, workload, madeFor } = task;
    const fresh = new Set(found.map(({ seed }) => seed));
    const others = this.#files.episodes(env, workload, madeFor, policy).filter(({ seed }) => !fresh.has(seed));
    this.#files.saveEpisodes(env, workload, madeFor, policy, [...others, ...found]);
  }

  #tell(phase: SuiteProgress["phase"], done: number, total: number, note: string): void {
    this.#options.onProgress?.({ phase, done, total, note });
  }
}
