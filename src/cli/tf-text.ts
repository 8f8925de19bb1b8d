/** How plans, results and events of Terraform are shown. @module */
import type { ChangeCounts, TerraformAction, TerraformEvent } from "../terraform/events.js";
import type { PlannedChange } from "../terraform/run-outcome.js";

/** Signs as Terraform prints them. */
const SIGNS: Readonly<Record<TerraformAction, string>> = {
  create: "  +",
  read: " <=",
  update: "  ~",
  replace: "-/+",
  delete: "  -",
  move: " ->",
  forget: "  .",
  noop: "   ",
};
const DOING: Partial<Record<TerraformAction, readonly [string, string]>> = {
  create: ["creating", "created"],
  update: ["changing", "changed"],
  replace: ["replacing", "replaced"],
  delete: ["destroying", "destroyed"],
};

/** One line for each change. */
export function changeLines(changes: readonly PlannedChange[]): string {
  return changes.map(({ address, action }) => `${SIGNS[action]} ${address}\n`).join("");
}

/** `2 to add, 1 to change, 0 to destroy`. */
export function countsToDo({ add, change, remove }: ChangeCounts): string {
  return `${add} to add, ${change} to change, ${remove} to destroy`;
}

/** `2 added, 1 changed, 0 destroyed`. */
export function countsDone({ add, change, remove }: ChangeCounts): string {
  return `${add} added, ${change} changed, ${remove} destroyed`;
}

/** What is worth saying while Terraform works; undefined for everything else. */
export function progressLine(layer: string, event: TerraformEvent): string | undefined {
  if (event.type === "diagnostic" && event.diagnostic.severity === "warning") {
    return `${layer}  Warning: ${event.diagnostic.summary}`;
  }
  if (event.type !== "started" && event.type !== "progress" && event.type !== "completed") return undefined;
  const words = DOING[event.action];
  if (words === undefined) return undefined;
  const { address, elapsedSeconds } = event;
  if (event.type === "started") return `${layer}  ${address}: ${words[0]}`;
  const time = `${Math.round(elapsedSeconds)} s`;
  return `${layer}  ${address}: ${event.type === "completed" ? `${words[1]} after` : `${words[0]} since`} ${time}`;
}
