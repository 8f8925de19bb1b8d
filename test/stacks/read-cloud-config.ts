/** Reads what is given to cloud-init. @module */
import { expect } from "vitest";

/** A file that is written at the first boot. */
export interface BootFile {
  readonly path: string;
  readonly permissions?: string;
  readonly content: string;
}

/** The text after the first line is JSON, which is YAML. */
export function readCloudConfig(userData: string): Readonly<Record<string, unknown>> {
  expect(userData.startsWith("#cloud-config\n")).toBe(true);
  return JSON.parse(userData.slice(userData.indexOf("\n"))) as Readonly<Record<string, unknown>>;
}

/** One of the files. */
export function fileOf(userData: string, path: string): BootFile {
  const files = readCloudConfig(userData).write_files as readonly BootFile[];
  return files.find((one) => one.path === path)!;
}
