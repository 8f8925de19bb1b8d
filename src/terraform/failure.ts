/** From Terraform's complaints to the errors of the library. @module */
import {
  ApplyFailedError,
  CapacityError,
  CorruptStateError,
  type InfraGymError,
  ProviderMissingError,
  QuotaExceededError,
  type Remains,
  StateLockedError,
  TerraformConfigurationError,
  TokenError,
} from "../errors.js";
import type { Diagnostic, TerraformEvent } from "./events.js";
import type { TerraformEnd } from "./terraform-process.js";

/** Where complaints come from. */
export interface FailureContext {
  readonly folder: string;
  readonly remains: Remains;
  /** Whether a token was given: without one, a refusal means that it is missing. */
  readonly hasToken: boolean;
  /** Whether Terraform had begun to change things. */
  readonly hasStarted: boolean;
}

/** One failure as backends report it. */
export interface Failure {
  /** Address of the resource, or the folder where none is to blame. */
  readonly address: string;
  readonly code: string;
  readonly message: string;
  /** Whether trying again without a change may succeed. */
  readonly retryable: boolean;
}

/** Complaints that only say that something else went wrong. */
const ECHOES = /^(execution halted|operation canceled|plugin did not respond)$/i;
const RETRYABLE = new Set(["INFRA_GYM_CAPACITY", "INFRA_GYM_STATE_LOCKED", "INFRA_GYM_TERRAFORM_CANCELLED"]);

/** The errors of a failed run, the most telling one first; empty without a complaint. */
export function errorsOf(diagnostics: readonly Diagnostic[], context: FailureContext): InfraGymError[] {
  const complaints = diagnostics.filter(({ severity }) => severity === "error");
  const telling = complaints.filter(({ summary }) => !ECHOES.test(summary));
  return (telling.length > 0 ? telling : complaints).map((complaint) => errorOf(complaint, context));
}

/** What backends report of an error thrown by a run: one entry for it and one for each error it brought along. */
export function failuresOf(error: InfraGymError): Failure[] {
  const others = error.cause instanceof AggregateError ? (error.cause.errors as InfraGymError[]) : [];
  return [error, ...others].map((one) => ({
    address: "address" in one && typeof one.address === "string" && one.address !== "" ? one.address : placeOf(one),
    code: one.code,
    message: one.message,
    retryable: RETRYABLE.has(one.code) || (one.code === "INFRA_GYM_APPLY_FAILED" && isPassing(one.message)),
  }));
}

function placeOf(error: InfraGymError): string {
  if ("at" in error && typeof error.at === "string") return error.at;
  return "folder" in error && typeof error.folder === "string" ? error.folder : "";
}

function errorOf(complaint: Diagnostic, context: FailureContext): InfraGymError {
  const { folder, remains } = context;
  const { address, place } = complaint;
  const text = wholeOf(complaint);
  if (/unsupported state file|error loading state|error refreshing state|state file could not be/i.test(text)) {
    return new CorruptStateError(folder, firstReason(complaint), remains.cleanUp);
  }
  if (/acquiring the state lock/i.test(text)) return lockedError(complaint, context);
  if (isProviderMissing(text)) return new ProviderMissingError(folder, sentence(complaint), remains);
  const reason = tokenTrouble(text, context.hasToken);
  if (reason !== undefined) return new TokenError(reason, address === "" ? folder : address, remains);
  if (/exceed\w* your .*limit|(?<!rate )limit (?:has been )?(?:exceeded|reached)|quota/i.test(text)) {
    return new QuotaExceededError(folder, address, sentence(complaint), remains);
  }
  if (
    /capacity|not available in th(?:is|e) region|region is (?:currently )?(?:not available|unavailable)/i.test(text)
  ) {
    return new CapacityError(folder, address, sentence(complaint), remains);
  }
  if (context.hasStarted || statusOf(text) !== undefined) {
    return new ApplyFailedError(folder, address, sentence(complaint), remains);
  }
  const detail = place === "" ? sentence(complaint) : `${place}: ${sentence(complaint)}`;
  return new TerraformConfigurationError(folder, address, detail, remains);
}

function lockedError({ detail }: Diagnostic, { folder, remains }: FailureContext): InfraGymError {
  const field = (name: string) => new RegExp(`^\\s*${name}:\\s*(\\S.*)$`, "m").exec(detail)?.[1]?.trim();
  const who = [field("Who"), field("Operation"), field("Created")].filter((part) => part !== undefined);
  return new StateLockedError(folder, who.length > 0 ? who.join(", ") : "another process", field("ID") ?? "", remains);
}

function isProviderMissing(text: string): boolean {
  return /inconsistent dependency lock file|query available provider packages|missing required provider|provider requirements cannot be satisfied|failed to install provider|no available releases match|could not load plugin|plugins are not consistent|module not installed|backend initialization required/i.test(
    text,
  );
}

function tokenTrouble(text: string, hasToken: boolean): "missing" | "rejected" | "scope" | undefined {
  if (statusOf(text) === 401 || /unable to authenticate you/i.test(text)) return hasToken ? "rejected" : "missing";
  if (statusOf(text) === 403 || /not authorized to perform|do not have access for the attempted/i.test(text)) {
    return "scope";
  }
  return undefined;
}

/** The HTTP status in a complaint of a provider: `POST https://…/v2/droplets: 422 (request "…") …`, or `POST … was answered 422: …`. */
function statusOf(text: string): number | undefined {
  const [, status] = /\b(?:GET|POST|PUT|PATCH|DELETE) \S+(?::| was answered) (\d{3})\b/.exec(text) ?? [];
  return status === undefined ? undefined : Number(status);
}

/** Whether what is wrong may pass by itself. */
function isPassing(text: string): boolean {
  const status = statusOf(text);
  return status === undefined
    ? /timeout|connection|no answer|EOF|temporar/i.test(text)
    : status === 429 || status >= 500;
}

function wholeOf({ summary, detail }: Diagnostic): string {
  return `${summary}\n${detail}`;
}

/** A complaint in one sentence. */
function sentence({ summary, detail }: Diagnostic): string {
  const whole = [summary, detail]
    .filter((part) => part !== "")
    .join(": ")
    .replace(/\s+/g, " ")
    .trim();
  return /[.!?]$/.test(whole) ? whole : `${whole.replace(/:$/, "")}.`;
}

/** The first reason of a list of problems. */
function firstReason({ summary, detail }: Diagnostic): string {
  const text = `${summary}\n${detail}`;
  const [, reason] = /^- (?:[^:\n]*: )?(.+)$/m.exec(text) ?? [];
  return (reason ?? text.split("\n")[0]!).trim();
}

/** Complaints of a run that does not speak JSON, read off its text: `Error: summary`, then the detail. */
export function complaintsIn(lines: readonly string[]): Diagnostic[] {
  const text = lines.map((line) => line.replace(/^[│╷╵]\s?/, "")).join("\n");
  return text
    .split(/^Error: /m)
    .slice(1)
    .map((complaint) => {
      const [summary = "", ...detail] = complaint.split("\n");
      const place = /^\s*on (\S+) line (\d+)/m.exec(complaint);
      return {
        severity: "error",
        summary,
        detail: detail
          .filter((line) => !/^\s*(on \S+ line|\d+:|├|with )/.test(line))
          .join("\n")
          .trim(),
        address: "",
        place: place === null ? "" : `${place[1]}:${place[2]}`,
      };
    });
}

/** What a run said that is not JSON. */
export function textOf(events: readonly TerraformEvent[]): string[] {
  return events.flatMap((event) => (event.type === "message" && event.level === "text" ? [event.text] : []));
}

/** How a run ended that named no reason. */
export function crashText(events: readonly TerraformEvent[], { exitCode, signal }: TerraformEnd): string {
  const how = signal === null ? `exit code ${exitCode}` : `signal ${signal}`;
  const last = textOf(events).slice(-3).join(" ");
  return last === "" ? `Terraform ended with ${how}.` : `Terraform ended with ${how}, and said: ${last}`;
}
