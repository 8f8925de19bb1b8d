/** The contracts as lists of cases, for any test runner. @module */
import type { Env } from "../env.js";
import { EnvCheckError } from "../errors.js";
import type { VectorEnv } from "../vector/vector-env.js";
import { checkDeterminism, checkSnapshot } from "./check-determinism.js";
import { checkMembers, checkRender, checkReset } from "./check-interface.js";
import { checkArguments, checkClose, checkNew } from "./check-refusals.js";
import { checkShapes, checkSpaces } from "./check-shapes.js";
import { checkSpec } from "./check-spec.js";
import { VECTOR_CHECKS } from "./check-vector-env.js";
import type { EnvCheck } from "./env-check.js";

/** One case of a contract: a sentence, and what makes it true or rejects with {@link EnvCheckError}. */
export interface ContractCase {
  readonly name: string;
  /** Runs the case. @throws what a broken law throws */
  run(): Promise<void>;
}

const ENV_CHECKS: Readonly<Record<string, (check: EnvCheck) => unknown>> = {
  "has the members of an environment": checkMembers,
  "has spaces that contain what they sample": checkSpaces,
  "refuses a step before reset": checkNew,
  "gives observations, rewards, ends and masks that fit": checkShapes,
  "restarts its generator with the seed": checkReset,
  "renders as its mode says": checkRender,
  "gives the same episode for the same seed": checkDeterminism,
  "goes on from a snapshot byte for byte": checkSnapshot,
  "refuses seeds and actions that are none": checkArguments,
  "is made again from its spec, in every render mode": checkSpec,
  "is closed once and for all": checkClose,
};

/**
 * The contract of environments, case by case: what `checkEnv` checks at once.
 * @param makeEnv - Makes a new environment; each case makes one and closes it.
 * @param steps - Most steps of an episode.
 * @example
 * for (const { name, run } of envContract(() => make("my-lab/Web-v1"))) it(name, run);
 */
export function envContract(
  makeEnv: () => Promise<Env<unknown, unknown, object>>,
  steps: number = 200,
): readonly ContractCase[] {
  return Object.entries(ENV_CHECKS).map(([name, run]) => ({
    name,
    run: async () => {
      const env = await makeEnv();
      const issues: string[] = [];
      await run({ env, seed: 0n, steps, issues });
      await env.close();
      if (issues.length > 0) throw new EnvCheckError(env.spec?.id ?? env.constructor.name, issues);
    },
  }));
}

/**
 * The contract of vector environments, case by case.
 * @param makeEnvs - Makes a new vector environment of at least two; each case makes one and closes it.
 * @example
 * for (const { name, run } of vectorEnvContract(() => makeVec("my-lab/Web-v1", { numEnvs: 3 }))) it(name, run);
 */
export function vectorEnvContract(
  makeEnvs: () => Promise<VectorEnv<unknown, unknown, object>>,
): readonly ContractCase[] {
  return Object.entries(VECTOR_CHECKS).map(([name, check]) => ({
    name,
    run: async () => {
      const envs = await makeEnvs();
      const issues = await check(envs);
      await envs.close();
      if (issues.length > 0) throw new EnvCheckError(String(envs), issues);
    },
  }));
}
