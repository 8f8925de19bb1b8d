/** What a policy earns on one day. @module */
import type { Policy } from "../agents/policy.js";
import { InfraEnv } from "../envs/infra-env.js";
import type { PlanningModel } from "../envs/planning-model.js";
import type { Seed } from "../rng.js";

/** An environment of the planner's own, in which each day is the same as in the one it plans for. */
export function planningEnv({ definition, ...days }: PlanningModel): InfraEnv {
  return new InfraEnv(definition, days);
}

/** The sum of the rewards over one episode. Unit: USD. @param policy - Bound to the environment already. */
export async function episodeReturn(env: InfraEnv, policy: Policy, seed: Seed): Promise<number> {
  await policy.reset(seed);
  let [observation, info] = await env.reset({ seed });
  let sum = 0;
  for (;;) {
    const [next, reward, terminated, truncated, details] = await env.step(policy.act(observation, info) as number);
    [observation, info] = [next, details];
    sum += reward;
    if (terminated || truncated) return sum;
  }
}
