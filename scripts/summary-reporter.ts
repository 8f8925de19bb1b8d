/** Vitest reporter that writes what the closing lines of `npm test` need: counts, and why tests were skipped. @module */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Reporter, TestCase, TestModule } from "vitest/node";

/** What the reporter writes. */
export interface TestSummary {
  readonly passed: number;
  readonly failed: number;
  /** One line per skipped test: its file and name, and the reason it gave. */
  readonly skipped: readonly string[];
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
      skipped: tests.filter((test) => test.result().state === "skipped").map(skippedLine),
      tests: tests.map(testRecord),
    };
    mkdirSync(dirname(this.file), { recursive: true });
    writeFileSync(this.file, `${JSON.stringify(summary, null, 2)}\n`);
  }
}

function skippedLine(test: TestCase): string {
  const result = test.result();
  const note = result.state === "skipped" ? result.note : undefined;
  return `${test.module.relativeModuleId} > ${test.fullName}: ${note ?? "no reason given"}`;
}

function testRecord(test: TestCase): TestSummary["tests"][number] {
  const { figures } = test.meta() as { figures?: unknown };
  const name = `${test.module.relativeModuleId} > ${test.fullName}`;
  return { name, state: test.result().state, ...(figures === undefined ? {} : { figures }) };
}
