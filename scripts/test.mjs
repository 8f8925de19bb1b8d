/** `npm test`: set-up, every check, every test, and a summary. With arguments: only those test files. @module */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { commandFile, npmCommand, root, SetupError, setup } from "./setup.mjs";

const summaryFile = join(root, "build", "test-summary.json");
const packFolder = join(root, "build", "pack");
const tarball = join(packFolder, `infra-gym-${readJson(join(root, "package.json")).version}.tgz`);

/** Checks besides the tests; each counts as one test in the summary. */
const checks = [
  { name: "typecheck", run: () => runNode(commandFile("typescript", "tsc"), ["-p", "tsconfig.json"]) },
  { name: "lint", run: () => runNode(commandFile("@biomejs/biome", "biome"), ["check", ".", "--error-on-warnings"]) },
  { name: "docs", run: () => runNode(commandFile("typedoc"), ["--emit", "none", "--logLevel", "Warn"]) },
  { name: "unused code", run: () => runNode(commandFile("knip"), ["--no-progress"]) },
  { name: "package", run: checkPackage },
];

async function checkPackage() {
  mkdirSync(packFolder, { recursive: true });
  const packed = await runNpm(["pack", "--ignore-scripts", "--loglevel=error", "--pack-destination", packFolder]);
  if (packed.status !== 0) return packed;
  const published = await runNode(commandFile("publint"), [tarball, "--strict"]);
  const types = await runNode(commandFile("@arethetypeswrong/cli", "attw"), [tarball, "--profile", "esm-only"]);
  return { status: published.status || types.status, output: published.output + types.output };
}

/** Runs the checks, as many at a time as there are cores, and shows the output of those that fail. */
async function runChecks() {
  const waiting = [...checks];
  const failed = [];
  const worker = async () => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      const started = performance.now();
      const { status, output } = await check.run();
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      process.stdout.write(`${status === 0 ? "ok    " : "FAILED"} ${check.name} (${seconds} s)\n`);
      if (status === 0) continue;
      process.stdout.write(`${output}\n`);
      failed.push(check.name);
    }
  };
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, worker));
  return failed;
}

/** Runs the tests and reads back what the reporter wrote; a run that ended without a report counts as one failure. */
async function runTests(args) {
  rmSync(summaryFile, { force: true });
  const { status } = await runNode(commandFile("vitest"), ["run", ...args], "inherit");
  const summary = existsSync(summaryFile) ? readJson(summaryFile) : { passed: 0, failed: 1, skipped: [] };
  return status !== 0 && summary.failed === 0 ? { ...summary, failed: 1 } : summary;
}

function runNode(file, args, stdio = "pipe") {
  return runCommand(process.execPath, [file, ...args], { stdio });
}

function runNpm(args) {
  const [command, rest, options] = npmCommand(args);
  return runCommand(command, rest, { ...options, stdio: "pipe" });
}

function runCommand(command, args, { stdio, ...options }) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      ...options,
      stdio: stdio === "pipe" ? ["ignore", "pipe", "pipe"] : stdio,
    });
    let output = "";
    child.stdout?.on("data", (chunk) => {
      output += chunk;
    });
    child.stderr?.on("data", (chunk) => {
      output += chunk;
    });
    child.on("error", (error) => resolve({ status: 1, output: `${error.message}\n` }));
    child.on("close", (status) => resolve({ status: status ?? 1, output }));
  });
}

function readJson(file) {
  return JSON.parse(readFileSync(file, "utf8"));
}

/** A line of the list of skipped tests: the one test's name, or how many of a file. */
function skippedLine({ file, reason, names }) {
  return `  ${file} > ${names.length === 1 ? names[0] : `${names.length} tests`}: ${reason}\n`;
}

function printSummary(summary, failedChecks) {
  const passed = summary.passed + (failedChecks === undefined ? 0 : checks.length - failedChecks.length);
  const failed = summary.failed + (failedChecks?.length ?? 0);
  const skipped = summary.skipped.reduce((count, { names }) => count + names.length, 0);
  if (skipped > 0) process.stdout.write(`\nSkipped:\n${summary.skipped.map(skippedLine).join("")}`);
  if (failedChecks?.length > 0) process.stdout.write(`\nFailed checks: ${failedChecks.join(", ")}\n`);
  const { answers = 0, requests = 0, failures = 0 } = summary.judged ?? {};
  if (answers > 0) {
    process.stdout.write(
      `\nEmulator: ${answers} answers and ${requests} request bodies checked against the API description, ${failures} failures\n`,
    );
  }
  if (summary.local) {
    const parts = Object.entries(summary.local).map(([part, what]) => `${part} ${what}`);
    process.stdout.write(`\nLocal backend: ${parts.join(", ")}\n`);
  }
  process.stdout.write(`\n${passed} passed, ${failed} failed, ${skipped} skipped\n`);
  return failed === 0 ? 0 : 1;
}

async function main(args) {
  const narrow = args.length > 0;
  try {
    setup({ examples: !narrow });
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    process.stdout.write(`${error.message}\n`);
    return printSummary({ passed: 0, failed: 1, skipped: [] });
  }
  const failedChecks = narrow ? undefined : await runChecks();
  return printSummary(await runTests(args), failedChecks);
}

process.exitCode = await main(process.argv.slice(2));
