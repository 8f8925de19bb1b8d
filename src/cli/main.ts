/** The command line: finds the command, runs it, and turns errors into messages and exit codes. @module */
import {
  EnvNotFoundError,
  InfraGymError,
  InvalidEnvIdError,
  InvalidOptionError,
  InvalidQueryError,
  InvalidSeedError,
  PolicyNotFoundError,
  UsageError,
  WorkloadNotFoundError,
} from "../errors.js";
import { suggestion } from "../messages.js";
import { benchmarkCommand } from "./benchmark.js";
import type { Command } from "./command.js";
import { readConfigFile } from "./config-file.js";
import { emulatorCommand } from "./emulator.js";
import { envsCommand } from "./envs.js";
import { evaluateCommand } from "./evaluate.js";
import { graphCommand } from "./graph.js";
import { commandHelp, generalHelp } from "./help-text.js";
import { initCommand } from "./init.js";
import { OptionValues } from "./option-values.js";
import { packageVersion } from "./package-version.js";
import { parseCommandLine } from "./parse-command-line.js";
import { pricesCommand } from "./prices.js";
import { queryCommand } from "./query.js";
import { reapCommand } from "./reap.js";
import { recordCommand } from "./record.js";
import { runCommand } from "./run.js";
import { processTerminal, type Terminal } from "./terminal.js";
import { tfCommand } from "./tf.js";
import { trainCommand } from "./train.js";

const COMMANDS: readonly Command[] = [
  envsCommand,
  runCommand,
  trainCommand,
  evaluateCommand,
  recordCommand,
  benchmarkCommand,
  queryCommand,
  graphCommand,
  initCommand,
  tfCommand,
  reapCommand,
  pricesCommand,
  emulatorCommand,
];

/** Mistakes in what was typed: exit code 2. Everything else that fails is exit code 1. */
const USAGE_ERRORS = [
  UsageError,
  EnvNotFoundError,
  InvalidEnvIdError,
  InvalidOptionError,
  InvalidQueryError,
  InvalidSeedError,
  PolicyNotFoundError,
  WorkloadNotFoundError,
];

/**
 * Runs one command line.
 *
 * @param argv - What stands after `infra-gym`.
 * @param terminal - Where it writes to. @defaultValue that of this process
 * @returns The exit code: 0 done, 1 failed, 2 not understood.
 */
export async function main(argv: readonly string[], terminal: Terminal = processTerminal()): Promise<number> {
  try {
    return await dispatch(argv, terminal);
  } catch (error) {
    return report(error, argv, terminal);
  }
}

async function dispatch([verb, ...args]: readonly string[], terminal: Terminal): Promise<number> {
  if (verb === undefined) {
    terminal.err(generalHelp(COMMANDS));
    return 2;
  }
  if (verb === "--help" || verb === "-h" || verb === "help") {
    terminal.out(generalHelp(COMMANDS));
    return 0;
  }
  if (verb === "--version") {
    terminal.out(`${packageVersion()}\n`);
    return 0;
  }
  const command = COMMANDS.find((candidate) => candidate.verb === verb);
  if (command === undefined) {
    const verbs = COMMANDS.map((candidate) => candidate.verb);
    throw new UsageError(`There is no command ${JSON.stringify(verb)}. ${suggestion(verb, verbs)}`);
  }
  const given = parseCommandLine(command, args);
  if (given.has("help")) {
    terminal.out(commandHelp(command));
    return 0;
  }
  const config = given.get("config")?.text;
  const values = new Map([...(config === undefined ? [] : readConfigFile(config, command)), ...given]);
  return command.run(new OptionValues(values), terminal);
}

function report(error: unknown, argv: readonly string[], terminal: Terminal): number {
  const isKnown = error instanceof InfraGymError;
  const wantsStack = argv.includes("--debug") || !isKnown;
  terminal.err(`${wantsStack && error instanceof Error ? error.stack : error}\n`);
  return USAGE_ERRORS.some((kind) => error instanceof kind) ? 2 : 1;
}
