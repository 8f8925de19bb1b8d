/** The series of Prometheus's test files: `name{label="value"} 0+10x5 _ stale`. @module */
import type { SampledSeries, SeriesSample } from "../../../src/metrics/promql/sample-set.js";

/** A series as loaded; `native` says that it holds native histograms, which are not read. */
export interface LoadedSeries extends SampledSeries {
  readonly labels: Readonly<Record<string, string>>;
  readonly samples: readonly SeriesSample[];
  readonly native: boolean;
}

/** A value of a sequence: null for none. */
export type SequenceValue = number | "stale" | null;

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1e3, m: 6e4, h: 36e5, d: 864e5, w: 6048e5, y: 31536e6 };

/** A duration as the files write it. Unit of the result: milliseconds. */
export function durationOf(text: string): number {
  if (text.startsWith("-")) return -durationOf(text.slice(1));
  if (/^[\d.]+$/.test(text)) return Math.round(Number(text) * 1000);
  let sum = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+)(ms|[smhdwy])/g)) sum += Number(amount) * UNITS[unit!]!;
  return sum;
}

/** A number as the files write it. */
export function numberOf(text: string): number {
  if (/^[-+]?inf(inity)?$/i.test(text))
    return text.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (/^[-+]?nan$/i.test(text)) return Number.NaN;
  return /^-0x/i.test(text) ? -Number(text.slice(1)) : Number(text);
}

/** Splits a line after its label set. */
export function splitLine(line: string): readonly [labels: Record<string, string>, rest: string] {
  const [, head, tail] = /^([\w:]*(?:\s*\{(?!\{)(?:[^"'}]|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')*\})?)\s*(.*)$/.exec(
    line,
  )!;
  return [labelsOf(head!), tail!];
}

function labelsOf(text: string): Record<string, string> {
  const [, name, braces = ""] = /^([\w:]*)\s*(?:\{(.*)\})?$/s.exec(text)!;
  const labels: Record<string, string> = {};
  if (name !== "") labels.__name__ = name!;
  for (const [, quoted, bare, value] of braces.matchAll(
    /(?:"((?:[^"\\]|\\.)*)"|([\w:.]+))(?:\s*=\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'))?/g,
  )) {
    if (value === undefined) labels.__name__ = unescaped(quoted ?? bare!);
    else labels[quoted === undefined ? bare! : unescaped(quoted)] = unescaped(value.slice(1, -1));
  }
  return Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== ""));
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/g, (_, code: string) => (code === "n" ? "\n" : code === "t" ? "\t" : code));
}

/** A sequence of values; native histograms are null. */
export function sequenceOf(text: string): SequenceValue[] {
  return [...text.matchAll(/\{\{.*?\}\}(?:[-+]\{\{.*?\}\})?(?:x(\d+))?|(\S+)/g)].flatMap(([, times, token]) =>
    token === undefined ? new Array<null>(Number(times ?? 0) + 1).fill(null) : valuesOf(token),
  );
}

function valuesOf(token: string): SequenceValue[] {
  const gap = /^_(?:x(\d+))?$/.exec(token);
  if (gap) return new Array<null>(Number(gap[1] ?? 1)).fill(null);
  const stale = /^stale(?:x(\d+))?$/.exec(token);
  if (stale) return new Array<"stale">(Number(stale[1] ?? 0) + 1).fill("stale");
  const steps = /^([-+]?(?:[\d.]+(?:e[-+]?\d+)?|Inf|NaN))(?:([-+](?:[\d.]+(?:e[-+]?\d+)?|Inf|NaN)))?x(\d+)$/i.exec(
    token,
  );
  if (!steps) return [numberOf(token)];
  const [start, step] = [numberOf(steps[1]!), numberOf(steps[2] ?? "0")];
  const values = [start];
  for (let k = 0; k < Number(steps[3]); k++) values.push(steps[2] === undefined ? start : values.at(-1)! + step);
  return values;
}

/** A line below `load`. */
export function seriesOf(line: string, stepMs: number): LoadedSeries {
  const [labels, tail] = splitLine(line);
  const samples = sequenceOf(tail).flatMap((value, k): SeriesSample[] => {
    if (value === null) return [];
    return [value === "stale" ? { t: k * stepMs, v: Number.NaN, stale: true } : { t: k * stepMs, v: value }];
  });
  return { labels, samples, native: tail.includes("{{") };
}

/** The native histogram that `load_with_nhcb` makes of a bucket's series, without samples. */
export function nativeTwin(line: string): LoadedSeries[] {
  const [{ __name__: name = "", le, ...labels }] = splitLine(line);
  if (le === undefined || !name.endsWith("_bucket")) return [];
  return [{ labels: { __name__: name.slice(0, -"_bucket".length), ...labels }, samples: [], native: true }];
}

/** Adds series; what is known already grows. */
export function mergeSeries(known: readonly LoadedSeries[], added: readonly LoadedSeries[]): LoadedSeries[] {
  const all = new Map<string, LoadedSeries>();
  for (const one of [...known, ...added]) {
    const key = JSON.stringify(Object.entries(one.labels).sort(([a], [b]) => (a < b ? -1 : 1)));
    const before = all.get(key);
    const byTime = new Map([...(before?.samples ?? []), ...one.samples].map((sample) => [sample.t, sample]));
    const samples = [...byTime.values()].sort((a, b) => a.t - b.t);
    all.set(key, { labels: one.labels, samples, native: one.native || before?.native === true });
  }
  return [...all.values()];
}
