/** The process that Terraform takes for the provider's own: it may die. @module */
import { type ChildProcess, spawn } from "node:child_process";

/**
 * Starts a process that does nothing and ends with this one.
 *
 * Terraform kills the process of a provider it cannot reach, and gives up calls when that process is gone. So it is told of
 * this one in place of the one that serves.
 */
export function startDecoy(): ChildProcess {
  // It reads until its input ends, which it does when this process ends, in whatever way.
  let decoy = spawn("cat", { stdio: ["pipe", "ignore", "ignore"] });
  if (decoy.pid === undefined) {
    // There is no such program here: Node does the same, in more memory.
    decoy.on("error", () => {});
    decoy = spawn(process.execPath, ["--eval", "process.stdin.resume()"], { stdio: ["pipe", "ignore", "ignore"] });
  }
  decoy.unref();
  (decoy.stdin as unknown as { unref(): void }).unref();
  return decoy;
}
