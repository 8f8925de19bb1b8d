/** Which process something belongs to, and whether that process is still there. @module */
import { readFileSync } from "node:fs";
import { hostname } from "node:os";

/** A process of some machine. Plain JSON. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly host: string;
  /** When it was started, in the kernel's words: a process id is used again. Empty where the kernel does not say. */
  readonly started: string;
}

/** This process. */
export function thisProcess(): ProcessIdentity {
  return processOf(process.pid);
}

/** A process of this machine, by its id. */
export function processOf(pid: number): ProcessIdentity {
  return { pid, host: hostname(), started: startOf(pid) };
}

/** Whether a process is there. One of another machine is taken to be. */
export function isProcessAlive({ pid, host, started }: ProcessIdentity): boolean {
  if (host !== hostname()) return true;
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  return started === "" || startOf(pid) === started;
}

/** In place of the start time of one that has ended. */
const ENDED = "ended";

/** The start time of a process in ticks since boot. @see man 5 proc, /proc/pid/stat field 22 */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    // One that has ended and whose parent has not asked how is gone all the same.
    return fields[0] === "Z" || fields[0] === "X" ? ENDED : (fields[19] ?? "");
  } catch {
    return "";
  }
}
