/** Series with gaps, late starts, counter resets, NaN and infinities, at aligned and unaligned times. @module */
import type { SampledSeries, SeriesSample } from "../../../../src/metrics/promql/sample-set.js";
import type { Chooser } from "./chooser.js";

/** When samples begin. Unit: milliseconds since 1970. */
export const START_MS = 1_700_000_000_000;
/** How long they go on. Unit: milliseconds. */
export const LENGTH_MS = 5_400_000;

type ValueAt = (k: number) => number;

/** About forty series of six metrics. */
export function generateSeries(chooser: Chooser): SampledSeries[] {
  const series: SampledSeries[] = [];
  const add = (labels: Record<string, string>, value: ValueAt): void => {
    series.push({ labels, samples: samplesOf(chooser, value) });
  };
  for (const job of ["api", "web"]) {
    for (const instance of ["0", "1", "2"]) {
      add({ __name__: "gauge", job, instance }, gauge(chooser));
      add({ __name__: "requests", job, instance, code: chooser.pick(["200", "500"]) }, counter(chooser));
      add({ __name__: "info", job, instance, version: chooser.pick(["v1", "v2"]) }, () => 1);
    }
    for (const [name, value] of oddities(chooser)) add({ __name__: "odd", job, kind: name }, value);
    const bounds = ["0.1", "0.5", "1", "2.5", "+Inf"];
    const growth = counter(chooser);
    const shares = bounds.map((_, k) => (k + 1) / bounds.length - (chooser.chance(0.2) ? 0.3 : 0));
    bounds.forEach((le, b) => {
      const remembered: number[] = [];
      add({ __name__: "latency_bucket", job, le }, (k) => {
        remembered[k] = Math.floor(growth(k) * Math.max(0, shares[b]!));
        return remembered[k]!;
      });
    });
  }
  return series;
}

function samplesOf(chooser: Chooser, value: ValueAt): SeriesSample[] {
  const scrapeMs = chooser.pick([10_000, 15_000, 30_000]);
  const aligned = chooser.chance(0.5);
  const first = chooser.chance(0.3) ? chooser.integer(120) * 10_000 : 0;
  const last = chooser.chance(0.2) ? LENGTH_MS - chooser.integer(200) * 10_000 : LENGTH_MS;
  const samples: SeriesSample[] = [];
  let gap = 0;
  for (let k = 0; k * scrapeMs <= last; k++) {
    // Eighths of a second are exact in binary, so that no parser rounds them.
    const jitter = aligned ? 0 : chooser.integer(16) * 125;
    const v = value(k);
    if (chooser.chance(0.01)) gap = chooser.integer(50);
    if (gap-- > 0 || k * scrapeMs < first) continue;
    samples.push({ t: START_MS + k * scrapeMs + jitter, v });
  }
  return samples;
}

function gauge(chooser: Chooser): ValueAt {
  const scale = chooser.pick([1, 0.01, 1e6]);
  const whole = chooser.chance(0.4);
  return () => {
    const value = (chooser.integer(2_000_001) / 1000 - 1000) * scale;
    return whole ? Math.round(value / 100) : value;
  };
}

/** A counter by index, growing and at times reset; remembered, so that several series can share it. */
function counter(chooser: Chooser): ValueAt {
  const values: number[] = [chooser.integer(50)];
  const whole = chooser.chance(0.7);
  return (k) => {
    while (values.length <= k) {
      const growth = whole ? chooser.integer(20) : chooser.integer(2000) / 97;
      values.push(chooser.chance(0.01) ? growth : values.at(-1)! + growth);
    }
    return values[k]!;
  };
}

function oddities(chooser: Chooser): [string, ValueAt][] {
  const mixed = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, -0, 1, -1, 1e308, -1e308, 5e-324];
  return [
    ["mixed", () => (chooser.chance(0.3) ? chooser.pick(mixed) : chooser.integer(100))],
    ["nan", () => Number.NaN],
    ["infinite", () => Number.POSITIVE_INFINITY],
    ["constant", () => 3.5],
  ];
}

/** The series in OpenMetrics, one family per metric. */
export function openMetricsOf(series: readonly SampledSeries[]): string {
  const names = [...new Set(series.map(({ labels }) => (labels as Record<string, string>).__name__!))];
  const lines = names.flatMap((name) => [
    `# TYPE ${name} gauge`,
    ...series.filter(({ labels }) => (labels as Record<string, string>).__name__ === name).flatMap(linesOf),
  ]);
  return `${lines.join("\n")}\n# EOF\n`;
}

function linesOf({ labels, samples }: SampledSeries): string[] {
  const { __name__: name, ...rest } = labels as Record<string, string>;
  const shown = Object.entries(rest).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return [...samples].map(({ t, v }) => `${name}{${shown.join(",")}} ${numberText(v)} ${(t / 1000).toFixed(3)}`);
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "+Inf" : "-Inf";
  return Object.is(value, -0) ? "-0" : String(value);
}
