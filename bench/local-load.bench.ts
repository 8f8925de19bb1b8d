/** The load runner against a Poisson process. @module */
import { type LoadReport, LoadRunner, type SentRequest } from "../src/loadgen/index.js";
import { type Measurement, measure } from "./figure.js";
import { loadService, ONCE, QUICK, sleep, startService } from "./loaded.js";

const LOAD_SECONDS = 60;
const SEED = 1n;
/** Gaps that are tested at a time. */
const SAMPLE = 1000;
/** Distance between distributions, times the root of the number, that is exceeded by chance in 5 % of samples. */
const CRITICAL = 1.358;

/** The largest distance between the distribution of the gaps and the exponential one, times the root of their number. */
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

/** Share of samples of {@link SAMPLE} gaps that pass the test at 5 %: 0.95 in the mean for a Poisson process. */
function passedShare(times: readonly number[], rate: number): number {
  const samples = Math.floor((times.length - 1) / SAMPLE);
  const passed = Array.from({ length: samples }, (_, k) =>
    kolmogorovSmirnov(times.slice(k * SAMPLE, (k + 1) * SAMPLE + 1), rate),
  ).filter((distance) => distance <= CRITICAL);
  return passed.length / samples;
}

/** Variance over mean of the requests sent in slots of 100 ms. */
function dispersion(times: readonly number[], seconds: number): number {
  const counts = new Array<number>(seconds * 10).fill(0);
  for (const time of times) if (time < seconds) counts[Math.floor(time * 10)]!++;
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / counts.length / mean;
}

function loadFigures(rate: number): Measurement[] {
  let shared: Promise<LoadReport> | undefined;
  const report = (): Promise<LoadReport> => {
    shared ??= loadService(8, rate, LOAD_SECONDS, QUICK, SEED);
    return shared;
  };
  const times = async (of: (request: SentRequest) => number): Promise<number[]> => (await report()).requests!.map(of);
  const sent = (): Promise<number[]> => times((request) => request.sent);
  const figure = (suffix: string, unit: string, sample: () => Promise<number>): Measurement =>
    measure(`load.rate${rate}.${suffix}`, unit, sample, ONCE);
  return [
    figure("sentOfAsked", "ratio", async () => (await report()).sent / (await report()).asked),
    figure("scheduleKs", "√n·D", async () => kolmogorovSmirnov(await times(({ due }) => due), rate)),
    figure("sentKs", `√n·D of ${SAMPLE}`, async () => {
      const all = await sent();
      const samples = Math.floor((all.length - 1) / SAMPLE);
      const distances = Array.from({ length: samples }, (_, k) =>
        kolmogorovSmirnov(all.slice(k * SAMPLE, (k + 1) * SAMPLE + 1), rate),
      );
      return distances.sort((a, b) => a - b)[samples >> 1]!;
    }),
    figure("schedulePassedShare", "of samples", async () => passedShare(await times(({ due }) => due), rate)),
    figure("sentPassedShare", "of samples", async () => passedShare(await sent(), rate)),
    figure("dispersion100ms", "ratio", async () => dispersion(await sent(), LOAD_SECONDS)),
    figure("lateShare", "ratio", async () => (await report()).late / (await report()).asked),
  ];
}

/** From telling the runner of ten times the rate to the first request that is due by it. */
async function rateChangeMilliseconds(): Promise<number> {
  const server = await startService(8, QUICK);
  try {
    const options = { url: server.url, durationSeconds: 60, seed: SEED, keepsRequests: true, spacing: "even" as const };
    const runner = await LoadRunner.start({ ...options, profile: { atSeconds: [0], rates: [0] } });
    await sleep(1);
    const before = runner.progress!.report.seconds;
    const told = performance.now();
    runner.setRate(1000);
    while (runner.progress!.report.asked === 0) await sleep(0.001);
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
  ...[50, 200, 1000].flatMap(loadFigures),
  measure("load.rateChangeMilliseconds", "ms", rateChangeMilliseconds, { repeats: 5, warmUps: 0 }),
];
