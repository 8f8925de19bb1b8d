/** The best fixed configuration in hindsight: score 0 of a benchmark. @module */
import { StaticPolicy } from "../agents/static.js";
import type { PlanningModel } from "../envs/planning-model.js";
import { InvalidOptionError } from "../errors.js";
import type { Seed } from "../rng.js";
import { episodeReturn, planningEnv } from "./episode-return.js";

/** What {@link findBestStatic} found. */
export interface BestStatic {
  /** Value of each control, by name; a choice by its index. */
  readonly values: Readonly<Record<string, number>>;
  /** Mean return over the days. Unit: USD. */
  readonly return: number;
  /** Return of each day, in the order of the seeds. Unit: USD. */
  readonly returns: readonly number[];
}

/**
 * The one configuration, held all the time, with the greatest mean return over the given days. It is found by descent from the definition's own:
 * one control one value up or down, as long as that helps. Cost is convex in a count for all practical purposes, so that this is the best of all.
 *
 * @param seeds - The days; at least one.
 * @throws InvalidOptionError, InvalidSeedError
 */
export async function findBestStatic(model: PlanningModel, seeds: readonly Seed[]): Promise<BestStatic> {
  if (seeds.length === 0) throw new InvalidOptionError("seeds", "at least one seed", seeds);
  const env = planningEnv(model);
  const known = new Map<string, BestStatic>();
  const judge = async (values: Readonly<Record<string, number>>): Promise<BestStatic> => {
    const key = JSON.stringify(values);
    const found = known.get(key) ?? (await judgeStatic(env, values, seeds));
    known.set(key, found);
    return found;
  };
  const { controls } = env.policySpec;
  const [, { controls: initial }] = await env.reset({ seed: seeds[0]! });
  let best = await judge(Object.fromEntries(controls.map(({ name }) => [name, initial[name]!.desired])));
  for (let improved = true; improved; ) {
    improved = false;
    for (const { name, min, max } of controls) {
      for (const direction of [-1, 1]) {
        for (let value = best.values[name]! + direction; value >= min && value <= max; value += direction) {
          const next = await judge({ ...best.values, [name]: value });
          if (next.return <= best.return) break;
          best = next;
          improved = true;
        }
      }
    }
  }
  await env.close();
  return best;
}

async function judgeStatic(
  env: ReturnType<typeof planningEnv>,
  values: Readonly<Record<string, number>>,
  seeds: readonly Seed[],
): Promise<BestStatic> {
  const policy = new StaticPolicy({ values });
  policy.bind(env.policySpec);
  const returns: number[] = [];
  for (const seed of seeds) returns.push(await episodeReturn(env, policy, seed));
  return { values, return: returns.reduce((sum, value) => sum + value, 0) / seeds.length, returns };
}
