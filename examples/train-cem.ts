/** Learning: the cross-entropy method finds a linear policy on windows of training days, and beats a rule on test days. @module */
import { createRng, InfraEnv, InfraVectorEnv } from "infra-gym";
import { createPolicy } from "infra-gym/agents";
import { evaluate } from "infra-gym/benchmark";
import { webServiceDefinition } from "infra-gym/envs";

const [generations, population, elite, windows] = [30, 64, 12, 3];
const testSeeds = [0, 1, 2, 3];
/** What the policy sees; a constant comes with it. */
const seen = [
  ...["load", "load1mAgo", "load5mAgo", "announced3m", "announced5m", "webUtilization"],
  ...["hourSine", "hourCosine"],
];
const size = seen.length + 1;

// Mode `target`: the first component is the number of droplets itself, 0 for one to 11 for twelve.
const definition = webServiceDefinition({ control: "target" });
const columns = seen.map((name) => definition.features.findIndex((feature) => feature.name === name));
const scales = columns.map((column) => definition.features[column]!.high);
const [mostDroplets, middleDroplets, middleSize] = [11, 5, 1];

/** One action for each environment. @param weights - Of shape [environments, size]. */
function act(weights: Float64Array, observations: Float32Array): Int32Array {
  const numEnvs = weights.length / size;
  const width = observations.length / numEnvs;
  const actions = new Int32Array(2 * numEnvs).fill(middleSize);
  for (let e = 0; e < numEnvs; e++) {
    let sum = middleDroplets + weights[e * size + size - 1]!;
    for (let i = 0; i < columns.length; i++) {
      sum += (weights[e * size + i]! * observations[e * width + columns[i]!]!) / scales[i]!;
    }
    actions[2 * e] = Math.min(mostDroplets, Math.max(0, Math.round(sum)));
  }
  return actions;
}

/** The return of each environment's episode. */
async function rollOut(env: InfraVectorEnv, weights: Float64Array, seed: readonly number[]): Promise<Float64Array> {
  const returns = new Float64Array(env.numEnvs);
  let [observations] = await env.reset({ seed });
  for (let isOver = false; !isOver; ) {
    const [next, rewards, , truncations] = await env.step(act(weights, observations));
    for (let e = 0; e < returns.length; e++) returns[e]! += rewards[e]!;
    [observations, isOver] = [next, truncations[0] === 1];
  }
  return returns;
}

function average(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
}

await using training = new InfraVectorEnv(definition, { numEnvs: population, episode: "window" });
await using testing = new InfraVectorEnv(definition, { numEnvs: testSeeds.length, split: "test" });

/** The mean return over whole test days. */
async function judge(weights: Float64Array): Promise<number> {
  const copies = Float64Array.from({ length: testSeeds.length * size }, (_, i) => weights[i % size]!);
  return average(await rollOut(testing, copies, testSeeds));
}

const rng = createRng(0);
const mean = new Float64Array(size);
const deviation = new Float64Array(size).fill(8);
const untrained = await judge(mean);
for (let generation = 0; generation < generations; generation++) {
  const draw = (_: unknown, i: number): number => mean[i % size]! + deviation[i % size]! * rng.normal();
  const weights = Float64Array.from({ length: population * size }, draw);
  const returns = new Float64Array(population);
  for (let window = 0; window < windows; window++) {
    // All candidates meet the same window with the same arrivals, so that their differences are their own.
    const seed = new Array<number>(population).fill(windows * generation + window);
    const ofWindow = await rollOut(training, weights, seed);
    for (let e = 0; e < population; e++) returns[e]! += ofWindow[e]! / windows;
  }
  const best = [...returns.keys()].sort((a, b) => returns[b]! - returns[a]!).slice(0, elite);
  for (let i = 0; i < size; i++) {
    const values = best.map((e) => weights[e * size + i]!);
    mean[i] = average(values);
    deviation[i] = Math.sqrt(average(values.map((value) => (value - mean[i]!) ** 2))) + 1 - generation / generations;
  }
  if (generation % 5 === 4)
    console.log(`generation ${generation + 1}: test days ${(await judge(mean)).toFixed(3)} USD`);
}

await using env = new InfraEnv(definition, { split: "test" });
const { episodes } = await evaluate(env, createPolicy("threshold:0.6"), { seeds: testSeeds });
const rule = average(episodes.map((episode) => episode.return));
console.log(
  `before ${untrained.toFixed(3)}, after ${(await judge(mean)).toFixed(3)}, threshold:0.6 ${rule.toFixed(3)} USD a day`,
);
