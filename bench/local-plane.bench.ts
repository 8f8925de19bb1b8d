/** The whole local backend: how soon it is there, and what it costs the machine. @module */

import { make } from "../src/index.js";
import { createWorkload } from "../src/loadgen/index.js";
import { type Measurement, measure } from "./figure.js";
import { ONCE } from "./loaded.js";
import { treeCpuSeconds } from "./process-tree.js";

interface PlaneFigures {
  readonly firstSeconds: number;
  readonly nextSeconds: number;
  readonly cores: number;
  readonly lateSeconds: number;
}

/** 300 requests/s, on the 960 that the workload is scaled to. */
const WORKLOAD = createWorkload("steady", { level: 300 / 960 });
/** Steps before the count begins, in which the new processes compile what they run over and over, and those that count. */
const WARM_UP_STEPS = 4;
const STEPS = 8;

async function runPlane(): Promise<PlaneFigures> {
  const begun = performance.now();
  const env = await make("WebService-v0", { backend: "local", workload: WORKLOAD, episode: "window" });
  try {
    const controls = { replicas: 6 };
    await env.reset({ seed: 1, options: { controls } });
    const firstSeconds = (performance.now() - begun) / 1000;
    const again = performance.now();
    await env.reset({ seed: 2, options: { controls } });
    const nextSeconds = (performance.now() - again) / 1000;
    const stay = Int32Array.of(4, 1);
    for (let step = 0; step < WARM_UP_STEPS; step++) await env.step(stay);
    const [cpu, from] = [treeCpuSeconds(process.pid), performance.now()];
    let late = 0;
    for (let step = 0; step < STEPS; step++) {
      const [, , , , info] = await env.step(stay);
      late = Math.max(late, info.lateSeconds);
    }
    const cores = (treeCpuSeconds(process.pid) - cpu) / ((performance.now() - from) / 1000);
    return { firstSeconds, nextSeconds, cores, lateSeconds: late };
  } finally {
    await env.close();
  }
}

let shared: Promise<PlaneFigures> | undefined;

function figure(name: string, unit: string, of: (figures: PlaneFigures) => number): Measurement {
  return measure(`local.${name}`, unit, async () => of(await onePlane()), ONCE);
}

function onePlane(): Promise<PlaneFigures> {
  shared ??= runPlane();
  return shared;
}

/** Figures of this file. */
export const measurements: readonly Measurement[] = [
  figure("makeToFirstObservationSeconds", "s", ({ firstSeconds }) => firstSeconds),
  figure("nextEpisodeSeconds", "s", ({ nextSeconds }) => nextSeconds),
  figure("coresAt300", "cores", ({ cores }) => cores),
  figure("latestStepSeconds", "s of model time", ({ lateSeconds }) => lateSeconds),
];
