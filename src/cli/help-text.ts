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
  const verbs = commands.map((command) => [`${command.verb}${placesOf(command)}`, command.summary] as const);
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
export function commandHelp(command: Command): string {
  const { verb, summary, options, examples } = command;
  return `${summary}.

Usage: infra-gym ${verb}${placesOf(command)} [options]

Options:
${columns([...options, ...COMMON_OPTIONS].map(optionLine))}
Examples:
${examples.map((example) => `  ${example}\n`).join("")}
${EXIT_CODES}`;
}

function placesOf({ positional, morePositionals = [] }: Command): string {
  if (positional === null) return "";
  const first = positional.name.toUpperCase();
  const more = morePositionals.map((name) => ` [${name.toUpperCase()}]`).join("");
  return `${positional.isRequired ? ` ${first}` : ` [${first}]`}${more}`;
}

function optionLine({ name, short, value, help }: CommandOption): readonly [string, string] {
  return [`--${name}${short === undefined ? "" : `, -${short}`}${value === null ? "" : ` ${value}`}`, help];
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
