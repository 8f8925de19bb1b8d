/** Runs cases of Prometheus's own PromQL test files. @module */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { InfraGymError } from "../../../src/errors.js";
import type { Expr } from "../../../src/metrics/promql/ast.js";
import { evaluatePromql, type PromqlResult } from "../../../src/metrics/promql/evaluator/evaluate.js";
import { selectorsOf } from "../../../src/metrics/promql/general-query.js";
import { parsePromql } from "../../../src/metrics/promql/parse.js";
import { SampleSet } from "../../../src/metrics/promql/sample-set.js";
import type { PromqlProfile } from "../../../src/metrics/promql/sample-window.js";
import { matcherTest } from "../../../src/metrics/promql/selectors.js";
import { type PromqlCase, readPromqlTest } from "./promqltest.js";
import { differenceOf } from "./promqltest-comparison.js";

/** How a case went; `detail` says why it was skipped, or what is wrong. */
export interface CaseOutcome {
  readonly case: PromqlCase;
  readonly status: "passed" | "failed" | "skipped";
  readonly detail: string;
}

/** How a folder is run. */
export interface RunOptions {
  /** Whether names are dropped from results only; by default in the one file that is about it. */
  readonly delayedNames?: boolean;
}

/** Runs all cases of all `.test` files of a folder. */
export function runFolder(folder: string, profile: PromqlProfile, options: RunOptions = {}): CaseOutcome[] {
  const files = readdirSync(folder).filter((name) => name.endsWith(".test"));
  return files.sort().flatMap((file) => {
    const cases = readPromqlTest(file, readFileSync(join(folder, file), "utf8"));
    const sources = new Map<unknown, SampleSet>();
    const { delayedNames = file === "name_label_dropping.test" } = options;
    return cases.map((one) => {
      const source = sources.get(one.series) ?? new SampleSet(one.series.filter(({ samples }) => samples.length > 0));
      sources.set(one.series, source);
      return runCase(one, source, profile, delayedNames);
    });
  });
}

/** Skipped cases as `file:line reason`, which the checked list holds. */
export function skipLines(outcomes: readonly CaseOutcome[]): string[] {
  return outcomes
    .filter(({ status }) => status === "skipped")
    .map(({ case: one, detail }) => `${one.file}:${one.line} ${detail}`);
}

function runCase(one: PromqlCase, source: SampleSet, profile: PromqlProfile, delayedNames: boolean): CaseOutcome {
  const { query, expected, startMs, endMs, stepMs } = one;
  if (expected.native) return { case: one, status: "skipped", detail: "expects native histograms" };
  let result: PromqlResult;
  try {
    if (touchesNative(parsePromql(query), one)) {
      return { case: one, status: "skipped", detail: "selects native histograms" };
    }
    const range = { startSeconds: startMs / 1000, endSeconds: endMs / 1000, stepSeconds: stepMs / 1000 };
    const time = stepMs === 0 ? { timeSeconds: range.startSeconds } : { range };
    result = evaluatePromql(query, source, { ...time, profile, delayedNames });
  } catch (error) {
    if (!(error instanceof InfraGymError)) throw error;
    const reason = /^\d+:\d+: (.*not supported.*) In: /s.exec(error.message)?.[1];
    if (reason !== undefined) return { case: one, status: "skipped", detail: reason };
    return { case: one, status: expected.fails ? "passed" : "failed", detail: error.message };
  }
  if (expected.fails) return { case: one, status: "failed", detail: `expected to fail, got ${JSON.stringify(result)}` };
  const difference = differenceOf(one, result);
  return { case: one, status: difference === null ? "passed" : "failed", detail: difference ?? "" };
}

/** Whether a selector of the query selects a series of native histograms. */
function touchesNative(expr: Expr, { series, query }: PromqlCase): boolean {
  const native = series.filter((one) => one.native);
  return selectorsOf(expr).some(({ matchers }) => {
    const tests = matchers.map((matcher) => ({ label: matcher.label, test: matcherTest(matcher, query) }));
    return native.some(({ labels }) => tests.every(({ label, test }) => test(labels[label] ?? "")));
  });
}
