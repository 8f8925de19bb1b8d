/** The pieces of the local backend against what theory says: the reference service as a queue, and the load runner as an open loop. @module */
import { ReferenceService } from "../src/emulator/service/reference-service.js";
import { VirtualQueue } from "../src/emulator/service/virtual-queue.js";
import { workDraws } from "../src/emulator/service/work-draws.js";
import type { Service } from "../src/infra/service.js";
import { type LoadReport, LoadRunner, type SentRequest } from "../src/loadgen/index.js";
import { type Measurement, measure } from "./figure.js";

const SERVICE: Service = { name: "web", resource: "digitalocean_droplet.web", serviceTimeSeconds: 0.02 };
const SERVICE_SECONDS = 20;
const LOAD_SECONDS = 60;
const SEED = 7n;

/** A load at one rate on a service in this process; the load's own process sends it. */
async function loaded(slots: number, rate: number, seconds: number, service: Service): Promise<LoadReport> {
  const server = await ReferenceService.start({
    service,
    machine: { vcpus: slots, memoryBytes: 2 ** 30 },
    seed: SEED,
    countsRequests: false,
  });
  try {
    const profile = { atSeconds: [0], rates: [rate] };
    const options = { url: server.url, profile, durationSeconds: seconds, seed: SEED, keepsRequests: true };
    const runner = await LoadRunner.start(options);
    return await runner.ended;
  } finally {
    await server.close(1);
  }
}

interface Latencies {
  readonly mean: number;
  readonly p95: number;
}

function latenciesOf(values: readonly number[]): Latencies {
  const sorted = values.toSorted((a, b) => a - b);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, p95: sorted[Math.ceil(0.95 * sorted.length) - 1]! };
}

/** What the service measured, and what an exact queue gives for the same arrivals and the same work. */
async function againstQueue(slots: number, rho: number): Promise<{ measured: Latencies; exact: Latencies }> {
  const rate = (rho * slots) / SERVICE.serviceTimeSeconds;
  const { requests, lost, unsent } = await loaded(slots, rate, SERVICE_SECONDS, SERVICE);
  if (lost + unsent > 0) throw new Error(`Expected every request to be answered, got ${lost} lost, ${unsent} unsent`);
  const draw = workDraws(SERVICE, SEED);
  const queue = new VirtualQueue(slots);
  const exact = requests!.map(({ due }, i) => queue.arrive(due, draw(i)) - due);
  return { measured: latenciesOf(requests!.map(({ due, answered }) => answered - due)), exact: latenciesOf(exact) };
}

/** How much of what is allowed was used, at most 1 to pass: the mean may differ by 2.5 ms + 3 %, the p95 by 5 %. */
function queueFigures(slots: number, rho: number): Measurement[] {
  const name = `local.service.c${slots}.rho${rho * 100}`;
  const once = { repeats: 1, warmUps: 0 };
  // One load gives both figures.
  let shared: ReturnType<typeof againstQueue> | undefined;
  const result = (): ReturnType<typeof againstQueue> => (shared ??= againstQueue(slots, rho));
  const mean = async (): Promise<number> => {
    const { measured, exact } = await result();
    return Math.abs(measured.mean - exact.mean) / (0.0025 + 0.03 * exact.mean);
  };
  const p95 = async (): Promise<number> => {
    const { measured, exact } = await result();
    return Math.abs(measured.p95 / exact.p95 - 1);
  };
  return [
    measure(`${name}.meanErrorShare`, "of 2.5 ms + 3 %", mean, once),
    measure(`${name}.p95RelativeError`, "ratio", p95, once),
  ];
}

/** The largest distance between the distribution of the gaps and the exponential one, times the root of their number; 1.63 at 1 %. */
function kolmogorovSmirnov(times: readonly number[], rate: number): number {
  const gaps = times
    .slice(1)
    .map((time, i) => time - times[i]!)
    .sort((a, b) => a - b);
  const distances = gaps.map((gap, i) => {
    const law = 1 - Math.exp(-rate * gap);
    return Math.max((i + 1) / gaps.length - law, law - i / gaps.length);
  });
  return Math.max(...distances) * Math.sqrt(gaps.length);
}

/** Variance over mean of the requests sent in slots of 100 ms. */
function dispersion(times: readonly number[], seconds: number): number {
  const counts = new Array<number>(seconds * 10).fill(0);
  for (const time of times) if (time < seconds) counts[Math.floor(time * 10)]!++;
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / counts.length / mean;
}

/** A quick service, so that the load is what is measured. */
const QUICK: Service = { ...SERVICE, serviceTimeSeconds: 0.001, serviceTimeDistribution: "deterministic" };

function loadFigures(rate: number): Measurement[] {
  const name = `local.load.rate${rate}`;
  const once = { repeats: 1, warmUps: 0 };
  let shared: Promise<LoadReport> | undefined;
  const result = (): Promise<LoadReport> => (shared ??= loaded(8, rate, LOAD_SECONDS, QUICK));
  const sent = (requests: readonly SentRequest[]): number[] => requests.map((request) => request.sent);
  return [
    measure(`${name}.sentOfAsked`, "ratio", async () => (await result()).sent / (await result()).asked, once),
    measure(
      `${name}.scheduleKs`,
      "√n·D",
      async () =>
        kolmogorovSmirnov(
          (await result()).requests!.map(({ due }) => due),
          rate,
        ),
      once,
    ),
    measure(`${name}.sentKs`, "√n·D", async () => kolmogorovSmirnov(sent((await result()).requests!), rate), once),
    measure(
      `${name}.dispersion100ms`,
      "ratio",
      async () => dispersion(sent((await result()).requests!), LOAD_SECONDS),
      once,
    ),
    measure(`${name}.lateShare`, "ratio", async () => (await result()).late / (await result()).asked, once),
  ];
}

/** From telling the runner of ten times the rate to the first request that is due by it. */
async function rateChangeMilliseconds(): Promise<number> {
  const server = await ReferenceService.start({ service: QUICK, machine: { vcpus: 8, memoryBytes: 2 ** 30 } });
  try {
    const options = { url: server.url, durationSeconds: 60, seed: SEED, keepsRequests: true, spacing: "even" as const };
    const runner = await LoadRunner.start({ ...options, profile: { atSeconds: [0], rates: [0] } });
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const before = runner.progress!.report.seconds;
    const told = performance.now();
    runner.setRate(1000);
    while (runner.progress!.report.asked === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    const { seconds } = runner.progress!.report;
    const seen = performance.now();
    const { requests } = await runner.stop();
    // The report's time was now when it came, but for the way it took, which counts against us.
    const toldAt = Math.max(before, seconds - (seen - told) / 1000);
    return 1000 * (requests![0]!.due - toldAt);
  } finally {
    await server.close(1);
  }
}

/** Figures of this file. */
export const measurements: readonly Measurement[] = [
  ...[1, 2].flatMap((slots) => [0.3, 0.6, 0.8, 0.95].flatMap((rho) => queueFigures(slots, rho))),
  ...[50, 200, 1000].flatMap(loadFigures),
  measure("local.load.rateChangeMilliseconds", "ms", rateChangeMilliseconds, { repeats: 5, warmUps: 0 }),
];
