/** Training by the cross-entropy method: try weights around a guess, keep the best, move the guess there; then judge. */
import { createRng } from "infra-gym";
import { createPolicy, type Policy } from "infra-gym/agents";
import { evaluate } from "infra-gym/benchmark";
import { LinearPolicy } from "./linear-policy.js";
import { makeMyEnv } from "./my-env.js";

const GENERATIONS = 12;
const CANDIDATES = 24;
const ELITE = 6;

const rng = createRng(1);
/** Load now, 5 minutes ago, announced; utilization, desired, ready, constant: one droplet for each 25 requests per second. */
let guess = [0.04, 0, 0.04, 0, 0, 0, 1];
let spread = [0.02, 0.01, 0.02, 0.5, 0.2, 0.2, 1];

await using training = makeMyEnv({ split: "train", episode: "window" });

/** The mean return of some weights over training windows; all candidates of a generation see the same ones. */
async function score(weights: readonly number[], generation: number): Promise<number> {
  const seeds = [0, 1, 2, 3].map((k) => 4 * generation + k);
  const { episodes } = await evaluate(training, new LinearPolicy(weights), { seeds });
  return episodes.reduce((sum, episode) => sum + episode.return, 0) / episodes.length;
}

for (let generation = 0; generation < GENERATIONS; generation++) {
  const tried: { weights: number[]; score: number }[] = [];
  for (let k = 0; k < CANDIDATES; k++) {
    const weights = k === 0 ? guess : guess.map((mean, i) => rng.normal(mean, spread[i]!));
    tried.push({ weights, score: await score(weights, generation) });
  }
  const elite = tried.sort((a, b) => b.score - a.score).slice(0, ELITE);
  guess = guess.map((_, i) => elite.reduce((sum, { weights }) => sum + weights[i]!, 0) / ELITE);
  spread = guess.map((mean, i) => {
    const variance = elite.reduce((sum, { weights }) => sum + (weights[i]! - mean) ** 2, 0) / ELITE;
    return Math.sqrt(variance) + 1e-3;
  });
  console.log(`generation ${generation + 1}: best return ${elite[0]!.score.toFixed(4)} USD`);
}

await using test = makeMyEnv({ split: "test" });
const policies: Policy[] = [createPolicy("static:6"), createPolicy("threshold:0.6"), new LinearPolicy(guess)];
console.log("\nwhole days of the test split:");
for (const policy of policies) {
  const { episodes } = await evaluate(test, policy, { seeds: [0, 1, 2] });
  const mean = episodes.reduce((sum, episode) => sum + episode.return, 0) / episodes.length;
  console.log(`${policy.name.padEnd(14)} ${mean.toFixed(3)} USD`);
}
console.log(`\nweights: ${guess.map((weight) => weight.toFixed(4)).join(", ")}`);
