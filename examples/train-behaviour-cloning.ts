/** Imitation: a network learns from a rule's days what the rule does, and is judged beside it on days it has not seen. @module */
import { make, makeVec } from "infra-gym";
import { BehaviourCloning, createPolicy, recordDemonstrations, TrainedPolicy, train } from "infra-gym/agents";
import { evaluate, makeJudgedEnv, policySpecOf } from "infra-gym/benchmark";

const teacher = createPolicy("expert");
await using shown = await make("WebService-v0", { split: "train" });
teacher.bind(policySpecOf(shown));
const demonstrations = await recordDemonstrations(shown, teacher, { seeds: [0, 1, 2, 3, 4, 5] });
console.log(`${demonstrations.rows.toLocaleString("en-US")} steps of ${teacher.name} recorded`);

// Of this environment only the spaces matter: nothing is done in it.
await using envs = await makeVec("WebService-v0", { numEnvs: 1, autoresetMode: "SameStep" });
const clone = new BehaviourCloning(envs, { demonstrations, seed: 1, gamma: 0.9, rewardScale: 450 });
await train(clone, envs, { budget: { steps: 20 * demonstrations.rows } });

await using env = await makeJudgedEnv("WebService-v0", { split: "test" });
for (const policy of [new TrainedPolicy({ name: "its clone", weights: clone.policy() }), createPolicy("expert")]) {
  const { episodes } = await evaluate(env, policy, { seeds: [0, 1, 2] });
  const mean = episodes.reduce((sum, episode) => sum + episode.return, 0) / episodes.length;
  console.log(`${policy.name}: ${mean.toFixed(2)} USD a test day`);
}
