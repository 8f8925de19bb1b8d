/** Interned configurations: what a vector of control values means for graph, price, plan, guard and mask. @module */
import { InvalidDefinitionError } from "../errors.js";
import { composeEdits, setAttribute } from "../infra/edits.js";
import type { Guard } from "../infra/guard.js";
import type { InfraGraph } from "../infra/infra-graph.js";
import { type Plan, plan } from "../infra/plan.js";
import { desiredStateOf } from "../simulator/from-graph.js";
import type { DesiredState, SimulatorModel } from "../simulator/model.js";
import type { ActionCodec } from "./action-codec.js";

/** One vector of slots and all that follows from it. Shared by all environments of a definition. */
export interface Configuration {
  /** Number of the configuration: its slots in mixed radix. */
  readonly key: number;
  readonly slots: Int32Array;
  readonly graph: InfraGraph;
  readonly state: DesiredState;
  /** Masks that were asked for, by circumstances. */
  readonly masks: (Masks | undefined)[];
  /** Plans from here, by the key of the other. */
  readonly plans: Map<number, Plan>;
  /** What actions come to from here, by number of the action: while nothing is being applied, and while something is. */
  readonly outcomes: readonly [(Outcome | undefined)[], (Outcome | undefined)[]];
}

/** What an action comes to. */
export interface Outcome {
  /** What will be desired: the old configuration where the action is refused. */
  readonly configuration: Configuration;
  /** Why the action is not carried out, or null. */
  readonly refusal: string | null;
}

/** Which values of each component are allowed, 1 or 0; and all of them in a row. */
export interface Masks {
  readonly components: readonly Uint8Array[];
  readonly row: Uint8Array;
}

/** Configurations kept at most, so that wide domains do not fill the memory; a graph takes some kilobytes. */
const MOST_KEPT = 4096;
/** Plans kept at most. */
const MOST_PLANS = 2_048;

/** The configurations of a definition, made when first asked for, and again after many others: compare them by `key`. */
export class Configurations {
  readonly initial: Configuration;
  /** Whether all of them are kept once made, so that one may hold on to others. */
  readonly areFew: boolean;
  readonly #codec: ActionCodec;
  readonly #graph: InfraGraph;
  readonly #model: SimulatorModel;
  readonly #guard: Guard;
  readonly #byKey = new Map<number, Configuration>();
  #plans = 0;

  /** @throws InvalidDefinitionError when there are more configurations than a number can count */
  constructor(codec: ActionCodec, graph: InfraGraph, model: SimulatorModel, guard: Guard) {
    const count = codec.controls.reduce((product, { size }) => product * size, 1);
    if (count > Number.MAX_SAFE_INTEGER) {
      throw new InvalidDefinitionError(
        "controls",
        "together have more than 2^53 configurations. Narrow their domains.",
      );
    }
    this.areFew = count <= MOST_KEPT;
    this.#codec = codec;
    this.#graph = graph;
    this.#model = model;
    this.#guard = guard;
    this.initial = this.at(codec.controls.map((control) => control.initial));
  }

  /** The configuration of a vector of slots, each within its control's domain. */
  at(slots: ArrayLike<number>): Configuration {
    const { controls } = this.#codec;
    let key = 0;
    for (let k = 0; k < controls.length; k++) key = key * controls[k]!.size + slots[k]!;
    return this.#byKey.get(key) ?? this.#make(key, Int32Array.from(slots));
  }

  /** What it takes to get from one to another. Frozen and shared. */
  plan(from: Configuration, to: Configuration): Plan {
    let found = from.plans.get(to.key);
    if (found === undefined) {
      if (this.#plans++ >= MOST_PLANS) this.#forgetPlans();
      found = Object.freeze(plan(from.graph, to.graph));
      from.plans.set(to.key, found);
    }
    return found;
  }

  #forgetPlans(): void {
    for (const { plans } of this.#byKey.values()) plans.clear();
    this.#plans = 1;
  }

  /** Why the guard refuses a change, or null. @param spentUsd - Billed so far. */
  refusal(from: Configuration, to: Configuration, spentUsd: number): string | null {
    if (from.key === to.key) return null;
    const verdict = this.#guard.check(from.graph, to.graph, spentUsd);
    return verdict.allowed ? null : `${verdict.reason}: ${verdict.text}`;
  }

  /**
   * Which components are allowed, each judged with the others left as they are. Frozen by convention and shared: do not write to it.
   * @param applying - A change is under way: choices such as sizes have to wait.
   * @param overBudget - `limits.maxUsd` is spent: nothing may become dearer.
   */
  masks(from: Configuration, applying: boolean, overBudget: boolean): Masks {
    const which = (applying ? 1 : 0) + (overBudget ? 2 : 0);
    return from.masks[which] ?? this.#makeMasks(from, which, applying, overBudget);
  }

  #makeMasks(from: Configuration, which: number, applying: boolean, overBudget: boolean): Masks {
    const components = this.#codec.sizes.map((size, k) =>
      Uint8Array.from({ length: size }, (_, value) => (this.#allows(from, k, value, applying, overBudget) ? 1 : 0)),
    );
    const masks = { components, row: Uint8Array.from(components.flatMap((component) => [...component])) };
    from.masks[which] = masks;
    return masks;
  }

  #allows(from: Configuration, k: number, value: number, applying: boolean, overBudget: boolean): boolean {
    const control = this.#codec.controls[k]!;
    // What the residual's rule asks for is not known beforehand; its result is kept within the domain.
    if (control.mode === "residual" && control.kind === "count") return true;
    const slot = this.#codec.decode(k, value, from.slots[k]!, from.slots[k]!);
    if (slot < 0 || slot >= control.size) return false;
    if (slot === from.slots[k]) return control.mode !== "residual" || value === -control.residual[0];
    if (applying && control.kind === "choice") return false;
    const slots = from.slots.slice();
    slots[k] = slot;
    return this.refusal(from, this.at(slots), overBudget ? Number.POSITIVE_INFINITY : 0) === null;
  }

  #make(key: number, slots: Int32Array): Configuration {
    const edits = this.#codec.controls.map(({ target, attribute, values }, k) =>
      setAttribute(target, attribute, values[slots[k]!]!),
    );
    const graph = composeEdits(...edits)(this.#graph);
    const made: Configuration = {
      key,
      slots,
      graph,
      state: desiredStateOf(graph, this.#model),
      masks: [],
      plans: new Map(),
      outcomes: [[], []],
    };
    if (this.#byKey.size >= MOST_KEPT) this.#byKey.clear();
    this.#byKey.set(key, made);
    return made;
  }
}
