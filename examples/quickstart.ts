/** The first steps: one episode of a web service under load, with random actions. @module */
import { make } from "infra-gym";

const env = await make("WebService-v0");
env.actionSpace.seed(7);

let [observation, info] = await env.reset({ seed: 42 });
let episodeReturn = 0;
let costUsd = 0;

for (let step = 0; step < 60; step++) {
  const [next, reward, terminated, truncated, details] = await env.step(env.actionSpace.sample());
  [observation, info] = [next, details];
  episodeReturn += reward;
  costUsd += Number(info.costUsd);
  if (terminated || truncated) break;
}

console.log(`return ${episodeReturn.toFixed(4)}, of which ${costUsd.toFixed(4)} USD were the cost of the machines`);
console.log(`last observation: ${observation.length} values`);
await env.close();
