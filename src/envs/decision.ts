/** What an action comes to: the configuration it asks for, or why it is not carried out. @module */
import { InvalidActionError } from "../errors.js";
import { trackedSlot } from "./action-codec.js";
import type { CompiledEnv } from "./compile.js";
import type { Configuration } from "./configuration.js";

/** The circumstances of an action. */
export interface Circumstances {
  /** Raw values of the features: value of feature f at `f * stride + env`. */
  readonly values: Float64Array;
  readonly stride: number;
  readonly env: number;
  /** A change is under way. */
  readonly applying: boolean;
  /** Billed in this episode so far. Unit: USD. */
  readonly spentUsd: number;
}

/** Judges actions of one definition. Reused: read the result at once. */
export class Decision {
  /** What will be desired: the old configuration where the action is refused. */
  configuration: Configuration;
  /** Why the action is not carried out, or null. */
  refusal: string | null = null;
  readonly #compiled: CompiledEnv;
  readonly #slots: Int32Array;
  readonly #rules: Int32Array;

  constructor(compiled: CompiledEnv) {
    this.#compiled = compiled;
    this.#slots = new Int32Array(compiled.controls.length);
    this.#rules = new Int32Array(compiled.controls.length);
    this.configuration = compiled.configurations.initial;
  }

  /**
   * Judges one action, which lies in the action space.
   * @param action - The component itself, or an array of components.
   * @param offset - Where the components begin in the array.
   * @throws InvalidActionError where the mask forbids it and the definition's rule is "error"
   */
  make(from: Configuration, action: number | ArrayLike<number>, offset: number, now: Circumstances): void {
    const { codec, controls, configurations, definition } = this.#compiled;
    const rules = codec.residual ? this.rules(from, now) : from.slots;
    const masks = codec.continuous ? null : this.masks(from, now);
    this.configuration = from;
    this.refusal = null;
    for (let k = 0; k < controls.length; k++) {
      const value = typeof action === "number" ? action : action[offset + k]!;
      if (masks !== null && masks[k]![value] === 0) {
        this.refusal = `mask: ${controls[k]!.name} cannot do ${value} now.`;
        if (definition.invalidAction !== "error") return;
        const path = controls.length === 1 ? "" : `[${k}]`;
        throw new InvalidActionError(
          path,
          `one of the values that info.actionMask allows for ${controls[k]!.name} now`,
          value,
        );
      }
      this.#slots[k] = codec.decode(k, value, from.slots[k]!, rules[k]!);
    }
    const to = configurations.at(this.#slots);
    if (to.key === from.key) return;
    this.refusal = configurations.refusal(from, to, now.spentUsd);
    if (this.refusal === null) this.configuration = to;
  }

  /** Masks of the components. Shared: do not write to them. */
  masks(from: Configuration, { applying, spentUsd }: Circumstances): readonly Uint8Array[] {
    return this.#compiled.configurations.masks(from, applying, this.#isOverBudget(spentUsd)).components;
  }

  /** The same, one after the other. */
  maskRow(from: Configuration, { applying, spentUsd }: Circumstances): Uint8Array {
    return this.#compiled.configurations.masks(from, applying, this.#isOverBudget(spentUsd)).row;
  }

  #isOverBudget(spentUsd: number): boolean {
    const { maxUsd } = this.#compiled.definition.limits;
    return maxUsd !== undefined && spentUsd >= maxUsd;
  }

  /** Slots that the rule of mode `residual` asks for. Reused by the next call. */
  rules(from: Configuration, { values, stride, env }: Circumstances): Int32Array {
    const { controls, signals } = this.#compiled;
    for (let k = 0; k < controls.length; k++) {
      const { utilization, replicas } = signals[k]!;
      const slot = from.slots[k]!;
      const known = controls[k]!.kind === "count" && utilization >= 0 && replicas >= 0;
      this.#rules[k] = known
        ? trackedSlot(controls[k]!, values[utilization * stride + env]!, values[replicas * stride + env]!, slot)
        : slot;
    }
    return this.#rules;
  }
}
