/** What a command of the command line is. @module */
import type { OptionValues } from "./option-values.js";
import type { Terminal } from "./terminal.js";

/** One option of a command. */
export interface CommandOption {
  /** Without the dashes; also its key in a configuration file. */
  readonly name: string;
  /** One letter that stands for it after a single dash. */
  readonly short?: string;
  /** What its value is called in the help; null for a flag. */
  readonly value: string | null;
  /** One line for the help. */
  readonly help: string;
}

/** One command, such as `run`. */
export interface Command {
  readonly verb: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What stands after the verb without dashes; its name is also a key of the values. */
  readonly positional: { readonly name: string; readonly isRequired: boolean } | null;
  /** What may stand after it, in order, never required by itself. @defaultValue nothing */
  readonly morePositionals?: readonly string[];
  readonly options: readonly CommandOption[];
  /** Command lines for the help. */
  readonly examples: readonly string[];
  /** Does it. @returns The exit code. */
  run(values: OptionValues, terminal: Terminal): Promise<number>;
}
