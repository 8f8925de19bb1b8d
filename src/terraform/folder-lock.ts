/** One process at a time in a folder: a lock file that outlives no process. @module */
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { FolderInUseError } from "../errors.js";
import { isProcessAlive, type ProcessIdentity, thisProcess } from "../process-identity.js";

/** Name of the lock file. */
export const LOCK_FILE = ".infra-gym.lock";

/** A lock that is held. */
export interface FolderLock {
  /** Gives it back. Idempotent. */
  release(): void;
}

/**
 * Locks a folder for this process, and takes over the lock of a process that is gone. Nobody else may read the file.
 *
 * @param folder - Made where it is missing.
 * @throws FolderInUseError when another process, or this one, holds it
 */
export function lockFolder(folder: string): FolderLock {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, LOCK_FILE);
  const own = `${file}.${process.pid}`;
  writeFileSync(own, JSON.stringify(thisProcess()), { mode: 0o600 });
  try {
    while (!isTaken(own, file)) removeStale(folder, file);
  } finally {
    rmSync(own, { force: true });
  }
  let isHeld = true;
  return {
    release: () => {
      if (isHeld) rmSync(file, { force: true });
      isHeld = false;
    },
  };
}

/** Puts the lock in place, content and all at once. @returns Whether it was free. */
function isTaken(own: string, file: string): boolean {
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Removes the lock of a process that is gone. @throws FolderInUseError when it is not */
function removeStale(folder: string, file: string): void {
  const holder = holderIn(file);
  if (holder === undefined) return; // Given back meanwhile.
  if (isProcessAlive(holder)) throw new FolderInUseError(folder, holder.pid, holder.host);
  const away = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, away);
  } catch {
    return; // Another process was faster.
  }
  const moved = holderIn(away);
  // Another process may have taken over between the look and the move: then it gets its lock back.
  if (moved !== undefined && isProcessAlive(moved)) isTaken(away, file);
  rmSync(away, { force: true });
}

function holderIn(file: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as ProcessIdentity;
  } catch (error) {
    if (error instanceof SyntaxError) return { ...thisProcess(), pid: 0 }; // Half a lock is nobody's.
    return undefined;
  }
}
