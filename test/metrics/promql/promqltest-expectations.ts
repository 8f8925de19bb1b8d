/** What Prometheus's test files expect of an evaluation. @module */
import { durationOf, numberOf, type SequenceValue, sequenceOf, splitLine } from "./promqltest-series.js";

/** The expected result of a case. */
export interface Expectation {
  readonly fails: boolean;
  /** Whether the order of series counts. */
  readonly ordered: boolean;
  /** Whether native histograms are expected. */
  readonly native: boolean;
  readonly scalar: number | null;
  readonly string: string | null;
  readonly series: readonly ExpectedSeries[];
  /** Times of the values of an expected range vector. Unit: milliseconds. */
  readonly rangeVector: { readonly startMs: number; readonly stepMs: number } | null;
}

/** One expected series: one value, or one per step. */
export interface ExpectedSeries {
  readonly labels: Readonly<Record<string, string>>;
  readonly values: readonly SequenceValue[];
}

/** Reads the lines below a command; `word` is what follows `eval`, such as `_fail`. */
export function expectationOf(word: string | undefined, body: readonly string[], overRange: boolean): Expectation {
  const said = body.filter((line) => /^expect\b/.test(line));
  const rest = body.filter((line) => !/^expect(ed_fail_\w+)?\b/.test(line));
  const range = said.map((line) => /^expect range vector from (\S+) to \S+ step (\S+)/.exec(line)).find(Boolean);
  const string = said.map((line) => /^expect string (.*)$/.exec(line)?.[1]).find((text) => text !== undefined);
  const lone = !overRange && rest.length === 1 && /^[-+]?(0x|[\d.]|inf|nan)[^{]*$/i.test(rest[0]!) ? rest[0]! : null;
  return {
    fails: word === "_fail" || said.some((line) => line.startsWith("expect fail")),
    ordered: word === "_ordered" || said.some((line) => line.startsWith("expect ordered")),
    native: rest.some((line) => line.includes("{{")),
    scalar: lone === null ? null : numberOf(lone),
    string: string === undefined ? null : string.slice(1, -1),
    series: lone === null ? rest.map(expectedSeries) : [],
    rangeVector: range ? { startMs: durationOf(range[1]!), stepMs: durationOf(range[2]!) } : null,
  };
}

function expectedSeries(line: string): ExpectedSeries {
  const [labels, tail] = splitLine(line);
  return { labels, values: sequenceOf(tail) };
}
