/** The live frame of a load: drawn again and again on an interactive terminal, and nothing anywhere else. @module */
import type { LoadProgress, LoadRunnerOptions } from "../loadgen/index.js";
import { bars, keepBar, LiveFrame } from "./live-frame.js";
import type { Terminal } from "./terminal.js";

/** Some lines that replace themselves. */
export class LoadFrame {
  readonly #terminal: Terminal;
  readonly #live: LiveFrame;
  readonly #load: LoadRunnerOptions;
  readonly #rates: number[] = [];

  constructor(terminal: Terminal, load: LoadRunnerOptions) {
    this.#terminal = terminal;
    this.#live = new LiveFrame(terminal);
    this.#load = load;
  }

  /** Draws a state of things in the place of the one before. */
  show({ report, rate }: LoadProgress): void {
    if (!this.#terminal.isInteractive) return;
    keepBar(this.#rates, rate);
    const milliseconds = (seconds: number): string => (Number.isNaN(seconds) ? "–" : (1000 * seconds).toFixed(1));
    const { latencySeconds: latency } = report;
    this.#live.draw([
      `${this.#load.url}  ${report.seconds.toFixed(0)} of ${this.#load.durationSeconds} s`,
      `rate      ${rate.toFixed(1)}/s  ${bars(this.#rates, 1e-9)}`,
      `requests  ${report.asked} asked, ${report.answered} answered, ${report.lost} lost, ${report.unsent} unsent, ${report.inFlight} in flight`,
      `latency   mean ${milliseconds(latency.mean)} ms, p50 ${milliseconds(latency.p50)}, p95 ${milliseconds(latency.p95)}, p99 ${milliseconds(latency.p99)}`,
      ...(report.isGeneratorLimited ? ["The limit is this side, not the service."] : []),
    ]);
  }

  /** Takes the frame away. */
  clear(): void {
    this.#live.clear();
  }
}
