/** How long each phase of a long command took, over all its runs. @module */
import { existsSync, readFileSync } from "node:fs";
import { CorruptCheckpointError } from "../errors.js";
import { jsonText } from "./json-text.js";
import type { Terminal } from "./terminal.js";
import { writeOutput } from "./write-output.js";

/** Adds up wall time by phase in a file beside what was made: results hold no clock time, this file holds nothing else. */
export class PhaseTimes {
  readonly #file: string;
  readonly #seconds: Record<string, number>;
  #last = performance.now();

  /** @throws CorruptCheckpointError */
  constructor(file: string) {
    this.#file = file;
    this.#seconds = readSeconds(file);
  }

  /** Counts the time since the last call as this phase's. */
  count(phase: string): void {
    const now = performance.now();
    this.#seconds[phase] = (this.#seconds[phase] ?? 0) + (now - this.#last) / 1000;
    this.#last = now;
  }

  /** Writes the file, if there is anything to write. @throws OutputFailedError */
  write(terminal: Terminal): void {
    if (Object.keys(this.#seconds).length === 0) return;
    writeOutput(this.#file, jsonText({ schema: 1, seconds: this.#rounded() }, 1), terminal);
  }

  /** The phases and their seconds in words. */
  toString(): string {
    const parts = Object.entries(this.#rounded()).map(([phase, seconds]) => `${phase} ${seconds} s`);
    return parts.length === 0 ? "nothing was to be done" : parts.join(", ");
  }

  #rounded(): Record<string, number> {
    return Object.fromEntries(
      Object.entries(this.#seconds).map(([phase, seconds]) => [phase, Number(seconds.toFixed(1))]),
    );
  }
}

function readSeconds(file: string): Record<string, number> {
  if (!existsSync(file)) return {};
  try {
    return { ...(JSON.parse(readFileSync(file, "utf8")) as { readonly seconds: Record<string, number> }).seconds };
  } catch (cause) {
    throw new CorruptCheckpointError(file, 0, "It is not JSON. Delete it: it holds nothing but times.", { cause });
  }
}
