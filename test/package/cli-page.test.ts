/** The page of the command line names every option that a command takes, and no other. @module */
import { describe, expect, it } from "vitest";
import { benchmarkCommand } from "../../src/cli/benchmark.js";
import { boundCommand } from "../../src/cli/bound.js";
import { calibrateCommand } from "../../src/cli/calibrate.js";
import type { Command } from "../../src/cli/command.js";
import { ENV_OPTIONS } from "../../src/cli/env-options.js";
import { envsCommand } from "../../src/cli/envs.js";
import { evaluateCommand } from "../../src/cli/evaluate.js";
import { fidelityCommand } from "../../src/cli/fidelity.js";
import { graphCommand } from "../../src/cli/graph.js";
import { initCommand } from "../../src/cli/init.js";
import { COMMON_OPTIONS } from "../../src/cli/parse-command-line.js";
import { pricesCommand } from "../../src/cli/prices.js";
import { queryCommand } from "../../src/cli/query.js";
import { reapCommand } from "../../src/cli/reap.js";
import { recordCommand } from "../../src/cli/record.js";
import { runCommand } from "../../src/cli/run.js";
import { tfCommand } from "../../src/cli/tf.js";
import { trainCommand } from "../../src/cli/train.js";
import { readText } from "./repository.js";

const page = readText("docs/guide/cli.md");
/** Rows of the table of options: the option's name, whether `run` takes it, whether `benchmark` does. */
const rows = [...page.matchAll(/^\| `--([a-z-]+)[^|]*\|([^|]*)\|([^|]*)\|/gm)].map(([, name, ofRun, ofBenchmark]) => ({
  name: name!,
  ofRun: ofRun!.includes("✓"),
  ofBenchmark: ofBenchmark!.includes("✓"),
}));

function optionNames({ options }: Command): string[] {
  return options.map(({ name }) => name).sort();
}

describe("docs/guide/cli.md", () => {
  it("lists the options of run", () => {
    const listed = rows.filter(({ ofRun }) => ofRun).map(({ name }) => name);
    expect(listed.sort()).toEqual(optionNames(runCommand));
  });

  it("lists the options of benchmark", () => {
    const listed = rows.filter(({ ofBenchmark }) => ofBenchmark).map(({ name }) => name);
    expect(listed.sort()).toEqual(optionNames(benchmarkCommand));
  });

  it("lists the options of query", () => {
    const table = /^\| Option of `query`.*?\n\n/ms.exec(page)![0];
    const listed = [...table.matchAll(/`--([a-z][a-z-]*)/g)].map(([, name]) => name!);
    expect(listed.sort()).toEqual(optionNames(queryCommand));
  });

  it("lists the options of graph", () => {
    const table = /^\| Option of `graph`.*?\n\n/ms.exec(page)![0];
    const listed = [...table.matchAll(/`--([a-z][a-z-]*)/g)].map(([, name]) => name!);
    expect([...listed, "env"].sort()).toEqual(optionNames(graphCommand));
  });

  it.each([tfCommand, reapCommand, pricesCommand])("lists the options of $verb", (command) => {
    const table = new RegExp(`^\\| Option of \`${command.verb}\`.*?\n\n`, "ms").exec(page)![0];
    const listed = [...table.matchAll(/^\| `--([a-z][a-z-]*)/gm)].map(([, name]) => name!);
    expect(listed.sort()).toEqual(optionNames(command));
  });

  it.each([trainCommand, evaluateCommand, recordCommand])("lists the options of $verb", (command) => {
    const table = new RegExp(`^\\| Option of \`${command.verb}\`.*?\n\n`, "ms").exec(page)![0];
    const listed = [...table.matchAll(/`--([a-z][a-z-]*)/g)].map(([, name]) => name!);
    const ofEnv = ENV_OPTIONS.map(({ name }) => name).filter((name) => name !== "for" && name !== "json");
    expect([...new Set([...listed, ...ofEnv])].sort()).toEqual(optionNames(command));
  });

  it("lists the options of bound", () => {
    const table = /^\| Option of `bound`.*?\n\n/ms.exec(page)![0];
    const listed = [...table.matchAll(/^\| `--([a-z][a-z-]*)/gm)].map(([, name]) => name!);
    const ofEnv = ENV_OPTIONS.map(({ name }) => name).filter((name) => name !== "for" && name !== "json");
    expect([...listed, ...ofEnv].sort()).toEqual(optionNames(boundCommand));
  });

  it("lists the options of calibrate", () => {
    const table = /^\| Option of `calibrate`.*?\n\n/ms.exec(page)![0];
    const listed = [...table.matchAll(/`--([a-z][a-z-]*)/g)].map(([, name]) => name!);
    const ofEnv = ENV_OPTIONS.map(({ name }) => name).filter((name) => !["for", "json", "split"].includes(name));
    expect([...listed, ...ofEnv].sort()).toEqual(optionNames(calibrateCommand));
  });

  it("names no option that no command takes", () => {
    const accounts = [tfCommand, reapCommand, pricesCommand];
    const agents = [trainCommand, evaluateCommand, recordCommand, calibrateCommand, boundCommand];
    const others = [envsCommand, queryCommand, graphCommand, initCommand];
    const commands = [runCommand, benchmarkCommand, fidelityCommand, ...others, ...accounts, ...agents];
    const known = new Set([...commands.flatMap(optionNames), ...COMMON_OPTIONS.map(({ name }) => name), "version"]);
    const named = [...page.matchAll(/--([a-z][a-z-]*)/g)].map(([, name]) => name!);
    expect(named.filter((name) => !known.has(name))).toEqual([]);
  });
});
