/** The live frame of a load: drawn again and again on an interactive terminal, and nothing anywhere else. @module */
import type { LoadProgress, LoadRunnerOptions } from "../loadgen/index.js";
import type { Terminal } from "./terminal.js";

/** Rates shown as bars, newest last. */
const HISTORY = 48;
const BARS = "▁▂▃▄▅▆▇█";

/** Some lines that replace themselves. */
export class LoadFrame {
  readonly #terminal: Terminal;
  readonly #load: LoadRunnerOptions;
  readonly #rates: number[] = [];
  #lines = 0;

  constructor(terminal: Terminal, load: LoadRunnerOptions) {
    this.#terminal = terminal;
    this.#load = load;
  }

  /** Draws a state of things in the place of the one before. */
  show({ report, rate }: LoadProgress): void {
    if (!this.#terminal.isInteractive) return;
    this.#rates.push(rate);
    if (this.#rates.length > HISTORY) this.#rates.shift();
    const milliseconds = (seconds: number): string => (Number.isNaN(seconds) ? "–" : (1000 * seconds).toFixed(1));
    const { latencySeconds: latency } = report;
    const lines = [
      `${this.#load.url}  ${report.seconds.toFixed(0)} of ${this.#load.durationSeconds} s`,
      `rate      ${rate.toFixed(1)}/s  ${this.#bars()}`,
      `requests  ${report.asked} asked, ${report.answered} answered, ${report.lost} lost, ${report.unsent} unsent, ${report.inFlight} in flight`,
      `latency   mean ${milliseconds(latency.mean)} ms, p50 ${milliseconds(latency.p50)}, p95 ${milliseconds(latency.p95)}, p99 ${milliseconds(latency.p99)}`,
      ...(report.isGeneratorLimited ? ["The limit is this side, not the service."] : []),
    ];
    this.clear();
    this.#terminal.err(lines.map((line) => `${line.slice(0, this.#terminal.columns - 1)}\n`).join(""));
    this.#lines = lines.length;
  }

  /** Takes the frame away. */
  clear(): void {
    if (this.#lines > 0) this.#terminal.err(`\u001b[${this.#lines}A\u001b[0J`);
    this.#lines = 0;
  }

  #bars(): string {
    const highest = Math.max(...this.#rates, 1e-9);
    return this.#rates.map((rate) => BARS[Math.round((rate / highest) * (BARS.length - 1))]!).join("");
  }
}
