/** What Terraform says while it runs, one typed event per line of its `-json` output. @module */
import type { Redact } from "../secrets.js";

/** What Terraform does, or means to do, to a resource. */
export type TerraformAction = "create" | "read" | "update" | "replace" | "delete" | "move" | "forget" | "noop";

/** How many resources a plan or an apply adds, changes and removes. */
export interface ChangeCounts {
  readonly add: number;
  readonly change: number;
  readonly remove: number;
  readonly import: number;
}

/** A complaint of Terraform. */
export interface Diagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail: string;
  /** Address of the resource; empty where none is to blame. */
  readonly address: string;
  /** `main.tf:12`; empty where the complaint is of no place in particular. */
  readonly place: string;
}

/** One event. */
export type TerraformEvent =
  | { readonly type: "version"; readonly version: string }
  | { readonly type: "plannedChange" | "drift"; readonly address: string; readonly action: TerraformAction }
  | {
      readonly type: "started" | "progress" | "completed" | "failed";
      readonly address: string;
      readonly action: TerraformAction;
      /** Unit: seconds. */
      readonly elapsedSeconds: number;
    }
  | { readonly type: "summary"; readonly operation: string; readonly changes: ChangeCounts }
  | {
      readonly type: "outputs";
      /** Names of those that a plan means to change. */
      readonly changed: readonly string[];
      /** Values after an apply, as JSON text; sensitive ones are left out. */
      readonly values: Readonly<Record<string, string>>;
    }
  | { readonly type: "diagnostic"; readonly diagnostic: Diagnostic }
  | { readonly type: "message"; readonly level: string; readonly text: string };

/** A line of JSON, as far as it is read. @see https://developer.hashicorp.com/terraform/internals/machine-readable-ui */
interface Line {
  readonly type?: string;
  readonly "@level"?: string;
  readonly "@message"?: string;
  readonly terraform?: string;
  readonly tofu?: string;
  readonly change?: { readonly resource?: { readonly addr?: string }; readonly action?: string };
  readonly hook?: {
    readonly resource?: { readonly addr?: string };
    readonly action?: string;
    readonly elapsed_seconds?: number;
  };
  readonly changes?: Partial<ChangeCounts> & { readonly operation?: string };
  readonly outputs?: Readonly<
    Record<string, { readonly action?: string; readonly sensitive?: boolean; readonly value?: unknown }>
  >;
  readonly diagnostic?: {
    readonly severity?: string;
    readonly summary?: string;
    readonly detail?: string;
    readonly address?: string;
    readonly range?: { readonly filename?: string; readonly start?: { readonly line?: number } };
  };
}

const PHASES = {
  apply_start: "started",
  apply_progress: "progress",
  apply_complete: "completed",
  apply_errored: "failed",
} as const;

/** Reads one line; what is not JSON is a message. Quoted source lines are left out: they may hold secrets. */
export function parseEvent(text: string, redact: Redact): TerraformEvent {
  const line = parseLine(text);
  if (line === undefined) return { type: "message", level: "text", text: redact(text) };
  const { change, hook, changes, outputs, diagnostic } = line;
  if (line.type === "version") return { type: "version", version: line.terraform ?? line.tofu ?? "" };
  if ((line.type === "planned_change" || line.type === "resource_drift") && change !== undefined) {
    const type = line.type === "planned_change" ? "plannedChange" : "drift";
    return { type, address: change.resource?.addr ?? "", action: actionOf(change.action) };
  }
  if (line.type !== undefined && line.type in PHASES && hook !== undefined) {
    const type = PHASES[line.type as keyof typeof PHASES];
    const address = hook.resource?.addr ?? "";
    return { type, address, action: actionOf(hook.action), elapsedSeconds: hook.elapsed_seconds ?? 0 };
  }
  if (line.type === "change_summary" && changes !== undefined) {
    const { add = 0, change: changed = 0, remove = 0, import: imported = 0, operation = "" } = changes;
    return { type: "summary", operation, changes: { add, change: changed, remove, import: imported } };
  }
  if (line.type === "outputs" && outputs !== undefined) {
    const entries = Object.entries(outputs);
    const changed = entries.filter(([, { action = "noop" }]) => action !== "noop").map(([name]) => name);
    const shown = entries.filter(([, { sensitive, value }]) => sensitive !== true && value !== undefined);
    const values = Object.fromEntries(shown.map(([name, { value }]) => [name, JSON.stringify(value)]));
    return { type: "outputs", changed, values };
  }
  if (line.type === "diagnostic" && diagnostic !== undefined) {
    return { type: "diagnostic", diagnostic: diagnosticOf(diagnostic, redact) };
  }
  return { type: "message", level: line["@level"] ?? "info", text: redact(line["@message"] ?? "") };
}

function parseLine(text: string): Line | undefined {
  if (!text.startsWith("{")) return undefined;
  try {
    return JSON.parse(text) as Line;
  } catch {
    return undefined;
  }
}

function actionOf(word = "noop"): TerraformAction {
  return (word === "remove" ? "delete" : word) as TerraformAction;
}

function diagnosticOf(told: NonNullable<Line["diagnostic"]>, redact: Redact): Diagnostic {
  const { filename, start } = told.range ?? {};
  return {
    severity: told.severity === "warning" ? "warning" : "error",
    summary: redact(told.summary ?? ""),
    detail: redact(told.detail ?? ""),
    address: told.address ?? "",
    place: filename === undefined ? "" : `${filename}${start?.line === undefined ? "" : `:${start.line}`}`,
  };
}
