/** What the actions of a batch of environments come to, and what their masks allow next. @module */
import type { SimulatedPlane } from "../backends/simulated-plane.js";
import type { CompiledEnv } from "./compile.js";
import type { Configuration, Masks, Outcome } from "./configuration.js";
import { type Circumstances, Decision } from "./decision.js";
import { DecisionTable } from "./decision-table.js";

/** The configurations of N environments, and the circumstances in which their next actions are judged. */
export class VectorDecisions {
  /** By environment; changed by {@link carryOut}. */
  readonly configurations: Configuration[];
  /** Billed in each episode so far, to be written after every step. Unit: USD. */
  readonly spentUsd: Float64Array;
  readonly decision: Decision;
  readonly #table: DecisionTable | null;
  readonly #plane: SimulatedPlane;
  readonly #controls: number;
  /** Keys of the configurations. */
  readonly #keys: Int32Array;
  /** 1 while a change is under way: what the masks allow, the next action may do. */
  readonly #applying: Uint8Array;
  /** Reused for each environment. */
  readonly #now: { -readonly [Key in keyof Circumstances]: Circumstances[Key] };

  constructor(compiled: CompiledEnv, plane: SimulatedPlane, numEnvs: number) {
    const { values, stride } = plane;
    this.configurations = new Array(numEnvs).fill(compiled.configurations.initial);
    this.spentUsd = new Float64Array(numEnvs);
    this.decision = new Decision(compiled);
    this.#plane = plane;
    this.#controls = compiled.controls.length;
    this.#table = DecisionTable.of(compiled);
    this.#keys = new Int32Array(numEnvs).fill(compiled.configurations.initial.key);
    this.#applying = plane.simulator.applying;
    this.#now = { values, stride, env: 0, applying: false, spentUsd: 0 };
  }

  /** Takes up an environment whose world has been reset or put back. */
  take(env: number, configuration: Configuration, spentUsd: number): void {
    this.configurations[env] = configuration;
    this.#keys[env] = configuration.key;
    this.spentUsd[env] = spentUsd;
  }

  /** Circumstances of an environment's next action. Reused by the next call. */
  circumstances(env: number): Circumstances {
    const now = this.#now;
    now.env = env;
    now.applying = this.#applying[env] === 1;
    now.spentUsd = this.spentUsd[env]!;
    return now;
  }

  /** Judges all actions and carries out none. @param skip - 1 for environments that do not act. @throws InvalidActionError, see {@link Decision.make} */
  check(actions: Int32Array | Float32Array, skip: Uint8Array): void {
    for (let env = 0; env < skip.length; env++) if (skip[env] === 0) this.#judge(env, actions);
  }

  /**
   * Judges all actions and carries them out.
   * @param refused - Gets 1 for those that are not carried out.
   * @param skip - 1 for environments that do not act.
   */
  carryOut(actions: Int32Array | Float32Array, refused: Uint8Array, skip: Uint8Array): void {
    const table = this.#table;
    for (let env = 0; env < skip.length; env++) {
      if (skip[env] === 1) continue;
      if (table !== null) this.#lookUp(table, env, actions, refused);
      else {
        const { configuration, refusal } = this.#judge(env, actions);
        if (refusal !== null) refused[env] = 1;
        this.#desire(env, configuration);
      }
    }
  }

  #lookUp(table: DecisionTable, env: number, actions: Int32Array | Float32Array, refused: Uint8Array): void {
    const key = this.#keys[env]!;
    const place = table.placeOf(2 * key + this.#applying[env]!, actions, env * this.#controls);
    let outcome = table.outcomes[place]!;
    if (outcome < 0) outcome = table.keep(place, this.#judge(env, actions));
    if ((outcome & 1) === 1) refused[env] = 1;
    if (outcome >> 1 !== key) this.#desire(env, table.configurations[outcome >> 1]!);
  }

  #desire(env: number, configuration: Configuration): void {
    if (configuration === this.configurations[env]) return;
    this.configurations[env] = configuration;
    this.#keys[env] = configuration.key;
    this.#plane.desire(env, configuration.state);
  }

  #judge(env: number, actions: Int32Array | Float32Array): Outcome {
    return this.decision.make(this.configurations[env]!, actions, env * this.#controls, this.circumstances(env));
  }

  /** Writes the masks that follow from what is desired and under way now. @param into - Uint8Array of shape [numEnvs, sum of the components' sizes]; empty for continuous controls. */
  writeMasks(into: Uint8Array): void {
    if (into.length === 0) return;
    const numEnvs = this.#keys.length;
    if (this.#table !== null) this.#copyMasks(this.#table, into);
    else for (let env = 0; env < numEnvs; env++) into.set(this.#masksOf(env).row, (env * into.length) / numEnvs);
  }

  #copyMasks(table: DecisionTable, into: Uint8Array): void {
    const { masks, maskLength, hasMasks } = table;
    const to = masks instanceof Uint32Array ? new Uint32Array(into.buffer) : into;
    for (let env = 0, at = 0; env < this.#keys.length; env++) {
      const situation = 2 * this.#keys[env]! + this.#applying[env]!;
      if (hasMasks[situation] === 0) table.keepMasks(situation, this.#masksOf(env));
      const from = situation * maskLength;
      for (let k = 0; k < maskLength; k++) to[at++] = masks[from + k]!;
    }
  }

  #masksOf(env: number): Masks {
    return this.decision.masks(this.configurations[env]!, this.#applying[env] === 1, this.spentUsd[env]!);
  }
}
