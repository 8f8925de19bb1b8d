/** CPU time of a process and all it has started, on Linux. @module */
import { readdirSync, readFileSync } from "node:fs";

/** Ticks a second of the times in /proc. @see proc(5), sysconf(_SC_CLK_TCK) */
const TICKS = 100;

/** CPU time used so far by the processes below one, and by itself, that are still there. Unit: seconds; NaN where there is no /proc. */
export function treeCpuSeconds(root: number): number {
  const stats = processStats();
  const below = new Set([root]);
  // Parents have lower numbers but for wrap-around: so until nothing is added.
  for (let size = 0; size < below.size; ) {
    size = below.size;
    for (const { pid, parent } of stats) if (below.has(parent)) below.add(pid);
  }
  return stats.filter(({ pid }) => below.has(pid)).reduce((sum, { ticks }) => sum + ticks, 0) / TICKS;
}

function processStats(): { pid: number; parent: number; ticks: number }[] {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => {
    try {
      // Behind the name, which may hold anything.
      const fields = readFileSync(`/proc/${pid}/stat`, "latin1")
        .replace(/^.*\) /s, "")
        .split(" ");
      return [{ pid: Number(pid), parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) }];
    } catch {
      return [];
    }
  });
}
