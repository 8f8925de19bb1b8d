/** Playing episodes for tests: random actions that the mask allows, and the bytes of all that comes back. @module */
import { createHash, type Hash } from "node:crypto";
import type { ResetOptions } from "../../src/env.js";
import type { InfraAction, InfraEnv, InfraInfo } from "../../src/envs/index.js";
import type { Space } from "../../src/spaces/index.js";

/** An episode, or a part of it. */
export interface Played {
  readonly observations: readonly Float32Array[];
  readonly rewards: readonly number[];
  readonly infos: readonly InfraInfo[];
  readonly actions: readonly InfraAction[];
}

/** What to do, from the last info. */
export type Choice<Action> = (info: InfraInfo, step: number) => Action;

/** An action that the mask allows. */
export function sampleAllowed<Action extends InfraAction>(space: Space<Action>, { actionMask }: InfraInfo): Action {
  return space.sample(actionMask === null ? {} : { mask: actionMask });
}

/** Resets and plays to the end, or for some steps. */
export async function play<Action extends InfraAction>(
  env: InfraEnv<Action>,
  options: ResetOptions,
  choose: Choice<Action>,
  steps: number = Number.POSITIVE_INFINITY,
): Promise<Played> {
  const [observation, info] = await env.reset(options);
  const played = await playOn(env, info, choose, steps);
  return { ...played, observations: [observation, ...played.observations], infos: [info, ...played.infos] };
}

/** Goes on in a running episode. */
export async function playOn<Action extends InfraAction>(
  env: InfraEnv<Action>,
  info: InfraInfo,
  choose: Choice<Action>,
  steps: number = Number.POSITIVE_INFINITY,
): Promise<Played> {
  const observations: Float32Array[] = [];
  const rewards: number[] = [];
  const infos: InfraInfo[] = [];
  const actions: Action[] = [];
  let last = info;
  for (let step = 0; step < steps; step++) {
    const action = choose(last, step);
    const [observation, reward, , truncated, next] = await env.step(action);
    observations.push(observation);
    rewards.push(reward);
    infos.push(next);
    actions.push(action);
    last = next;
    if (truncated) break;
  }
  return { observations, rewards, infos, actions };
}

/** Plays with random allowed actions, both from one seed. */
export function playRandomly<Action extends InfraAction>(
  env: InfraEnv<Action>,
  seed: number,
  steps?: number,
): Promise<Played> {
  env.actionSpace.seed(seed);
  return play(env, { seed }, (info) => sampleAllowed(env.actionSpace, info), steps);
}

/** A hash over the float bytes of observations and rewards. */
export function hashOf({ observations, rewards }: Played): string {
  const hash: Hash = createHash("sha256");
  for (const observation of observations) hash.update(observation);
  hash.update(Float64Array.from(rewards));
  return hash.digest("hex");
}
