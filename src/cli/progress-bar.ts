/** A bar that shows how far a command is, for someone who looks on. @module */
import type { Terminal } from "./terminal.js";

const BAR_WIDTH = 24;

/** Draws itself on the last line of an interactive terminal, and nothing anywhere else. */
export class ProgressBar {
  readonly #terminal: Terminal;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** Shows a state of things. @param note - What was done last. */
  show(done: number, total: number, note: string): void {
    if (!this.#terminal.isInteractive) return;
    const filled = Math.round((done / total) * BAR_WIDTH);
    const bar = "█".repeat(filled) + "░".repeat(BAR_WIDTH - filled);
    const line = ` ${bar} ${done}/${total}  ${note}`.slice(0, this.#terminal.columns - 1);
    this.#terminal.err(`\r\u001b[2K${line}`);
  }

  /** Takes the bar away. */
  clear(): void {
    if (this.#terminal.isInteractive) this.#terminal.err("\r\u001b[2K");
  }
}
