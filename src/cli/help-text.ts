/** The help, made from what the commands say about themselves. @module */
import type { Command, CommandOption } from "./command.js";
import { COMMON_OPTIONS } from "./parse-command-line.js";

const EXIT_CODES = `Exit codes:
  0  done
  1  it failed while running
  2  the command line, a name or a value in it was not understood
`;

/** The help of `infra-gym` itself. */
export function generalHelp(commands: readonly Command[]): string {
  const verbs = commands.map(({ verb, positional, summary }) => [`${verb}${placeOf(positional)}`, summary] as const);
  return `infra-gym: a reinforcement learning gym whose world is cloud infrastructure.

Usage: infra-gym <command> [options]

Commands:
${columns(verbs)}
Options:
${columns([
  ["--help, -h", "Show this help, or that of a command"],
  ["--version", "Show the version"],
])}
${EXIT_CODES}
NO_COLOR turns colours off. Progress is shown only where messages go to a terminal.
`;
}

/** The help of one command. */
export function commandHelp({ verb, summary, positional, options, examples }: Command): string {
  return `${summary}.

Usage: infra-gym ${verb}${placeOf(positional)} [options]

Options:
${columns([...options, ...COMMON_OPTIONS].map(optionLine))}
Examples:
${examples.map((example) => `  ${example}\n`).join("")}
${EXIT_CODES}`;
}

function placeOf(positional: Command["positional"]): string {
  if (positional === null) return "";
  const name = positional.name.toUpperCase();
  return positional.isRequired ? ` ${name}` : ` [${name}]`;
}

function optionLine({ name, value, help }: CommandOption): readonly [string, string] {
  return [`--${name}${value === null ? "" : ` ${value}`}`, help];
}

/** Two columns; what is too wide for the first puts the second on a line of its own. */
function columns(lines: readonly (readonly [string, string])[]): string {
  const width = Math.min(28, Math.max(...lines.map(([left]) => left.length)));
  return lines
    .map(([left, right]) =>
      left.length <= width ? `  ${left.padEnd(width)}  ${right}\n` : `  ${left}\n  ${" ".repeat(width)}  ${right}\n`,
    )
    .join("");
}
