/** Policy: the greatest count everywhere, whatever it costs. @module */
import type { Policy, PolicyInfo, PolicySpec } from "./policy.js";

/** Keeps every control of kind `count` at its greatest value and holds the others: the upper end of what can be spent. */
export class AlwaysUpPolicy implements Policy {
  readonly name: string;
  readonly kind = "rule" as const;
  #spec: PolicySpec | undefined;

  constructor({ name = "always-up" }: { readonly name?: string } = {}) {
    this.name = name;
  }

  bind(spec: PolicySpec): void {
    this.#spec = spec;
  }

  reset(): void {}

  act(_observation: unknown, info: PolicyInfo): unknown {
    const spec = this.#spec!;
    const desired = spec.controls.map(({ name, kind, max }) => (kind === "count" ? max : info.controls[name]!.desired));
    return spec.encode(desired, info);
  }
}
