/** What an action comes to: the configuration it asks for, or why it is not carried out. @module */
import { InvalidActionError } from "../errors.js";
import { trackedSlot } from "./action-codec.js";
import type { CompiledEnv } from "./compile.js";
import type { Configuration, Masks, Outcome } from "./configuration.js";

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

/** Actions at most of which it is kept what they come to. */
const MOST_ACTIONS = 4096;

/** Whether an action comes to the same whenever it is taken from the same configuration within the budget, so that it is looked up. */
export function isKept({ codec, configurations }: CompiledEnv): boolean {
  const actions = codec.sizes.reduce((product, size) => product * size, 1);
  return !codec.continuous && !codec.residual && configurations.areFew && actions <= MOST_ACTIONS;
}

/** Judges actions of one definition. */
export class Decision {
  readonly #compiled: CompiledEnv;
  readonly #slots: Int32Array;
  readonly #rules: Int32Array;
  readonly #isKept: boolean;
  /** From this spending on, nothing may become dearer. Unit: USD. */
  readonly #budget: number;

  constructor(compiled: CompiledEnv) {
    this.#compiled = compiled;
    this.#slots = new Int32Array(compiled.controls.length);
    this.#rules = new Int32Array(compiled.controls.length);
    this.#budget = compiled.definition.limits.maxUsd ?? Number.POSITIVE_INFINITY;
    this.#isKept = isKept(compiled);
  }

  /**
   * Judges one action, which lies in the action space.
   * @param action - The component itself, or an array of components.
   * @param offset - Where the components begin in the array.
   * @returns Shared: do not write to it.
   * @throws InvalidActionError where the mask forbids it and the definition's rule is "error"
   */
  make(from: Configuration, action: number | ArrayLike<number>, offset: number, now: Circumstances): Outcome {
    if (!this.#isKept || this.#isOverBudget(now.spentUsd)) return this.#judge(from, action, offset, now);
    const outcomes = from.outcomes[now.applying ? 1 : 0];
    const number = this.#numberOf(action, offset);
    outcomes[number] ??= this.#judge(from, action, offset, now);
    return outcomes[number];
  }

  /** The action's components in mixed radix. */
  #numberOf(action: number | ArrayLike<number>, offset: number): number {
    if (typeof action === "number") return action;
    const { sizes } = this.#compiled.codec;
    let number = 0;
    for (let k = 0; k < sizes.length; k++) number = number * sizes[k]! + action[offset + k]!;
    return number;
  }

  #judge(from: Configuration, action: number | ArrayLike<number>, offset: number, now: Circumstances): Outcome {
    const { codec, controls, configurations, definition } = this.#compiled;
    const rules = codec.residual ? this.rules(from, now) : from.slots;
    const masks = codec.continuous ? null : this.masks(from, now.applying, now.spentUsd).components;
    for (let k = 0; k < controls.length; k++) {
      const value = typeof action === "number" ? action : action[offset + k]!;
      if (masks !== null && masks[k]![value] === 0) {
        const refusal = `mask: ${controls[k]!.name} cannot do ${value} now.`;
        if (definition.invalidAction !== "error") return { configuration: from, refusal };
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
    if (to.key === from.key) return { configuration: from, refusal: null };
    const refusal = configurations.refusal(from, to, now.spentUsd);
    return { configuration: refusal === null ? to : from, refusal };
  }

  /** Masks of the components. Shared: do not write to them. */
  masks(from: Configuration, applying: boolean, spentUsd: number): Masks {
    return this.#compiled.configurations.masks(from, applying, this.#isOverBudget(spentUsd));
  }

  #isOverBudget(spentUsd: number): boolean {
    return spentUsd >= this.#budget;
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
