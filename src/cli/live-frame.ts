/** Some lines on an interactive terminal that replace themselves, with bars of what was lately. @module */
import type { Terminal } from "./terminal.js";

/** Values shown as bars. */
const HISTORY = 48;
const BARS = "▁▂▃▄▅▆▇█";

/** Lines in the place of those before. */
export class LiveFrame {
  readonly #terminal: Terminal;
  #lines = 0;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** Draws lines in the place of those before, each cut to the terminal's width. */
  draw(lines: readonly string[]): void {
    this.clear();
    this.#terminal.err(lines.map((line) => `${line.slice(0, this.#terminal.columns - 1)}\n`).join(""));
    this.#lines = lines.length;
  }

  /** Takes the lines away. */
  clear(): void {
    if (this.#lines > 0) this.#terminal.err(`\u001b[${this.#lines}A\u001b[0J`);
    this.#lines = 0;
  }
}

/** Appends a value to those shown as bars, newest last, and forgets the oldest beyond them. */
export function keepBar(values: number[], value: number): void {
  values.push(value);
  if (values.length > HISTORY) values.shift();
}

/** Values as bars, the largest the highest. @param least - The scale reaches at least this far. */
export function bars(values: readonly number[], least: number): string {
  const most = values.reduce((max, value) => (value > max && Number.isFinite(value) ? value : max), least);
  const bar = (value: number): string =>
    Number.isNaN(value) ? " " : BARS[Math.round(Math.min(1, value / most) * (BARS.length - 1))]!;
  return values.map(bar).join("");
}
