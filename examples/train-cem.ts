/** Learning: the cross-entropy method finds a small linear policy, on windows of training days. @module */
import { createRng, InfraVectorEnv } from "infra-gym";
import { webServiceDefinition } from "infra-gym/envs";

const generations = 30;
const population = 64;
const elite = 12;
const testDays = 4;
/** Features that the policy sees, over their upper bounds, and a constant. */
const seen = ["load", "loadChange1m", "loadChange5m", "announced3m", "announced10m", "webUtilization", "spare"];
const size = seen.length + 1;

// Mode `residual`: an action corrects what a target-tracking rule would do, by -2 to +6 droplets. All weights 0: the rule itself.
const definition = webServiceDefinition({ control: "residual" });
const columns = seen.map((name) => definition.features.findIndex((feature) => feature.name === name));
const scales = columns.map((column) => definition.features[column]!.high);
const [noCorrection, sameSize] = [2, 1];

/** Actions of one linear policy per environment: weights of shape [numEnvs, size]. */
function act(weights: Float64Array, observations: Float32Array, numEnvs: number): Int32Array {
  const width = observations.length / numEnvs;
  const actions = new Int32Array(2 * numEnvs).fill(sameSize);
  for (let e = 0; e < numEnvs; e++) {
    let sum = weights[e * size + size - 1]!;
    for (let i = 0; i < columns.length; i++) {
      sum += (weights[e * size + i]! * observations[e * width + columns[i]!]!) / scales[i]!;
    }
    actions[2 * e] = Math.min(8, Math.max(0, Math.round(noCorrection + sum)));
  }
  return actions;
}

/** The return of every environment's episode. */
async function rollOut(env: InfraVectorEnv, weights: Float64Array, seeds: readonly number[]): Promise<Float64Array> {
  const returns = new Float64Array(env.numEnvs);
  let [observations] = await env.reset({ seed: seeds });
  for (let isOver = false; !isOver; ) {
    const [next, rewards, , truncations] = await env.step(act(weights, observations, env.numEnvs));
    rewards.forEach((reward, e) => {
      returns[e]! += reward;
    });
    [observations, isOver] = [next, truncations[0] === 1];
  }
  return returns;
}

await using training = new InfraVectorEnv(definition, { numEnvs: population, episode: "window" });
await using testing = new InfraVectorEnv(definition, { numEnvs: testDays, split: "test" });

/** The mean return of one policy over whole days that it was not trained on. */
async function judge(mean: Float64Array): Promise<number> {
  const weights = Float64Array.from({ length: testDays * size }, (_, i) => mean[i % size]!);
  const returns = await rollOut(testing, weights, [...returns0.keys()]);
  return returns.reduce((sum, value) => sum + value, 0) / testDays;
}
const returns0 = new Array<number>(testDays).fill(0);

const rng = createRng(0);
const mean = new Float64Array(size);
const deviation = new Float64Array(size).fill(3);
const before = await judge(mean);
for (let generation = 0; generation < generations; generation++) {
  const weights = Float64Array.from(
    { length: population * size },
    (_, i) => mean[i % size]! + deviation[i % size]! * rng.normal(),
  );
  // Every candidate meets the same windows with the same arrivals: their differences are their own.
  const returns = new Float64Array(population);
  for (const window of [0, 1, 2]) {
    const seeds = new Array<number>(population).fill(3 * generation + window);
    (await rollOut(training, weights, seeds)).forEach((value, e) => {
      returns[e]! += value / 3;
    });
  }
  const best = [...returns.keys()].sort((a, b) => returns[b]! - returns[a]!).slice(0, elite);
  for (let i = 0; i < size; i++) {
    const values = best.map((e) => weights[e * size + i]!);
    mean[i] = values.reduce((sum, value) => sum + value, 0) / elite;
    deviation[i] = Math.sqrt(values.reduce((sum, value) => sum + (value - mean[i]!) ** 2, 0) / elite) + 0.1;
  }
  if (generation % 5 === 4) {
    console.log(`generation ${generation + 1}: best window ${returns[best[0]!]!.toFixed(3)} USD`);
  }
}
console.log(`test days, mean return: ${before.toFixed(3)} USD before, ${(await judge(mean)).toFixed(3)} USD after`);
