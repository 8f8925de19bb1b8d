/** What plans earn on known days, many at once in lockstep. @module */
import { InfraVectorEnv } from "../envs/infra-vector-env.js";
import type { PlanningModel } from "../envs/planning-model.js";
import type { Seed } from "../rng.js";

/** A plan to be tried on a day. */
export interface PlanOfDay {
  readonly seed: Seed;
  /** Desired values of all controls, in order, for every step; the last ones are held. At least one row. */
  readonly plan: readonly (readonly number[])[];
}

/** Most days side by side: more would not fit a processor's cache. */
const WIDTH = 128;

/** The sum of the rewards of each plan on its day, in the order given. Unit: USD. */
export async function planReturns(model: PlanningModel, plans: readonly PlanOfDay[]): Promise<number[]> {
  const returns: number[] = [];
  for (let start = 0; start < plans.length; start += WIDTH) {
    returns.push(...(await tryTogether(model, plans.slice(start, start + WIDTH))));
  }
  return returns;
}

async function tryTogether({ definition, ...days }: PlanningModel, plans: readonly PlanOfDay[]): Promise<number[]> {
  const env = new InfraVectorEnv(definition, { ...days, numEnvs: plans.length, autoresetMode: "Disabled" });
  await env.reset({ seed: plans.map(({ seed }) => seed) });
  const rows = env.rows();
  const encoders = plans.map((_, row) => rows.specOf(row).encode);
  const each = definition.controls.length;
  const size = plans.length * each;
  const actions = definition.controls[0]?.mode === "continuous" ? new Float32Array(size) : new Int32Array(size);
  const returns = plans.map(() => 0);
  for (let step = 0; ; step++) {
    for (const [row, { plan }] of plans.entries()) {
      const action = encoders[row]!(plan[Math.min(step, plan.length - 1)]!, NO_INFO);
      if (typeof action === "number") actions[row] = action;
      else actions.set(action as Int32Array | Float32Array, row * each);
    }
    const [, rewards, , truncations] = await env.step(actions);
    for (let row = 0; row < plans.length; row++) returns[row]! += rewards[row]!;
    // Days of one workload are equally long.
    if (truncations[0] === 1) break;
  }
  await env.close();
  return returns;
}

/** Encoding asks for nothing of it. */
const NO_INFO = { signals: {}, controls: {}, actionMask: null, timeSeconds: Number.NaN } as const;
