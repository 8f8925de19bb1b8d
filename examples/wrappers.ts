/** Wrappers: one stack for training, printed, kept as JSON, and made again for evaluation with the same statistics. @module */
import { type EnvSpec, make } from "infra-gym";
import { NormalizeObservation, NormalizeReward, RecordEpisodeStatistics, TimeLimit } from "infra-gym/wrappers";

const steps = 240;
const inner = await make("WebService-v0", { maxEpisodeSteps: steps });
const statistics = new RecordEpisodeStatistics(inner);
const normalized = new NormalizeObservation(statistics);
const env = new NormalizeReward(normalized, { gamma: 0.99 });
console.log(String(env));

await env.reset({ seed: 1 });
const stay = Int32Array.of(4, 1);
for (let step = 0; step < steps; step++) await env.step(stay);
const [episode] = statistics.recentEpisodes;
console.log(`one episode of ${episode?.l} steps, return ${episode?.r.toFixed(2)} USD before it was normalized`);

const saved = JSON.stringify({ spec: env.spec, statistics: normalized.statistics });
await env.close();

const { spec, statistics: kept } = JSON.parse(saved) as {
  readonly spec: EnvSpec;
  readonly statistics: typeof normalized.statistics;
};
const again = await make(spec);
console.log(`made again: ${again}`);

// The wrapper in the middle is reached by way of `env`, as in Gymnasium.
const { env: middle } = again as NormalizeReward<Float32Array, Int32Array>;
const evaluation = new TimeLimit(middle as NormalizeObservation<Float32Array, Int32Array>, { maxEpisodeSteps: 10 });
const observations = evaluation.env as NormalizeObservation<Float32Array, Int32Array>;
observations.statistics = kept;
observations.updateRunningMean = false;
const [observation] = await evaluation.reset({ seed: 2 });
console.log(`first observation: ${observation.length} numbers, the largest ${Math.max(...observation).toFixed(1)}`);
await again.close();
