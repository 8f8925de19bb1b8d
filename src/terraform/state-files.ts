/** State files: readable by their owner only. @module */
import { chmodSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** States, their backups, and saved plans: all may hold passwords. */
const HOLDS_SECRETS = /\.tfstate(\..*)?$|\.tfplan$|^errored\.tfstate$/;

/** Takes the rights of everyone but the owner from the state files of a folder. Files that are gone meanwhile are no matter. */
export function protectStateFiles(folder: string): void {
  for (const name of readdirSync(folder).filter((file) => HOLDS_SECRETS.test(file))) {
    const file = join(folder, name);
    const mode = statSync(file, { throwIfNoEntry: false })?.mode;
    if (mode !== undefined && (mode & 0o077) !== 0) chmodSync(file, 0o600);
  }
}
