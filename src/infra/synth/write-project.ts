/** Putting Terraform configurations on disk. @module */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { OutputFailedError } from "../../errors.js";
import type { TerraformProject } from "./synth.js";

/** Name of the one file of a layer's folder. */
export const LAYER_FILE = "main.tf.json";

/**
 * Writes each layer into a folder of its name. Files that have the right content already are left alone.
 *
 * @param directory - Made where it is missing.
 * @returns The layers that were written.
 * @throws OutputFailedError
 */
export function writeProject(project: TerraformProject, directory: string): readonly string[] {
  const written: string[] = [];
  for (const { layer, text } of project.layers) {
    const file = join(directory, layer, LAYER_FILE);
    if (contentOf(file) === text) continue;
    try {
      mkdirSync(join(directory, layer), { recursive: true });
      // It may hold what the graph holds, first-boot scripts included.
      writeFileSync(file, text, { mode: 0o600 });
    } catch (cause) {
      throw new OutputFailedError(file, { cause });
    }
    written.push(layer);
  }
  return written;
}

function contentOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
