/** The reference service against theory: an exact first-come-first-served queue, and how much a step's p95 varies. @module */
import { VirtualQueue } from "../src/emulator/service/virtual-queue.js";
import { workDraws } from "../src/emulator/service/work-draws.js";
import { type Measurement, measure } from "./figure.js";
import { latenciesOf, loadService, meanOf, ONCE, quantileOf, SERVICE } from "./loaded.js";

/** Windows that each figure is the median of: one stall of a busy machine is in one of them. */
const WINDOWS = 3;
const WINDOW_SECONDS = 10;

interface Latencies {
  readonly mean: number;
  readonly p95: number;
}

function figuresOf(values: readonly number[]): Latencies {
  return { mean: meanOf(values), p95: quantileOf(values, 0.95) };
}

/** What the service measured, and what an exact queue gives for the same arrivals and the same work. */
async function againstQueue(
  slots: number,
  rho: number,
  seed: bigint,
): Promise<{ measured: Latencies; exact: Latencies }> {
  const rate = (rho * slots) / SERVICE.serviceTimeSeconds;
  const report = await loadService(slots, rate, WINDOW_SECONDS, SERVICE, seed);
  const { requests, lost, unsent } = report;
  if (lost + unsent > 0) throw new Error(`Expected every request to be answered, got ${lost} lost, ${unsent} unsent`);
  const draw = workDraws(SERVICE, seed);
  const queue = new VirtualQueue(slots);
  const exact = requests!.map(({ due }, i) => queue.arrive(due, draw(i)) - due);
  return { measured: figuresOf(latenciesOf(report)), exact: figuresOf(exact) };
}

/** How much of what is allowed was used, at most 1 to pass: the mean may differ by 2.5 ms + 3 %, the p95 by 5 %. */
function queueFigures(slots: number, rho: number): Measurement[] {
  const name = `service.c${slots}.rho${rho * 100}`;
  // One load gives both figures.
  const shared = new Map<number, ReturnType<typeof againstQueue>>();
  const window = (k: number): ReturnType<typeof againstQueue> => {
    const known = shared.get(k) ?? againstQueue(slots, rho, BigInt(7 + k));
    shared.set(k, known);
    return known;
  };
  const figure = (
    suffix: string,
    unit: string,
    of: (both: Awaited<ReturnType<typeof againstQueue>>) => number,
  ): Measurement => {
    let k = 0;
    const sample = async (): Promise<number> => of(await window(k++));
    return measure(`${name}.${suffix}`, unit, sample, { repeats: WINDOWS, warmUps: 0 });
  };
  return [
    figure(
      "meanErrorShare",
      "of 2.5 ms + 3 %",
      ({ measured, exact }) => Math.abs(measured.mean - exact.mean) / (0.0025 + 0.03 * exact.mean),
    ),
    figure("p95RelativeError", "ratio", ({ measured, exact }) => Math.abs(measured.p95 / exact.p95 - 1)),
  ];
}

const VARIATION_SECONDS = 60;
/** Four droplets of two slots, as one queue. */
const SLOTS = 8;

/** Coefficient of variation of the p95 over equal steps of so many seconds. */
function variationFigures(rho: number): Measurement[] {
  let shared: ReturnType<typeof loadService> | undefined;
  const rate = (rho * SLOTS) / SERVICE.serviceTimeSeconds;
  return [2, 5, 10].map((seconds) =>
    measure(
      `service.p95Variation.rho${rho * 100}.steps${seconds}s`,
      "ratio",
      async () => {
        shared ??= loadService(SLOTS, rate, VARIATION_SECONDS, SERVICE, 3n);
        const { requests } = await shared;
        const steps = Array.from({ length: VARIATION_SECONDS / seconds }, (_, k) =>
          requests!.filter(({ due }) => due >= k * seconds && due < (k + 1) * seconds),
        );
        const p95 = steps.map((step) =>
          quantileOf(
            step.map(({ due, answered }) => answered - due),
            0.95,
          ),
        );
        const mean = meanOf(p95);
        return Math.sqrt(meanOf(p95.map((value) => (value - mean) ** 2))) / mean;
      },
      ONCE,
    ),
  );
}

/** Figures of this file. */
export const measurements: readonly Measurement[] = [
  ...[1, 2].flatMap((slots) => [0.3, 0.6, 0.8, 0.95].flatMap((rho) => queueFigures(slots, rho))),
  ...[0.6, 0.8, 0.95].flatMap(variationFigures),
];
