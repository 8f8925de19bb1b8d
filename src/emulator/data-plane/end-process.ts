/** Ending a child process: by asking, then by force. @module */
import type { ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";

/** How a child ended; never rejects. */
export function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
}

/**
 * Sends SIGTERM, and SIGKILL to what is still there after a time.
 *
 * @param ended - See {@link endOf}.
 * @param send - Sends a signal: to the child, or to its group.
 */
export async function endProcess(
  ended: Promise<string>,
  send: (signal: NodeJS.Signals) => void,
  patienceSeconds: number,
): Promise<void> {
  const patience = new AbortController();
  send("SIGTERM");
  const isLate = await Promise.race([
    ended.then(() => false),
    sleep(patienceSeconds * 1000, true, { signal: patience.signal }).catch(() => false),
  ]);
  patience.abort();
  if (isLate) send("SIGKILL");
  await ended;
}
