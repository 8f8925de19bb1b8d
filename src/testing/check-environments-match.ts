/** `checkEnvironmentsMatch`: whether two environments do the same. @module */
import type { Env } from "../env.js";
import { EnvCheckError, InvalidOptionError } from "../errors.js";
import { checkSeed, type Seed } from "../rng.js";
import { maskOf } from "./env-check.js";
import { sameValue } from "./same-value.js";

/** Options of {@link checkEnvironmentsMatch}. */
export interface CheckMatchOptions {
  /** Of the episodes and the random actions. @defaultValue 0 */
  readonly seed?: Seed;
  /** How many steps are compared; ended episodes are reset. An integer from 1. @defaultValue 100 */
  readonly steps?: number;
  /** What is not compared. @defaultValue [] */
  readonly skip?: readonly ("observation" | "reward" | "terminated" | "truncated" | "info")[];
}

const NAMES = ["observation", "reward", "terminated", "truncated", "info"] as const;

/**
 * Plays two environments with the same seed and actions and compares everything, byte for byte: a wrapped one with a plain
 * one, a port with its original. The caller closes them.
 *
 * @throws {@link EnvCheckError} that lists every difference of the first step that has one.
 * @throws InvalidOptionError, InvalidSeedError
 * @example
 * await checkEnvironmentsMatch(await make("my-lab/Web-v1"), await make("my-lab/Web-v2"), { steps: 500 });
 */
export async function checkEnvironmentsMatch(
  first: Env<unknown, unknown, object>,
  second: Env<unknown, unknown, object>,
  { seed = 0, steps = 100, skip = [] }: CheckMatchOptions = {},
): Promise<void> {
  if (!Number.isInteger(steps) || steps < 1) throw new InvalidOptionError("steps", "an integer from 1", steps);
  const names = [nameOf(first), nameOf(second)] as const;
  const refuse = (issues: readonly string[]): void => {
    if (issues.length > 0) throw new EnvCheckError(`${names[0]} against ${names[1]}`, issues);
  };
  refuse(
    (["observationSpace", "actionSpace"] as const)
      .filter((key) => !first[key].equals(second[key]))
      .map((key) => `${key} differs: ${first[key]} against ${second[key]}.`),
  );
  first.actionSpace.seed(checkSeed(seed));
  const reset = async (options: { readonly seed?: Seed }, when: string): Promise<object> => {
    const [a, b] = [await first.reset(options), await second.reset(options)];
    refuse(differences(["observation", "info"], a, b, skip, when));
    return a[1];
  };
  let info = await reset({ seed }, "after reset");
  for (let step = 1; step <= steps; step++) {
    const mask = maskOf(info);
    const action = first.actionSpace.sample(mask === undefined ? {} : { mask });
    const [a, b] = [await first.step(action), await second.step(action)];
    refuse(differences(NAMES, a, b, skip, `in step ${step}`));
    info = a[2] || a[3] ? await reset({}, `after the reset of step ${step}`) : a[4];
  }
}

function differences(
  names: readonly (typeof NAMES)[number][],
  a: readonly unknown[],
  b: readonly unknown[],
  skip: readonly string[],
  when: string,
): string[] {
  return names
    .filter((name, i) => !skip.includes(name) && !sameValue(a[i], b[i]))
    .map((name) => `${name} differs ${when}.`);
}

function nameOf(env: Env<unknown, unknown, object>): string {
  return env.spec?.id ?? env.constructor.name;
}
