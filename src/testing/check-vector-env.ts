/** The single checks of a vector environment. @module */
import { ClosedError, InvalidActionError, InvalidOptionError, ResetNeededError } from "../errors.js";
import type { VectorEnv } from "../vector/vector-env.js";
import { nameOf } from "./env-check.js";
import { sameValue } from "./same-value.js";

type Envs = VectorEnv<unknown, unknown, object>;

/** By the sentence that each makes true; a check gives what it found. */
export const VECTOR_CHECKS: Readonly<Record<string, (envs: Envs) => Promise<readonly string[]>>> = {
  "gives batches that fit its spaces": checkBatches,
  "gives the same episodes for the same seed": checkSeeds,
  "gives arrays that are never written to again": checkOwnership,
  "resets by mask and leaves the others alone": checkMask,
  "goes on from a snapshot of one environment byte for byte": checkIndexSnapshot,
  "refuses calls at the wrong time and wrong arguments": checkRefused,
};

async function checkBatches(envs: Envs): Promise<string[]> {
  const issues: string[] = [];
  const [first] = await envs.reset({ seed: 0 });
  if (!envs.observationSpace.contains(first)) issues.push("reset's observations must lie in observationSpace.");
  const [observations, rewards, terminations, truncations] = await envs.step(envs.actionSpace.sample());
  if (!envs.observationSpace.contains(observations)) issues.push("step's observations must lie in observationSpace.");
  const isRewards = rewards instanceof Float64Array && rewards.length === envs.numEnvs;
  if (!isRewards) issues.push("step's rewards must be a Float64Array of length numEnvs.");
  for (const [name, flags] of Object.entries({ terminations, truncations })) {
    const isFlags = flags instanceof Uint8Array && flags.length === envs.numEnvs && flags.every((flag) => flag < 2);
    if (!isFlags) issues.push(`step's ${name} must be a Uint8Array of 0 and 1 of length numEnvs.`);
  }
  return issues;
}

/** Three steps from a seed. */
async function play(envs: Envs): Promise<unknown[]> {
  envs.actionSpace.seed(1);
  const played: unknown[] = [(await envs.reset({ seed: 1 }))[0]];
  for (let step = 0; step < 3; step++) played.push((await stepOnce(envs)).slice(0, 4));
  return played;
}

/** A step; in mode `Disabled` after a reset of those that have ended. */
async function stepOnce(envs: Envs): Promise<readonly unknown[]> {
  const result = await envs.step(envs.actionSpace.sample());
  const resetMask = result[2].map((terminated, env) => terminated | result[3][env]!);
  if (envs.autoresetMode === "Disabled" && resetMask.includes(1)) await envs.reset({ options: { resetMask } });
  return result;
}

async function checkSeeds(envs: Envs): Promise<string[]> {
  return sameValue(await play(envs), await play(envs))
    ? []
    : ["the same seed and actions must give the same episodes, byte for byte."];
}

async function checkOwnership(envs: Envs): Promise<string[]> {
  await envs.reset({ seed: 0 });
  const result = await stepOnce(envs);
  const copy: unknown = structuredClone(result.slice(0, 4));
  for (let step = 0; step < 3; step++) await stepOnce(envs);
  return sameValue(result.slice(0, 4), copy) ? [] : ["step must give new arrays: those it gave before have changed."];
}

async function checkMask(envs: Envs): Promise<string[]> {
  await envs.reset({ seed: 0 });
  const before = await envs.step(envs.actionSpace.sample());
  const resetMask = Uint8Array.from({ length: envs.numEnvs }, (_, env) => (env === 0 ? 1 : 0));
  const [after] = await envs.reset({ seed: 5, options: { resetMask } });
  const [a, b] = [before[0], after];
  if (!ArrayBuffer.isView(a) || !ArrayBuffer.isView(b)) return [];
  const width = (a as Float32Array).length / envs.numEnvs;
  const rest = (batch: unknown): unknown => (batch as Float32Array).slice(width);
  return sameValue(rest(a), rest(b)) ? [] : ["reset by mask must leave the other environments' observations alone."];
}

async function checkIndexSnapshot(envs: Envs): Promise<string[]> {
  await envs.reset({ seed: 0 });
  const snapshots = [];
  for (let env = 0; env < envs.numEnvs; env++) snapshots.push(structuredClone(await envs.snapshot(env)));
  const actions = envs.actionSpace.sample();
  const first = await envs.step(actions);
  for (const [env, snapshot] of snapshots.entries()) await envs.restore(env, snapshot);
  const again = await envs.step(actions);
  return sameValue(first.slice(0, 4), again.slice(0, 4)) ? [] : ["restored states must go on byte for byte."];
}

async function checkRefused(envs: Envs): Promise<string[]> {
  const issues: string[] = [];
  type Class = new (...given: never[]) => Error;
  const refuses = async (what: string, expected: Class, run: () => unknown): Promise<void> => {
    const got: unknown = await Promise.resolve()
      .then(run)
      .then(
        () => null,
        (error: unknown) => error,
      );
    if (got instanceof expected) return;
    issues.push(`${what} must be refused with ${expected.name}, got ${got === null ? "no error" : nameOf(got)}.`);
  };
  await refuses("step before reset", ResetNeededError, () => envs.step(envs.actionSpace.sample()));
  await envs.reset({ seed: 0 });
  await refuses("step(undefined)", InvalidActionError, () => envs.step(undefined));
  await refuses("a resetMask of another length", InvalidOptionError, () =>
    envs.reset({ options: { resetMask: new Uint8Array(envs.numEnvs + 1).fill(1) } }),
  );
  await refuses("snapshot(numEnvs)", InvalidOptionError, () => envs.snapshot(envs.numEnvs));
  await envs.close();
  await refuses("step after close", ClosedError, () => envs.step(envs.actionSpace.sample()));
  await refuses("reset after close", ClosedError, () => envs.reset());
  return issues;
}
