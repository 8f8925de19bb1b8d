/** The best fixed configuration in hindsight: score 0 of a benchmark. @module */
import { compile } from "../envs/compile.js";
import type { PlanningModel } from "../envs/planning-model.js";
import { InvalidOptionError } from "../errors.js";
import type { Seed } from "../rng.js";
import { planReturns } from "./plan-returns.js";

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
  const known = new Map<string, BestStatic>();
  const judge = async (values: readonly number[]): Promise<BestStatic> => {
    const key = values.join();
    const found = known.get(key) ?? (await judgeStatic(model, values, seeds));
    known.set(key, found);
    return found;
  };
  const { controls } = compile(model.definition);
  let held = controls.map(({ min, initial }) => min + initial);
  let best = await judge(held);
  for (let improved = true; improved; ) {
    improved = false;
    for (const [k, { min, size }] of controls.entries()) {
      for (const direction of [-1, 1]) {
        for (let value = held[k]! + direction; value >= min && value < min + size; value += direction) {
          const tried = held.with(k, value);
          const next = await judge(tried);
          if (next.return <= best.return) break;
          [best, held] = [next, tried];
          improved = true;
        }
      }
    }
  }
  return best;
}

async function judgeStatic(
  model: PlanningModel,
  values: readonly number[],
  seeds: readonly Seed[],
): Promise<BestStatic> {
  const returns = await planReturns(
    model,
    seeds.map((seed) => ({ seed, plan: [values] })),
  );
  const named = Object.fromEntries(compile(model.definition).controls.map(({ name }, k) => [name, values[k]!]));
  return { values: named, return: returns.reduce((sum, value) => sum + value, 0) / seeds.length, returns };
}
