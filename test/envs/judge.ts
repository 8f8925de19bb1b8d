/** Judging policies over whole test days, for tests of rewards and of difficulty. @module */
import { createPolicy, type Policy } from "../../src/agents/index.js";
import { runEpisode } from "../../src/benchmark/run-episode.js";
import { type EnvDefinition, InfraEnv, type InfraEnvOptions } from "../../src/envs/index.js";

/** Test days that everything is judged on. */
export const days = [0, 1, 2] as const;

/** Mean return over the test days. Unit: USD. @param policy - A policy, or the name of one. */
export async function meanReturn(
  definition: EnvDefinition,
  policy: Policy | string,
  options: InfraEnvOptions = {},
): Promise<number> {
  const env = new InfraEnv<never>(definition, { split: "test", ...options });
  const judged = typeof policy === "string" ? createPolicy(policy) : policy;
  judged.bind(env.policySpec);
  let sum = 0;
  for (const seed of days) sum += (await runEpisode(env, judged, { seed })).return;
  await env.close();
  return sum / days.length;
}

/** The best of some policies, by name. */
export async function bestOf(
  definition: EnvDefinition,
  names: readonly string[],
  options: InfraEnvOptions = {},
): Promise<{ readonly name: string; readonly score: number }> {
  let best = { name: "", score: Number.NEGATIVE_INFINITY };
  for (const name of names) {
    const score = await meanReturn(definition, name, options);
    if (score > best.score) best = { name, score };
  }
  return best;
}
