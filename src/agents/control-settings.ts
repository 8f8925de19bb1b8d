/** What every rule can be told besides its own options: targets by control, sizes to hold, and how often it looks. @module */
import { InvalidOptionError, PolicyMismatchError } from "../errors.js";
import { suggestion } from "../messages.js";
import type { PolicyControl, PolicySpec } from "./policy.js";
import { checkUtilization } from "./rule-options.js";

/** Options that all rules share. */
export interface ControlSettingsOptions {
  /** Utilization to keep for single controls, by name, a ratio above 0 and at most 1. Goes before `utilization`. */
  readonly utilizations?: Readonly<Record<string, number>>;
  /** Values at which controls that choose from lists are held, by name; each by its index. @defaultValue what the episode starts with */
  readonly held?: Readonly<Record<string, number>>;
  /** How often the rule looks; see `Policy.everySeconds`. Unit: seconds. @defaultValue once a step */
  readonly everySeconds?: number;
}

/** Answers what a rule was told about a control. */
export class ControlSettings {
  readonly everySeconds: number | undefined;
  readonly #utilization: number;
  readonly #utilizations: Readonly<Record<string, number>>;
  readonly #held: Readonly<Record<string, number>>;

  /** @param utilization - For controls that have none of their own. @throws InvalidOptionError */
  constructor(utilization: number, { utilizations = {}, held = {}, everySeconds }: ControlSettingsOptions) {
    checkUtilization("utilization", utilization);
    for (const [name, value] of Object.entries(utilizations)) checkUtilization(`utilizations.${name}`, value);
    for (const [name, value] of Object.entries(held)) {
      if (Number.isInteger(value) && value >= 0) continue;
      throw new InvalidOptionError(`held.${name}`, "an integer of at least 0: the index of a value", value);
    }
    if (everySeconds !== undefined && !(everySeconds > 0 && Number.isFinite(everySeconds))) {
      throw new InvalidOptionError("everySeconds", "a finite number above 0 (seconds)", everySeconds);
    }
    this.#utilization = utilization;
    this.#utilizations = utilizations;
    this.#held = held;
    this.everySeconds = everySeconds;
  }

  /** @throws PolicyMismatchError, InvalidOptionError when the environment lacks a control that is named, or a value of it */
  check(policy: string, { id, controls }: PolicySpec): void {
    for (const [kind, names] of [
      ["count", Object.keys(this.#utilizations)],
      ["choice", Object.keys(this.#held)],
    ] as const) {
      const known = controls.filter((control) => control.kind === kind).map(({ name }) => name);
      const stranger = names.find((name) => !known.includes(name));
      if (stranger === undefined) continue;
      const what = kind === "count" ? "counts replicas" : "chooses from a list";
      const got = `${id}, where ${known.length === 0 ? "none does" : `${known.join(", ")} does`}`;
      throw new PolicyMismatchError(
        policy,
        `a control ${stranger} that ${what}`,
        `${got}. ${suggestion(stranger, known)}`.trim(),
      );
    }
    for (const { name, min, max } of controls) {
      const value = this.#held[name];
      if (value === undefined || (value >= min && value <= max)) continue;
      throw new InvalidOptionError(`held.${name} of policy ${policy}`, `an integer from ${min} to ${max}`, value);
    }
  }

  /** The utilization to keep for a control. */
  utilizationOf({ name }: PolicyControl): number {
    return this.#utilizations[name] ?? this.#utilization;
  }

  /** The value of a control that is no count. @param present - What is desired now. */
  heldAt({ name }: PolicyControl, present: number): number {
    return this.#held[name] ?? present;
  }
}
