/** What worlds are, in short: another definition or workload has another hash. @module */
import type { PlanningModel } from "../../envs/planning-model.js";
import { makeJudgedEnv } from "../make-judged-env.js";
import { policySpecOf } from "../policy-spec-of.js";
import { hashOf } from "./suite-files.js";

/** Hashes of worlds, each made once. */
export class WorldHashes {
  readonly #known = new Map<string, string>();

  /** The hash of an environment on the test days of a workload. */
  async of(id: string, workload: string, envOptions: Readonly<Record<string, unknown>>): Promise<string> {
    const key = JSON.stringify([id, workload, envOptions]);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const env = await makeJudgedEnv(id, { ...envOptions, workload, split: "test", episode: "day" });
    const { definition, workload: made } = policySpecOf(env).model as PlanningModel;
    await env.close();
    const found = hashOf(JSON.stringify(definition), JSON.stringify([made.name, made.options]));
    this.#known.set(key, found);
    return found;
  }
}
