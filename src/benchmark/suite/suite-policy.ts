/** How a policy's name takes part in a suite: as it is, calibrated for each task, or trained for each task. @module */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { isCalibratedRule } from "../../agents/calibrated-rule.js";
import { checkpointFile } from "../../agents/checkpoint.js";
import { algorithmNames } from "../../agents/create-learner.js";
import { readPolicyName } from "../../agents/create-policy.js";
import type { PolicyKind } from "../../agents/policy.js";
import { CheckpointMismatchError } from "../../errors.js";
import { createPlannedPolicy, plannerNames } from "../../planners/create-planned-policy.js";
import { calibratableRules } from "../search-space.js";
import type { SuiteFiles } from "./suite-files.js";

/** One who takes part. */
export interface SuitePolicy {
  /** As given; of a folder, its last part. */
  readonly name: string;
  readonly kind: PolicyKind;
  /** Set where the rule is calibrated for each task. */
  readonly rule?: { readonly name: string; readonly fixed: Readonly<Record<string, number>> };
  /** Set where agents are trained for each task: the algorithm's name. */
  readonly algorithm?: string;
  /** What stands for it on tasks it was made for: one or more; none where nothing has been made yet. @param madeFor - A workload, or a mix of some */
  sourcesFor(env: string, madeFor: string): readonly string[];
}

/**
 * Reads a name:
 * - a learner's name, such as `PPO`: agents are trained for each environment and workload, or mix of them;
 * - a folder of such agents, `DIR/ENV/WORKLOAD/0`, `1`, …;
 * - a rule's name without a utilization, such as `threshold` or `threshold:everySeconds=15`: it is calibrated for each environment and workload, what it says is held;
 * - everything else is what it is everywhere: `threshold:0.6`, `random`, a calibrated rule's file, a trained agent's folder.
 *
 * @throws PolicyNotFoundError, InvalidOptionError, CheckpointMismatchError
 */
export function suitePolicyOf(given: string, files: SuiteFiles, agents: number): SuitePolicy {
  if (algorithmNames().includes(given as never)) {
    const sourcesFor = (env: string, madeFor: string): string[] =>
      Array.from({ length: agents }, (_, agent) => files.agentFolder(given, env, madeFor, agent)).filter(isAgent);
    return { name: given, kind: "trained", algorithm: given, sourcesFor };
  }
  if (isFolder(given) && !isAgent(given)) return agentsIn(given);
  if (!isAgent(given) && !isCalibratedRule(given) && !plannerNames().includes(given)) {
    const { kind: rule, options } = readPolicyName(given);
    if (calibratableRules().includes(rule) && options.utilization === undefined) {
      createPlannedPolicy(given);
      const sourcesFor = (env: string, madeFor: string): string[] =>
        [files.ruleFile(env, madeFor, given)].filter((file) => existsSync(file));
      return { name: given, kind: "rule", rule: { name: rule, fixed: options }, sourcesFor };
    }
  }
  return { name: given, kind: createPlannedPolicy(given).kind, sourcesFor: () => [given] };
}

/** @throws CheckpointMismatchError where the folder holds no agents */
function agentsIn(folder: string): SuitePolicy {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true }).some(
    ({ name }) => name === basename(checkpointFile(".")),
  );
  if (!found) throw new CheckpointMismatchError(folder, "agents in ENV/WORKLOAD/0, 1, …", "a folder without any");
  const sourcesFor = (env: string, madeFor: string): string[] => {
    const place = join(folder, env, madeFor);
    if (!isFolder(place)) return [];
    const names = readdirSync(place).filter((name) => isAgent(join(place, name)));
    return names.sort((a, b) => a.localeCompare(b, "en", { numeric: true })).map((name) => join(place, name));
  };
  return { name: basename(folder), kind: "trained", sourcesFor };
}

/** What of a policy its results depend on, and what its environment must be made with. */
export function describeSource(source: string): {
  readonly text: string;
  readonly envOptions: Readonly<Record<string, unknown>>;
} {
  if (isAgent(source)) {
    const text = readFileSync(checkpointFile(source), "utf8");
    const { env } = JSON.parse(text) as { readonly env?: { readonly options?: Readonly<Record<string, unknown>> } };
    return { text, envOptions: env?.options ?? {} };
  }
  if (isCalibratedRule(source)) return { text: readFileSync(source, "utf8"), envOptions: {} };
  return { text: source, envOptions: {} };
}

function isAgent(folder: string): boolean {
  return existsSync(checkpointFile(folder));
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}
