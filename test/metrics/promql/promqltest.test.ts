import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { InvalidOptionError, InvalidQueryError } from "../../../src/errors.js";
import { compileContext } from "../../../src/metrics/promql/compile-expression.js";
import type { Compiled } from "../../../src/metrics/promql/compiled.js";
import { createFrame, placeFrame } from "../../../src/metrics/promql/frame.js";
import { parsePromql } from "../../../src/metrics/promql/parse.js";
import { ProgramBuilder } from "../../../src/metrics/promql/program-builder.js";
import type { PromqlProfile } from "../../../src/metrics/promql/sample-window.js";
import { locateWindow } from "../../../src/metrics/promql/window.js";
import { SeriesSchema } from "../../../src/metrics/series.js";
import { SeriesStore } from "../../../src/metrics/series-store.js";
import { type PromqlCase, readPromqlTest, seriesText } from "./promqltest.js";

const folder = new URL("../../../../shared/data/promqltest/", import.meta.url);

/** The result of a case, or why it is outside what is supported now. */
function resultOf(test: PromqlCase, profile: PromqlProfile): number | ReadonlyMap<string, number> | string {
  const { interval, at, series } = test;
  if (test.foreign) return "not an instant evaluation of float series on one grid";
  if (interval > 0 && at % interval !== 0) return "evaluated off the grid";
  if (test.file === "name_label_dropping.test") return "needs the experimental flag promql-delayed-name-removal";
  if (/offset -/.test(test.query)) return "looks into the future, which an environment does not have";
  const now = interval === 0 ? 0 : at / interval;
  try {
    // Range functions see through gaps; instant selectors look back here only where Prometheus would find a staleness marker.
    const gaps = series.some(({ values }) => values[now] == null && values.slice(0, now).some((v) => v !== null));
    if (gaps && readsInstants(test.query)) return "an instant selector of a series without a sample at that time";
    const schema = new SeriesSchema(series.map(({ name, labels }) => ({ name, labels, optional: true })));
    const builder = new ProgramBuilder(schema, profile, interval || 1000, 1e15);
    const compiled = compileContext(builder, test.query).compile(parsePromql(test.query));
    return evaluate(compiled, builder, test, now);
  } catch (error) {
    if (error instanceof InvalidQueryError && /supported|one to one|two series|unexpected/.test(error.message)) {
      return error.message;
    }
    if (error instanceof InvalidOptionError) return error.message;
    throw error;
  }
}

function readsInstants(query: string): boolean {
  const tree = JSON.stringify(parsePromql(query));
  return tree.split('"kind":"selector"').length > tree.split('"kind":"matrix"').length;
}

function evaluate(
  compiled: Compiled,
  builder: ProgramBuilder,
  test: PromqlCase,
  now: number,
): number | Map<string, number> {
  const program = builder.build();
  const { recorded, counters, columns, windows, constants } = program;
  const scrapeSeconds = (test.interval || 1000) / 1000;
  const store = new SeriesStore({
    numEnvs: 1,
    recorded,
    counters,
    optional: new Uint8Array(recorded.length).fill(1),
    ringSamples: Math.min(program.ringSamples, now + 1),
    scrapeSeconds,
    history: { expressions: 0, steps: 1, samplesPerStep: 1 },
  });
  store.reset(0, test.interval === 0 ? test.at / 1000 : 0);
  for (let k = 0; k <= now; k++) {
    const current = test.series.map(({ values }) => values[k] ?? null);
    store.scrape(
      Float64Array.from(current, (v) => v ?? 0),
      Uint8Array.from(current, (v) => (v === null ? 0 : 1)),
    );
  }
  const frame = createFrame(store, columns, windows);
  for (const [column, value] of constants) {
    frame.values[column] = value;
    frame.present[column] = 1;
  }
  placeFrame(frame, 0, 1);
  windows.forEach((window, w) => {
    locateWindow(window, w, frame);
  });
  for (const operation of program.operations) operation(frame);
  if (compiled.type === "scalar") return frame.values[compiled.column]!;
  const present = compiled.series.filter(({ column }) => frame.present[column] === 1);
  return new Map(present.map(({ labels, column }) => [seriesText(labels), frame.values[column]!]));
}

/** As Prometheus's test runner: equal up to a relative difference of 1e-6. */
function isNear(a: number | undefined, b: number): boolean {
  if (a === undefined) return false;
  if (Number.isNaN(b) || !Number.isFinite(b) || a === b) return Object.is(a, b) || a === b;
  return Math.abs(a - b) / Math.min(Math.abs(a) + Math.abs(b), Number.MAX_VALUE) < 1e-6;
}

function agrees(got: number | ReadonlyMap<string, number>, expected: number | ReadonlyMap<string, number>): boolean {
  if (typeof got === "number") return typeof expected === "number" && isNear(got, expected);
  if (typeof expected === "number") return false;
  return got.size === expected.size && [...expected].every(([key, value]) => isNear(got.get(key), value));
}

describe.skipIf(!existsSync(folder))(
  "Prometheus's own test files (skipped where ../shared/data/promqltest is missing)",
  () => {
    it.each([
      { version: "v2.42.0", profile: "prom2" as const, least: 232 },
      { version: "head", profile: "prom3" as const, least: 146 },
    ])("agree in all cases of $version that are supported", ({ version, profile, least }) => {
      const files = readdirSync(new URL(`${version}/`, folder)).filter((name) => name.endsWith(".test"));
      const cases = files.flatMap((file) =>
        readPromqlTest(file, readFileSync(new URL(`${version}/${file}`, folder), "utf8")),
      );
      const results = cases.map((test) => ({ test, got: resultOf(test, profile) }));
      const judged = results.filter(({ got }) => typeof got !== "string");
      const wrong = judged.filter(({ test, got }) => !agrees(got as number, test.expected));
      const shown = wrong.map(({ test, got }) => ({ ...test, series: test.series.length, got }));
      expect(shown).toEqual([]);
      expect(judged.length).toBeGreaterThanOrEqual(least);
    });
  },
);
