import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSimulator } from "../../src/simulator/index.js";
import { streamKey, uniformAt } from "../../src/simulator/stream.js";
import { makeEpisode, makeModel, makeState, readRow } from "./fixtures.js";
import { makeKernel } from "./kernel-parts.js";

const TICKS = 20_000;

/** Counts of arrivals by tick. */
function arrivalsOf(kind: "fluid" | "requests", rate: number, seed: number): Float64Array {
  const model = makeModel({ slots: 8 });
  const simulator = createSimulator(model, 1, kind);
  simulator.reset(
    0,
    makeEpisode(seed, makeState(model, 1), () => rate, 4),
  );
  const counts = new Float64Array(TICKS);
  let before = 0;
  for (let tick = 0; tick < TICKS; tick++) {
    simulator.advance(0, 1, 1);
    const offered = readRow(simulator, simulator.rows.offered);
    counts[tick] = offered - before;
    before = offered;
  }
  return counts;
}

/** Pearson's statistic against a Poisson distribution, cells with fewer than 20 expected merged into the tails. */
function chiSquare(counts: Float64Array, mean: number): { statistic: number; degrees: number } {
  const cells: { expected: number; seen: number }[] = [];
  let [expected, seen, probability, covered] = [0, 0, Math.exp(-mean), 0];
  for (let n = 0; covered < 1 - 1e-12; n++) {
    expected += probability * counts.length;
    seen += counts.filter((count) => count === n).length;
    covered += probability;
    probability *= mean / (n + 1);
    if (expected >= 20 && (1 - covered) * counts.length >= 20) {
      cells.push({ expected, seen });
      [expected, seen] = [0, 0];
    }
  }
  cells.push({ expected, seen });
  const statistic = cells.reduce((sum, cell) => sum + (cell.seen - cell.expected) ** 2 / cell.expected, 0);
  return { statistic, degrees: cells.length - 1 };
}

describe("arrivals", () => {
  it.each([0.3, 1, 12, 60])("are Poisson counts at %d requests per second, by a chi-square test", (rate) => {
    const { statistic, degrees } = chiSquare(arrivalsOf("fluid", rate, 7), rate * 5);
    // Wilson and Hilferty's approximation of the 99.9 % quantile.
    const part = 2 / (9 * degrees);
    expect(statistic).toBeLessThan(degrees * (1 - part + 3.09 * Math.sqrt(part)) ** 3);
  });

  it("are the same in both models, and other ones with another seed", () => {
    const fluid = arrivalsOf("fluid", 3, 1);
    expect(arrivalsOf("requests", 3, 1)).toEqual(fluid);
    expect(arrivalsOf("fluid", 3, 2)).not.toEqual(fluid);
  });

  it("do not hang together from tick to tick", () => {
    const counts = arrivalsOf("fluid", 12, 3);
    let covariance = 0;
    for (let tick = 1; tick < TICKS; tick++) covariance += (counts[tick]! - 60) * (counts[tick - 1]! - 60);
    expect(Math.abs(covariance / (TICKS * 60))).toBeLessThan(4 / Math.sqrt(TICKS));
  });

  it("are the quantiles of the stream's uniform numbers, whatever the rate and the number of ticks in a call", () => {
    const { poissonQuantile } = makeKernel().exports;
    const model = makeModel({ slots: 8 });
    const [knots, ticksOfKnot] = [80, 30 / model.tickSeconds];
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constant(0), fc.double({ min: 0, max: 3, noNaN: true }), fc.nat(5000)), {
          minLength: knots,
          maxLength: knots,
        }),
        fc.array(fc.integer({ min: 1, max: 7 * ticksOfKnot }), { minLength: 1, maxLength: 12 }),
        fc.nat(),
        (shares, calls, seed) => {
          const simulator = createSimulator(model, 1);
          const episode = makeEpisode(seed, makeState(model, 1), (knot) => shares[knot]!, knots);
          const [high, low] = streamKey(episode.seed, "arrivals");
          const { rates } = episode.series;
          simulator.reset(0, episode);
          let [tick, expected] = [0, readRow(simulator, simulator.rows.offered)];
          for (const ticks of [...calls, knots * ticksOfKnot]) {
            simulator.advance(0, 1, ticks);
            for (const end = tick + ticks; tick < end; tick++) {
              const position = ((tick + 0.5) * model.tickSeconds) / 30;
              const knot = Math.min(knots - 2, Math.floor(position));
              const rate = rates[knot]! + (rates[knot + 1]! - rates[knot]!) * Math.min(1, position - knot);
              expected += poissonQuantile(uniformAt(high, low, tick), rate * model.tickSeconds);
            }
            expect(readRow(simulator, simulator.rows.offered)).toBe(expected);
          }
        },
      ),
    );
  });
});
