/** What a measured figure was measured on. @module */
import { availableParallelism, cpus, totalmem } from "node:os";

/**
 * Describes this machine, without naming it.
 *
 * @returns {{ cpu: string, cores: number, memoryBytes: number, node: string, platform: string }}
 */
export function describeMachine() {
  return {
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
  };
}
