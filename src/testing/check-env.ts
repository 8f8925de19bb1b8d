/** `checkEnv`: whether an environment keeps the contract of environments. @module */
import type { Env } from "../env.js";
import { EnvCheckError, InvalidOptionError } from "../errors.js";
import { checkSeed, type Seed } from "../rng.js";
import { checkDeterminism, checkSnapshot } from "./check-determinism.js";
import { checkArguments, checkClose, checkNew } from "./check-refusals.js";
import { checkShapes, checkSpaces } from "./check-shapes.js";
import type { EnvCheck } from "./env-check.js";

/** Options of {@link checkEnv}. */
export interface CheckEnvOptions {
  /** Seed of the episodes and of the random actions. @defaultValue 0 */
  readonly seed?: Seed;
  /** Most steps of an episode slice; about six slices are played. An integer from 1. @defaultValue 50 */
  readonly steps?: number;
}

/**
 * Checks an environment: spaces, shapes of results, observations within their space, finite rewards, boolean ends, masks that fit,
 * one seed giving one episode, snapshots that go on byte for byte, and the errors for wrong calls.
 *
 * @param env - A new environment, not yet reset. It is closed in the end.
 * @returns Resolves when nothing was found.
 * @throws EnvCheckError that lists every issue found
 * @throws InvalidOptionError, InvalidSeedError
 * @example
 * await checkEnv(await make("my-lab/Web-v1"));
 */
export async function checkEnv(
  env: Env<unknown, unknown, object>,
  { seed = 0, steps = 50 }: CheckEnvOptions = {},
): Promise<void> {
  if (!Number.isInteger(steps) || steps < 1) throw new InvalidOptionError("steps", "an integer from 1", steps);
  const check: EnvCheck = { env, seed: checkSeed(seed), steps, issues: [] };
  if (await checkSpaces(check)) {
    await checkNew(check);
    await checkShapes(check);
    await checkDeterminism(check);
    await checkSnapshot(check);
    await checkArguments(check);
  }
  await checkClose(check);
  if (check.issues.length > 0) throw new EnvCheckError(env.spec?.id ?? env.constructor.name, check.issues);
}
