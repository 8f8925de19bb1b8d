/** What results call a workload: never a path, which would tell of a machine. @module */
import type { Env } from "../env.js";
import type { Workload } from "../loadgen/workload.js";

/**
 * The name of a workload, the last part of a path, or the name of the workload an environment takes by itself.
 *
 * @param env - Made with the workload.
 */
export function workloadLabel(workload: string | Workload | undefined, env: Env<unknown, unknown, object>): string {
  if (typeof workload === "string") return workload.replace(/^.*[\\/]/, "");
  if (workload !== undefined) return workload.name;
  const { definition } = env.unwrapped as { readonly definition?: { readonly workloads: readonly Workload[] } };
  return definition?.workloads[0]?.name ?? "default";
}
