/** Running the command line inside the test, with streams that are kept. @module */
import { main } from "../../src/cli/main.js";
import type { Terminal } from "../../src/cli/terminal.js";

/** How a command line ended. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A terminal that keeps what is written to it. */
export class KeepingTerminal implements Terminal {
  output = "";
  messages = "";
  readonly columns = 80;

  constructor(
    readonly isInteractive = false,
    readonly hasColor = false,
  ) {}

  out(text: string): void {
    this.output += text;
  }

  err(text: string): void {
    this.messages += text;
  }
}

/** Runs one command line; words are given one by one. */
export async function infraGym(...argv: string[]): Promise<Ended> {
  const terminal = new KeepingTerminal();
  const code = await main(argv, terminal);
  return { code, out: terminal.output, err: terminal.messages };
}
