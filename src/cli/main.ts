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
import type { Command } from "./command.js";
import { readConfigFile } from "./config-file.js";
import { commandHelp, generalHelp } from "./help-text.js";
import { OptionValues } from "./option-values.js";
import { packageVersion } from "./package-version.js";
import { parseCommandLine } from "./parse-command-line.js";
import { processTerminal, type Terminal } from "./terminal.js";

/** Commands by verb, in the order of the help. Each is loaded when it is asked for, and with it the part of the library it needs. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  envs: async () => (await import("./envs.js")).envsCommand,
  run: async () => (await import("./run.js")).runCommand,
  train: async () => (await import("./train.js")).trainCommand,
  evaluate: async () => (await import("./evaluate.js")).evaluateCommand,
  calibrate: async () => (await import("./calibrate.js")).calibrateCommand,
  bound: async () => (await import("./bound.js")).boundCommand,
  record: async () => (await import("./record.js")).recordCommand,
  benchmark: async () => (await import("./benchmark.js")).benchmarkCommand,
  fidelity: async () => (await import("./fidelity.js")).fidelityCommand,
  query: async () => (await import("./query.js")).queryCommand,
  graph: async () => (await import("./graph.js")).graphCommand,
  init: async () => (await import("./init.js")).initCommand,
  tf: async () => (await import("./tf.js")).tfCommand,
  reap: async () => (await import("./reap.js")).reapCommand,
  prices: async () => (await import("./prices.js")).pricesCommand,
  emulator: async () => (await import("./emulator.js")).emulatorCommand,
  serve: async () => (await import("./serve.js")).serveCommand,
  load: async () => (await import("./load.js")).loadCommand,
};

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
    terminal.err(generalHelp(await allCommands()));
    return 2;
  }
  if (verb === "--help" || verb === "-h" || verb === "help") {
    terminal.out(generalHelp(await allCommands()));
    return 0;
  }
  if (verb === "--version") {
    terminal.out(`${packageVersion()}\n`);
    return 0;
  }
  const load = Object.hasOwn(COMMANDS, verb) ? COMMANDS[verb] : undefined;
  if (load === undefined) {
    throw new UsageError(`There is no command ${JSON.stringify(verb)}. ${suggestion(verb, Object.keys(COMMANDS))}`);
  }
  const command = await load();
  const given = parseCommandLine(command, args);
  if (given.has("help")) {
    terminal.out(commandHelp(command));
    return 0;
  }
  const config = given.get("config")?.text;
  const values = new Map([...(config === undefined ? [] : readConfigFile(config, command)), ...given]);
  return command.run(new OptionValues(values), terminal);
}

function allCommands(): Promise<Command[]> {
  return Promise.all(Object.values(COMMANDS).map((load) => load()));
}

function report(error: unknown, argv: readonly string[], terminal: Terminal): number {
  const isKnown = error instanceof InfraGymError;
  const wantsStack = argv.includes("--debug") || !isKnown;
  terminal.err(`${wantsStack && error instanceof Error ? error.stack : error}\n`);
  return USAGE_ERRORS.some((kind) => error instanceof kind) ? 2 : 1;
}
