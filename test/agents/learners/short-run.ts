/** Short training runs, for the tests of learners. @module */
import { createHash } from "node:crypto";
import type { Learner } from "../../../src/agents/index.js";
import { makeVec, type VectorEnv } from "../../../src/vector/index.js";
import { registerAim } from "../../fakes/aim-env.js";
import { registerCartPole } from "../../fakes/cart-pole.js";

/** What a run gave. */
export interface ShortRun {
  /** Mean return of the episodes that ended in each update; null where none did. */
  readonly curve: readonly (number | null)[];
  /** Of the policy's weights. */
  readonly sha256: string;
}

/** Copies of one of the tests' own environments. */
export function makeEnvs(
  id: "CartPole-v1" | "Aim-v0",
  numEnvs: number,
  autoresetMode: "SameStep" | "NextStep" = "SameStep",
): Promise<VectorEnv<unknown, unknown, object>> {
  registerCartPole();
  registerAim();
  return makeVec(id, { numEnvs, autoresetMode });
}

/** Trains for some environment steps. */
export async function shortRun(learner: Learner, steps: number): Promise<ShortRun> {
  const curve: (number | null)[] = [];
  while (learner.globalStep < steps) {
    const { episodes } = await learner.update(learner.globalStep / steps);
    curve.push(episodes.length === 0 ? null : mean(episodes.map((episode) => episode.return)));
  }
  return { curve, sha256: hashOf(learner) };
}

/** Hash of what a learner's policy is made of. */
export function hashOf(learner: Learner): string {
  const hash = createHash("sha256");
  for (const tensor of learner.policy().weights) hash.update(new Uint8Array(tensor.buffer));
  return hash.digest("hex");
}

/** Mean return of the last part of a curve. */
export function endOf({ curve }: ShortRun, updates: number): number {
  return mean(curve.slice(-updates).filter((value) => value !== null));
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
