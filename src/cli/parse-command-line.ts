/** A command line taken apart: options and positionals, with misspelt ones refused. @module */
import { parseArgs } from "node:util";
import { UsageError } from "../errors.js";
import { suggestion } from "../messages.js";
import type { Command, CommandOption } from "./command.js";
import type { GivenValue } from "./option-values.js";

/** Options that every command has. */
export const COMMON_OPTIONS: readonly CommandOption[] = [
  {
    name: "config",
    value: "FILE",
    help: 'JSON with "schema": 1 and any of these options as keys; the command line wins',
  },
  { name: "debug", value: null, help: "Show the stack of an error" },
  { name: "help", value: null, help: "Show this help" },
];

/**
 * The values a command line gives to a command.
 * @param args - What stands after the verb.
 * @throws UsageError for an unknown option, a missing value, a value for a flag, or a positional too many
 */
export function parseCommandLine(command: Command, args: readonly string[]): Map<string, GivenValue> {
  const known = new Map([...command.options, ...COMMON_OPTIONS].map((option) => [option.name, option]));
  const options = Object.fromEntries(
    [...known.values()].map(({ name, value, short }) => {
      const type = value === null ? ("boolean" as const) : ("string" as const);
      return [name, short === undefined ? { type } : { type, short }];
    }),
  );
  const { tokens } = parseArgs({
    args: [...args],
    options: { ...options, help: { type: "boolean", short: "h" } },
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const given = new Map<string, GivenValue>();
  for (const token of tokens) {
    if (token.kind === "positional") takePositional(command, token.value, given);
    if (token.kind === "option") takeOption(known, token, given);
  }
  return given;
}

function takePositional(command: Command, text: string, given: Map<string, GivenValue>): void {
  const { verb, positional, morePositionals = [] } = command;
  const names = positional === null ? [] : [positional.name, ...morePositionals];
  const name = names.find((free) => given.get(free)?.source !== free.toUpperCase());
  if (name === undefined) throw new UsageError(`Did not expect ${JSON.stringify(text)} after infra-gym ${verb}.`);
  given.set(name, { text, source: name.toUpperCase() });
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

function takeOption(
  known: ReadonlyMap<string, CommandOption>,
  { name, rawName, value, inlineValue }: OptionToken,
  given: Map<string, GivenValue>,
): void {
  const option = known.get(name);
  if (option === undefined) {
    const names = [...known.keys()].map((word) => `--${word}`);
    throw new UsageError(`There is no option ${rawName}. ${suggestion(rawName, names)}`);
  }
  if (option.value === null) {
    if (value !== undefined) throw new UsageError(`Expected --${name} without a value, got ${JSON.stringify(value)}.`);
    given.set(name, { text: "true", source: `--${name}` });
    return;
  }
  if (value === undefined || (inlineValue !== true && value.startsWith("--"))) {
    throw new UsageError(`Expected a value after --${name} (${option.value}), which is missing.`);
  }
  given.set(name, { text: value, source: `--${name}` });
}
