/** Vitest reporter that writes what the closing lines of `npm test` need: counts, and why tests were skipped. @module */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Reporter, TestCase, TestModule, TestSuite } from "vitest/node";
import type { Components } from "../src/backends/index.js";

declare module "vitest" {
  interface TaskMeta {
    /** Numbers that a test measured: `ctx.task.meta.figures = […]`. They stand in the soak results. */
    figures?: readonly { readonly name: string; readonly value: number; readonly unit: string }[];
    /** What the backend `local` ran on in a test. */
    components?: Components;
    /** What a test file's emulators answered, held against the API description: see {@link JudgedExchanges}. */
    judged?: JudgedExchanges;
  }
}

/** How many exchanges with the emulator were held against DigitalOcean's API description, and how many did not fit it. */
export interface JudgedExchanges {
  readonly answers: number;
  readonly requests: number;
  readonly failures: number;
}

/** Tests of one file that were skipped for one reason. */
export interface SkippedTests {
  readonly file: string;
  readonly reason: string;
  readonly names: readonly string[];
}

/** What the reporter writes. */
export interface TestSummary {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly SkippedTests[];
  /** Sums over all files. */
  readonly judged: JudgedExchanges;
  /** What the backend `local` ran on; null where no test ran it. */
  readonly local: Components | null;
  /** Every test with what it recorded as `ctx.task.meta.figures`, for the soak results. */
  readonly tests: readonly { readonly name: string; readonly state: string; readonly figures?: unknown }[];
}

/** Writes a {@link TestSummary} as JSON when the run ends. */
export class SummaryReporter implements Reporter {
  constructor(readonly file: string) {}

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const brokenFiles = modules.filter((module) => module.errors().length > 0).length;
    const failed = tests.filter((test) => test.result().state === "failed").length;
    const summary: TestSummary = {
      passed: tests.filter((test) => test.result().state === "passed").length,
      failed: failed + brokenFiles + unhandledErrors.length,
      skipped: modules.flatMap(skippedTests),
      judged: judgedIn(modules),
      local: tests.map((test) => test.meta().components).find((components) => components !== undefined) ?? null,
      tests: tests.map(testRecord),
    };
    mkdirSync(dirname(this.file), { recursive: true });
    writeFileSync(this.file, `${JSON.stringify(summary, null, 2)}\n`);
  }
}

function judgedIn(modules: readonly TestModule[]): JudgedExchanges {
  const all = modules.flatMap((module) => module.meta().judged ?? []);
  const sum = (name: keyof JudgedExchanges): number => all.reduce((total, one) => total + one[name], 0);
  return { answers: sum("answers"), requests: sum("requests"), failures: sum("failures") };
}

/** The skipped tests of a file by reason; a skipped suite whose tests are unknown counts as one. */
function skippedTests(module: TestModule): SkippedTests[] {
  const tests = [...module.children.allTests("skipped"), ...module.children.allTests("pending")];
  const suites = [...module.children.suites()].filter((suite) => [...suite.children.allTests()].length === 0);
  const byReason = new Map<string, string[]>();
  for (const entry of [...tests, ...suites]) {
    const reason = reasonOf(entry);
    byReason.set(reason, [...(byReason.get(reason) ?? []), entry.fullName]);
  }
  return [...byReason].map(([reason, names]) => ({ file: module.relativeModuleId, reason, names }));
}

/** The reason given to `ctx.skip`, or, where a whole suite is skipped, the one in its name: `(needs haproxy)`. */
function reasonOf(entry: TestCase | TestSuite): string {
  const result = entry.type === "test" ? entry.result() : undefined;
  const note = result?.state === "skipped" ? result.note : undefined;
  return note ?? /\((needs [^)]*)\)/.exec(entry.fullName)?.[1] ?? "no reason given";
}

function testRecord(test: TestCase): TestSummary["tests"][number] {
  const { figures } = test.meta();
  const name = `${test.module.relativeModuleId} > ${test.fullName}`;
  return { name, state: test.result().state, ...(figures === undefined ? {} : { figures }) };
}
