/** What a run of Terraform says it would do, or did, read from its events. @module */
import type { ChangeCounts, TerraformAction, TerraformEvent } from "./events.js";

/** One change of a plan, or one difference found. */
export interface PlannedChange {
  readonly address: string;
  readonly action: TerraformAction;
}

/** What a plan says. */
export interface TerraformPlan {
  readonly changes: readonly PlannedChange[];
  /** What was changed or deleted behind Terraform's back, and would be mended: not what only follows from other resources. */
  readonly drift: readonly PlannedChange[];
  readonly counts: ChangeCounts;
  /** Whether nothing is to be done, outputs included. */
  readonly isEmpty: boolean;
}

/** What an apply or a destroy did. */
export interface TerraformResult {
  readonly counts: ChangeCounts;
  /** Names of the outputs that changed. */
  readonly changedOutputs: readonly string[];
  /** Unit: seconds. */
  readonly seconds: number;
}

const NOTHING: ChangeCounts = { add: 0, change: 0, remove: 0, import: 0 };

/** The plan that events tell of. @param isEmpty - Whether Terraform ended as it does where nothing is to be done. */
export function planIn(events: readonly TerraformEvent[], isEmpty: boolean): TerraformPlan {
  const pick = (type: "plannedChange" | "drift"): PlannedChange[] =>
    events.flatMap((event) => (event.type === type ? [{ address: event.address, action: event.action }] : []));
  const changes = pick("plannedChange");
  const drift = pick("drift").filter(({ address }) => changes.some((change) => change.address === address));
  return { changes, drift, counts: countsIn(events), isEmpty };
}

/** How many resources were changed, or would be, in each way. */
export function countsIn(events: readonly TerraformEvent[]): ChangeCounts {
  const summary = events.findLast((event) => event.type === "summary");
  return summary?.type === "summary" ? summary.changes : NOTHING;
}
