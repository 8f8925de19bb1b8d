/** Metrics of a training run as JSON lines. @module */
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { OutputFailedError } from "../../errors.js";
import type { Metrics } from "../learner.js";

/** One line: `global_step`, and figures named as in CleanRL. NaN and infinities are null, as JSON has no word for them. */
export class MetricsLog {
  readonly #file: string;

  /** @param from - Lines of later steps are taken out: they are written again. @throws OutputFailedError */
  constructor(file: string, from: number) {
    this.#file = file;
    this.#write(() => {
      mkdirSync(dirname(file), { recursive: true });
      const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
      const kept = lines.filter((line) => line !== "" && stepOf(line) <= from);
      writeFileSync(file, kept.map((line) => `${line}\n`).join(""));
    });
  }

  /** Adds a line. @throws OutputFailedError */
  add(globalStep: number, metrics: Metrics): void {
    this.#write(() => appendFileSync(this.#file, `${JSON.stringify({ global_step: globalStep, ...metrics })}\n`));
  }

  #write(what: () => void): void {
    try {
      what();
    } catch (cause) {
      throw new OutputFailedError(this.#file, { cause });
    }
  }
}

/** The step of a line; Infinity for one that was cut off in the middle. */
function stepOf(line: string): number {
  try {
    return (JSON.parse(line) as { readonly global_step: number }).global_step;
  } catch {
    return Infinity;
  }
}
