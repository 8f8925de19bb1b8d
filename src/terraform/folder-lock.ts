/** One process at a time in a folder: a lock file that outlives no process. @module */
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { FolderInUseError } from "../errors.js";

/** Name of the lock file. */
export const LOCK_FILE = ".infra-gym.lock";

/** Who holds a lock. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When the process was started, in the kernel's words: a process id is used again. Empty where the kernel does not say. */
  readonly started: string;
}

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
  const holder: Holder = { pid: process.pid, host: hostname(), started: startOf(process.pid) };
  writeFileSync(own, JSON.stringify(holder), { mode: 0o600 });
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
  if (isAlive(holder)) throw new FolderInUseError(folder, holder.pid, holder.host);
  const away = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, away);
  } catch {
    return; // Another process was faster.
  }
  const moved = holderIn(away);
  // Another process may have taken over between the look and the move: then it gets its lock back.
  if (moved !== undefined && isAlive(moved)) isTaken(away, file);
  rmSync(away, { force: true });
}

function holderIn(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Holder;
  } catch (error) {
    if (error instanceof SyntaxError) return { pid: 0, host: hostname(), started: "" };
    return undefined;
  }
}

/** Whether a process is there. One of another machine is taken to be. */
function isAlive({ pid, host, started }: Holder): boolean {
  if (host !== hostname()) return true;
  if (pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  return started === "" || startOf(pid) === started;
}

/** The start time of a process in ticks since boot. @see man 5 proc, /proc/pid/stat field 22 */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}
