/** Folders with configurations that need no provider, and the Terraform to run in them. @module */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { TerraformNotFoundError } from "../../src/errors.js";
import { findTerraform, type TerraformBinary } from "../../src/terraform/find-terraform.js";

/** The Terraform of this machine, or undefined and why, for the name of a suite that is skipped. */
export async function terraformHere(): Promise<{
  readonly binary: TerraformBinary | undefined;
  readonly reason: string;
}> {
  try {
    return { binary: await findTerraform(), reason: "" };
  } catch (error) {
    if (error instanceof TerraformNotFoundError) return { binary: undefined, reason: "(needs terraform or tofu)" };
    throw error;
  }
}

/** A place for the folders of one test file, removed after it. */
export function temporaryFolder(name: string): string {
  const root = mkdtempSync(join(tmpdir(), `infra-gym-${name}-`));
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  return root;
}

/** Writes a configuration as `main.tf.json`. @returns The folder. */
export function writeConfiguration(folder: string, configuration: unknown): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "main.tf.json"), JSON.stringify(configuration, null, 2));
  return folder;
}
