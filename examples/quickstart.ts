/** The first steps: a web service through one simulated day, scaled by a rule of one line. @module */
import { make } from "infra-gym";

const env = await make("WebService-v0");
let [observation, info] = await env.reset({ seed: 42 });
let [episodeReturn, costUsd, arrivals, violations, isOver] = [0, 0, 0, 0, false];

while (!isOver) {
  // An action has two components: replicas to add (4 stands for none), and steps in droplet size (1 stands for none).
  const { utilization = Number.NaN } = info.signals.replicas ?? {};
  const add = utilization > 0.6 ? 1 : utilization < 0.4 ? -1 : 0;
  const [next, reward, terminated, truncated, details] = await env.step(Int32Array.of(4 + add, 1));
  [observation, info, isOver] = [next, details, terminated || truncated];
  episodeReturn += reward;
  costUsd += info.costUsd;
  arrivals += info.slo.arrivals;
  violations += info.slo.slow + info.slo.failed;
}

console.log(`an observation is ${observation.length} numbers, an action ${env.actionSpace}`);
console.log(`the day's return: ${episodeReturn.toFixed(2)} USD, of which ${costUsd.toFixed(2)} USD for machines`);
console.log(
  `late or lost: ${((100 * violations) / arrivals).toFixed(2)} % of ${(arrivals / 1e6).toFixed(1)} million requests`,
);
await env.close();
