/** Measuring whether memory stays flat while environments step. @module */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { type EnvDefinition, InfraEnv, InfraVectorEnv } from "../../src/envs/index.js";

/** Memory after a collection. Unit: MiB. */
export interface MemorySample {
  /** Objects and code. */
  readonly heap: number;
  /** What typed arrays hold outside the heap. */
  readonly buffers: number;
  readonly rss: number;
}

/** How memory went. Unit: MiB. */
export interface MemoryGrowth {
  /** Mean of the last third of the samples less that of the first third. */
  readonly heap: number;
  readonly buffers: number;
  readonly rss: number;
  /** At the end. */
  readonly last: MemorySample;
}

const MIB = 1024 ** 2;
const SAMPLES = 30;
/** Share of the steps before the first sample: caches fill, code is compiled. */
const WARM_UP = 0.2;
const POOL = 64;

/** Steps one environment at random; an ended episode is followed by the next. */
export async function soakSingle(definition: EnvDefinition, steps: number): Promise<MemoryGrowth> {
  const env = new InfraEnv<never>(definition, { episode: "window" });
  env.actionSpace.seed(1);
  const actions = Array.from({ length: POOL * 8 }, () => env.actionSpace.sample());
  await env.reset({ seed: 1 });
  let at = 0;
  return watch(steps, async () => {
    const [, , , truncated] = await env.step(actions[at++ % actions.length]!);
    if (truncated) await env.reset();
    return 1;
  });
}

/** Steps a batch at random, with its own resets. */
export async function soakBatch(definition: EnvDefinition, numEnvs: number, steps: number): Promise<MemoryGrowth> {
  const env = new InfraVectorEnv(definition, { numEnvs, episode: "window" });
  env.actionSpace.seed(1);
  const actions = Array.from({ length: POOL }, () => env.actionSpace.sample());
  await env.reset({ seed: 1 });
  let at = 0;
  return watch(steps, async () => {
    await env.step(actions[at++ % POOL]!);
    return numEnvs;
  });
}

/** Takes steps, and a sample of the memory now and then. @param step - Returns how many steps it took. */
async function watch(steps: number, step: () => Promise<number>): Promise<MemoryGrowth> {
  const samples: MemorySample[] = [];
  let done = 0;
  while (done < steps * WARM_UP) done += await step();
  for (let sample = 1; sample <= SAMPLES; sample++) {
    const until = steps * (WARM_UP + ((1 - WARM_UP) * sample) / SAMPLES);
    while (done < until) done += await step();
    samples.push(await sampleMemory());
  }
  const third = SAMPLES / 3;
  const growth = (of: keyof MemorySample): number =>
    mean(samples.slice(-third).map((sample) => sample[of])) - mean(samples.slice(0, third).map((sample) => sample[of]));
  return { heap: growth("heap"), buffers: growth("buffers"), rss: growth("rss"), last: samples.at(-1)! };
}

let collect: (() => void) | undefined;

/**
 * Collects three times, with turns of the event loop between: the engine frees the memory of dead typed arrays on another thread, and
 * reports it freed at the next collection. After a single one some megabytes of them are still counted, more or less by chance.
 */
async function sampleMemory(): Promise<MemorySample> {
  if (collect === undefined) {
    setFlagsFromString("--expose-gc");
    collect = runInNewContext("gc") as () => void;
  }
  collect();
  for (let pass = 0; pass < 2; pass++) {
    await new Promise<void>((resolve) => setImmediate(resolve));
    collect();
  }
  const { heapUsed, arrayBuffers, rss } = process.memoryUsage();
  return { heap: heapUsed / MIB, buffers: arrayBuffers / MIB, rss: rss / MIB };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
