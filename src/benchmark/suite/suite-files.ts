/** The files of a suite's run: what is there is not done again. @module */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { CorruptCheckpointError, OutputFailedError } from "../../errors.js";
import type { Seed } from "../../rng.js";
import type { EpisodeMeasures } from "../measures.js";
import { isOwnTask } from "./suite.js";
import type { Reference } from "./suite-work.js";

/** One day of a policy on a task. */
export interface StoredEpisode extends EpisodeMeasures {
  readonly seed: string;
  /** Hash of the world and of the policy that was judged: another one is judged anew. */
  readonly source: string;
}

/** Score 0 and score 1 of a task. */
export interface StoredReference extends Reference {
  readonly seeds: readonly string[];
  /** Hash of the world. */
  readonly source: string;
}

/** Reads and writes what a run has found, one file for each task and policy; each is replaced in one moment. */
export class SuiteFiles {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Where a rule calibrated for a workload is. */
  ruleFile(env: string, madeFor: string, policy: string): string {
    return join(this.#folder, "rules", env, madeFor, `${slug(policy)}.json`);
  }

  /** Where an agent trained for a workload is. */
  agentFolder(learner: string, env: string, madeFor: string, agent: number): string {
    return join(this.#folder, "agents", slug(learner), env, madeFor, String(agent));
  }

  /** Hash of what a rule's file or an agent's folder was made from; undefined where it is not there, or someone else has made it. @throws CorruptCheckpointError */
  sourceOf(made: string): string | undefined {
    return (this.#read(`${made}.source.json`) as { readonly source: string } | undefined)?.source;
  }

  saveSource(made: string, source: string): void {
    writeWhole(`${made}.source.json`, writable({ schema: 1, source }));
  }

  /** Days of a policy that were judged. @throws CorruptCheckpointError */
  episodes(env: string, workload: string, madeFor: string, policy: string): StoredEpisode[] {
    const file = this.#cellFile(env, workload, madeFor, policy);
    return (this.#read(file) as { readonly episodes: StoredEpisode[] } | undefined)?.episodes ?? [];
  }

  saveEpisodes(
    env: string,
    workload: string,
    madeFor: string,
    policy: string,
    episodes: readonly StoredEpisode[],
  ): void {
    writeWhole(this.#cellFile(env, workload, madeFor, policy), writable({ schema: 1, policy, episodes }));
  }

  /** @throws CorruptCheckpointError */
  reference(env: string, workload: string): StoredReference | undefined {
    return this.#read(this.#referenceFile(env, workload)) as StoredReference | undefined;
  }

  saveReference(env: string, workload: string, reference: StoredReference): void {
    writeWhole(this.#referenceFile(env, workload), writable(reference));
  }

  #cellFile(env: string, workload: string, madeFor: string, policy: string): string {
    const folder = isOwnTask({ env, workload, madeFor }) ? "episodes" : join("shifted", `from-${madeFor}`);
    return join(this.#folder, folder, env, workload, `${slug(policy)}.json`);
  }

  #referenceFile(env: string, workload: string): string {
    return join(this.#folder, "references", env, `${workload}.json`);
  }

  #read(file: string): unknown {
    if (!existsSync(file)) return undefined;
    try {
      return JSON.parse(readFileSync(file, "utf8"), (_key, value) => (value === "NaN" ? Number.NaN : value));
    } catch (cause) {
      throw new CorruptCheckpointError(file, 0, "It is not JSON. Delete it to have it made again.", { cause });
    }
  }
}

/** Writes a file in one moment: a crash leaves the old one or the new one. @throws OutputFailedError */
export function writeWhole(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, text);
    renameSync(`${file}.new`, file);
  } catch (cause) {
    throw new OutputFailedError(file, { cause });
  }
}

/** A short hash of texts. */
export function hashOf(...texts: readonly string[]): string {
  const hash = createHash("sha256");
  for (const text of texts) hash.update(`${text.length}:${text}`);
  return hash.digest("hex").slice(0, 16);
}

/** A seed as files hold it. */
export function seedText(seed: Seed): string {
  return String(seed);
}

/** A name as a file's. Names that differ in other letters only differ in a hash. */
function slug(name: string): string {
  const plain = name.replace(/[^A-Za-z0-9.=-]+/g, "-").replace(/^[-.]+/, "");
  return plain === name ? name : `${plain.slice(-60)}-${hashOf(name).slice(0, 6)}`;
}

function writable(value: unknown): string {
  return `${JSON.stringify(value, (_key, part) => (typeof part === "number" && Number.isNaN(part) ? "NaN" : part))}\n`;
}
