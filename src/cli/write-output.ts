/** Writing results to where they were asked for. @module */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { OutputFailedError } from "../errors.js";
import type { Terminal } from "./terminal.js";

/**
 * Writes a file, and the folders above it where they are missing; `-` is the command's own output.
 * @throws OutputFailedError
 */
export function writeOutput(file: string, text: string, terminal: Terminal): void {
  if (file === "-") {
    terminal.out(text);
    return;
  }
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  } catch (cause) {
    throw new OutputFailedError(file, { cause });
  }
}
