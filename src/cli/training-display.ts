/** How a training run is shown: a bar with its speed and its returns, and a summary. @module */
import type { TrainBudget, TrainProgress, TrainResult } from "../agents/train.js";
import { ProgressBar } from "./progress-bar.js";
import type { Terminal } from "./terminal.js";

const LEVELS = "▁▂▃▄▅▆▇█";
/** Points of the curve. */
const POINTS = 24;
const PARTS = 1_000;

/** Shows a run while it goes on. */
export class TrainingDisplay {
  readonly #bar: ProgressBar;
  readonly #budget: TrainBudget;
  readonly #curve: number[] = [];
  #startedAt: number | undefined;

  constructor(terminal: Terminal, budget: TrainBudget) {
    this.#bar = new ProgressBar(terminal);
    this.#budget = budget;
  }

  /** Shows one update. */
  show(now: TrainProgress): void {
    this.#startedAt ??= now.progress;
    if (Number.isFinite(now.meanReturn)) this.#curve.push(now.meanReturn);
    const shown = Number.isFinite(now.meanReturn) ? now.meanReturn.toPrecision(4) : "–";
    const speed = `${Math.round(now.stepsPerSecond).toLocaleString("en-US")} steps/s`;
    const note = `${speed}, ${this.#timeLeft(now)} left, return ${shown} ${sparkline(this.#curve)}`;
    this.#bar.show(Math.round(now.progress * PARTS), PARTS, note);
  }

  /** Takes the bar away. */
  clear(): void {
    this.#bar.clear();
  }

  /** What there is to say at the end. @param folder - Where the agent is. */
  summary(result: TrainResult, folder: string): string {
    const { globalStep, stepsPerSecond, meanReturn, isDone } = result;
    const lines = [
      `${isDone ? "Trained" : "Stopped"} after ${globalStep.toLocaleString("en-US")} steps, ${Math.round(stepsPerSecond).toLocaleString("en-US")} steps/s`,
      Number.isFinite(meanReturn)
        ? `mean return of the last episodes ${meanReturn.toPrecision(4)}`
        : "no episode has ended",
      `agent: ${folder}`,
    ];
    return `${lines.join("\n")}\n`;
  }

  #timeLeft({ progress, seconds }: TrainProgress): string {
    if ("seconds" in this.#budget) return `${Math.max(0, Math.round(this.#budget.seconds - seconds))} s`;
    const done = progress - (this.#startedAt ?? 0);
    return done > 0 ? `${Math.round((seconds * (1 - progress)) / done)} s` : "–";
  }
}

/** The means of equal parts of a curve, as bars. */
function sparkline(curve: readonly number[]): string {
  const width = Math.ceil(curve.length / POINTS);
  const points: number[] = [];
  for (let start = 0; start < curve.length; start += width) {
    const part = curve.slice(start, start + width);
    points.push(part.reduce((sum, value) => sum + value, 0) / part.length);
  }
  const [least, most] = [Math.min(...points), Math.max(...points)];
  return points
    .map((value) => LEVELS[most > least ? Math.round(((value - least) / (most - least)) * (LEVELS.length - 1)) : 0])
    .join("");
}
