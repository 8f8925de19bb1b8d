/** Which days of a suite were judged, and which are missing. @module */
import type { Seed } from "../../rng.js";
import type { EpisodeMeasures } from "../measures.js";
import { type SuiteTask, taskLabel } from "./suite.js";
import { hashOf, type StoredEpisode, type SuiteFiles, seedText } from "./suite-files.js";
import { describeSource, type SuitePolicy } from "./suite-policy.js";
import type { JudgeWork } from "./suite-work.js";
import type { WorldHashes } from "./world-hashes.js";

/** Days judged together: one environment, one workload. */
export interface JudgeBatch {
  readonly work: JudgeWork;
  /** What each episode of the work is, in order. */
  readonly cells: readonly JudgeCell[];
}

/** One day of one policy on one task. */
export interface JudgeCell {
  readonly task: SuiteTask;
  readonly policy: string;
  /** Hash of the world and of what stands for the policy. */
  readonly source: string;
  readonly seed: string;
}

/** What stands for a policy on one day. */
interface WantedDay {
  readonly seed: Seed;
  readonly source: string;
  readonly hash: string;
  readonly envOptions: Readonly<Record<string, unknown>>;
}

/** The days of a suite: stored ones count as long as the world and the policy are what they were. */
export class SuiteDays {
  readonly #files: SuiteFiles;
  readonly #worlds: WorldHashes;
  readonly #seeds: readonly Seed[];

  constructor(files: SuiteFiles, worlds: WorldHashes, seeds: readonly Seed[]) {
    this.#files = files;
    this.#worlds = worlds;
    this.#seeds = seeds;
  }

  /** Days that have not been judged, in batches that run in lockstep. */
  async missing(tasks: readonly SuiteTask[], policies: readonly SuitePolicy[]): Promise<JudgeBatch[]> {
    const batches = new Map<string, { place: JudgeWork["place"]; episodes: WantedDay[]; cells: JudgeCell[] }>();
    for (const task of tasks) {
      for (const policy of policies) {
        const wanted = await this.#wanted(policy, task);
        const known = new Set(this.#stored(policy, task, wanted).map(({ seed }) => seed));
        for (const day of wanted) {
          if (known.has(seedText(day.seed))) continue;
          const { envOptions, hash: source, seed } = day;
          const key = `${taskLabel(task)} ${JSON.stringify(envOptions)}`;
          const place = { env: task.env, workload: task.workload, envOptions };
          const batch = batches.get(key) ?? { place, episodes: [], cells: [] };
          batches.set(key, batch);
          batch.episodes.push(day);
          batch.cells.push({ task, policy: policy.name, source, seed: seedText(seed) });
        }
      }
    }
    return [...batches.values()].map(({ place, episodes, cells }) => ({
      work: { kind: "judge", place, episodes: episodes.map(({ source, seed }) => ({ policy: source, seed })) },
      cells,
    }));
  }

  /** Keeps what a batch came to. @param measures - Of its episodes, in order */
  store(cells: readonly JudgeCell[], measures: readonly EpisodeMeasures[]): void {
    const found = new Map<string, { task: SuiteTask; policy: string; episodes: StoredEpisode[] }>();
    for (const [k, { task, policy, source, seed }] of cells.entries()) {
      const key = `${taskLabel(task)} ${policy}`;
      const cell = found.get(key) ?? { task, policy, episodes: [] };
      found.set(key, cell);
      cell.episodes.push({ seed, source, ...measures[k]! });
    }
    for (const { task, policy, episodes } of found.values()) {
      const { env, workload, madeFor } = task;
      const fresh = new Set(episodes.map(({ seed }) => seed));
      const others = this.#files.episodes(env, workload, madeFor, policy).filter(({ seed }) => !fresh.has(seed));
      this.#files.saveEpisodes(env, workload, madeFor, policy, [...others, ...episodes]);
    }
  }

  /** Judged days of a policy on a task. */
  async known(policy: SuitePolicy, task: SuiteTask): Promise<StoredEpisode[]> {
    return this.#stored(policy, task, await this.#wanted(policy, task));
  }

  #stored(policy: SuitePolicy, task: SuiteTask, wanted: readonly WantedDay[]): StoredEpisode[] {
    const hashes = new Map(wanted.map(({ seed, hash }) => [seedText(seed), hash]));
    const stored = this.#files.episodes(task.env, task.workload, task.madeFor, policy.name);
    return stored.filter(({ seed, source }) => hashes.get(seed) === source);
  }

  /** Which source stands for a policy on each day of a task: day k is that of agent k, beginning again where there are fewer agents than days. */
  async #wanted(policy: SuitePolicy, task: SuiteTask): Promise<WantedDay[]> {
    const sources = policy.sourcesFor(task.env, task.madeFor).slice(0, this.#seeds.length);
    const described = sources.map((source) => ({ source, ...describeSource(source) }));
    const wanted: WantedDay[] = [];
    for (const [day, seed] of this.#seeds.entries()) {
      const found = described[day % described.length];
      if (found === undefined) continue;
      const { source, text, envOptions } = found;
      const world = await this.#worlds.of(task.env, task.workload, envOptions);
      wanted.push({ seed, source, hash: hashOf(world, text), envOptions });
    }
    return wanted;
  }
}
