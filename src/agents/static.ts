/** Policy: the same desired values from the first step to the last. @module */
import { InvalidOptionError, PolicyMismatchError } from "../errors.js";
import { suggestion } from "../messages.js";
import type { Policy, PolicyInfo, PolicySpec } from "./policy.js";

/** Options of {@link StaticPolicy}. */
export interface StaticPolicyOptions {
  /** What results call it. @defaultValue "static" */
  readonly name?: string;
  /** Desired value of every control of kind `count`. @defaultValue what the episode starts with */
  readonly replicas?: number;
  /** Desired values of single controls, by name; a choice by its index. Goes before `replicas`. */
  readonly values?: Readonly<Record<string, number>>;
}

/**
 * Holds the values an episode starts with, or those it was given: no autoscaling at all.
 *
 * @example
 * new StaticPolicy({ replicas: 8 }); // on the command line: static:8, or static:web=8 for one control
 */
export class StaticPolicy implements Policy {
  readonly name: string;
  readonly kind = "rule" as const;
  readonly #replicas: number | undefined;
  readonly #values: Readonly<Record<string, number>>;
  #spec: PolicySpec | undefined;
  #held: number[] | undefined;

  /** @throws {@link InvalidOptionError} when a value is not an integer of at least 0. */
  constructor({ name = "static", replicas, values = {} }: StaticPolicyOptions = {}) {
    if (replicas !== undefined) checkCount("replicas", replicas);
    for (const [control, value] of Object.entries(values)) checkCount(`values.${control}`, value);
    this.name = name;
    this.#replicas = replicas;
    this.#values = values;
  }

  /** @throws PolicyMismatchError, InvalidOptionError when a control is unknown or a value lies outside its range */
  bind(spec: PolicySpec): void {
    const names = spec.controls.map((control) => control.name);
    for (const name of Object.keys(this.#values)) {
      if (names.includes(name)) continue;
      throw new PolicyMismatchError(
        this.name,
        `a control ${name}`,
        `an environment without it. ${suggestion(name, names)}`,
      );
    }
    for (const control of spec.controls) {
      const value = this.#valueFor(control.name, control.kind);
      if (value === undefined || (value >= control.min && value <= control.max)) continue;
      const expected = `an integer from ${control.min} to ${control.max} for control ${control.name} of ${spec.id}`;
      throw new InvalidOptionError(`the value of policy ${this.name}`, expected, value);
    }
    this.#spec = spec;
    this.#held = undefined;
  }

  reset(): void {
    this.#held = undefined;
  }

  act(_observation: unknown, info: PolicyInfo): unknown {
    const spec = this.#spec!;
    this.#held ??= spec.controls.map(({ name, kind }) => this.#valueFor(name, kind) ?? info.controls[name]!.desired);
    return spec.encode(this.#held, info);
  }

  #valueFor(name: string, kind: "count" | "choice"): number | undefined {
    return this.#values[name] ?? (kind === "count" ? this.#replicas : undefined);
  }
}

function checkCount(option: string, value: unknown): void {
  if (typeof value === "number" && Number.isInteger(value) && value >= 0) return;
  throw new InvalidOptionError(option, "an integer of at least 0", value);
}
