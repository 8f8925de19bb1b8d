/** How fast an environment steps. @module */
import type { Env, Info } from "../env.js";
import { InvalidOptionError } from "../errors.js";
import type { Seed } from "../rng.js";
import type { VectorEnv } from "../vector/vector-env.js";

/** Options of {@link benchmarkStep} and {@link benchmarkVectorStep}. */
export interface BenchmarkStepOptions {
  /** How long to step. Unit: seconds, above 0. @defaultValue 5 */
  readonly durationSeconds?: number;
  /** Of the episodes and the random actions. @defaultValue 0 */
  readonly seed?: Seed;
  /** The time. Unit: milliseconds. @defaultValue performance.now */
  readonly now?: () => number;
}

/**
 * Steps with random allowed actions for some time; ended episodes are reset. Drawing actions counts. The caller closes it.
 * @returns Steps per second.
 */
export async function benchmarkStep(
  env: Env<unknown, unknown, object>,
  options: BenchmarkStepOptions = {},
): Promise<number> {
  env.actionSpace.seed(options.seed ?? 0);
  let [, info] = await env.reset({ seed: options.seed ?? 0 });
  return measure(options, async () => {
    const { actionMask } = info as Info;
    const mask = actionMask === undefined || actionMask === null ? {} : { mask: actionMask };
    const result = await env.step(env.actionSpace.sample(mask));
    info = result[2] || result[3] ? (await env.reset())[1] : result[4];
    return 1;
  });
}

/**
 * Steps a vector environment with random actions for some time. It resets itself, or is reset by mask. The caller closes it.
 * @returns Environment steps per second: steps × numEnvs.
 */
export async function benchmarkVectorStep(
  envs: VectorEnv<unknown, unknown, object>,
  options: BenchmarkStepOptions = {},
): Promise<number> {
  envs.actionSpace.seed(options.seed ?? 0);
  await envs.reset({ seed: options.seed ?? 0 });
  return measure(options, async () => {
    const [, , terminations, truncations] = await envs.step(envs.actionSpace.sample());
    if (envs.autoresetMode === "Disabled") {
      const resetMask = terminations.map((terminated, env) => terminated | truncations[env]!);
      if (resetMask.includes(1)) await envs.reset({ options: { resetMask } });
    }
    return envs.numEnvs;
  });
}

async function measure(
  { durationSeconds = 5, now = () => performance.now() }: BenchmarkStepOptions,
  step: () => Promise<number>,
): Promise<number> {
  if (!(Number.isFinite(durationSeconds) && durationSeconds > 0)) {
    throw new InvalidOptionError("durationSeconds", "a finite number above 0 (seconds)", durationSeconds);
  }
  const started = now();
  const deadline = started + durationSeconds * 1000;
  let steps = 0;
  let time = started;
  while (time < deadline) {
    steps += await step();
    time = now();
  }
  return (steps / (time - started)) * 1000;
}
