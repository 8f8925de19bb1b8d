/** `checkEnv`: whether an environment keeps the contract of environments. @module */
import type { Env } from "../env.js";
import { EnvCheckError, InvalidOptionError } from "../errors.js";
import { checkSeed, type Seed } from "../rng.js";
import { checkDeterminism, checkSnapshot } from "./check-determinism.js";
import { checkMembers, checkRender, checkReset } from "./check-interface.js";
import { checkArguments, checkClose, checkNew } from "./check-refusals.js";
import { checkShapes, checkSpaces } from "./check-shapes.js";
import { checkSpec } from "./check-spec.js";
import type { EnvCheck } from "./env-check.js";

/** Options of {@link checkEnv}. */
export interface CheckEnvOptions {
  /** Seed of the episodes and of the random actions. @defaultValue 0 */
  readonly seed?: Seed;
  /** Most steps of an episode slice; about six slices are played. An integer from 1. @defaultValue 50 */
  readonly steps?: number;
  /** Most steps of the two whole episodes that are compared. An integer from 1. @defaultValue 2000 */
  readonly episodeSteps?: number;
}

/**
 * Checks an environment: its members and spaces, shapes of results, observations within their space over a random episode, finite
 * rewards, boolean ends, masks that fit and allow something, one seed giving one whole episode, snapshots that go on byte for byte,
 * also with changes pending, rendering, the errors for wrong calls, and that its spec makes it again, in every render mode.
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
  { seed = 0, steps = 50, episodeSteps = 2000 }: CheckEnvOptions = {},
): Promise<void> {
  for (const [name, value] of Object.entries({ steps, episodeSteps })) {
    if (!Number.isInteger(value) || value < 1) throw new InvalidOptionError(name, "an integer from 1", value);
  }
  const check: EnvCheck = { env, seed: checkSeed(seed), steps, issues: [] };
  checkMembers(check);
  if (await checkSpaces(check)) {
    const whole = { ...check, steps: Math.max(steps, episodeSteps) };
    await checkNew(check);
    await checkShapes(whole);
    await checkReset(check);
    await checkRender(check);
    await checkDeterminism(whole);
    await checkSnapshot(check);
    await checkArguments(check);
    await checkSpec(check);
  }
  await checkClose(check);
  if (check.issues.length > 0) throw new EnvCheckError(env.spec?.id ?? env.constructor.name, check.issues);
}
