/** What the actions of a batch of environments come to, and what their masks allow next. @module */
import type { SimulatedPlane } from "../backends/simulated-plane.js";
import type { CompiledEnv } from "./compile.js";
import type { Configuration, Masks, Outcome } from "./configuration.js";
import { type Circumstances, Decision } from "./decision.js";

/** The configurations of N environments, and the circumstances in which their next actions are judged. */
export class VectorDecisions {
  /** By environment; changed by {@link carryOut}. */
  readonly configurations: Configuration[];
  /** Billed in each episode so far, to be written after every step. Unit: USD. */
  readonly spentUsd: Float64Array;
  readonly decision: Decision;
  readonly #plane: SimulatedPlane;
  readonly #controls: number;
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
    this.#applying = new Uint8Array(numEnvs);
    this.#now = { values, stride, env: 0, applying: false, spentUsd: 0 };
  }

  /** Takes up an environment whose world has been reset or put back. */
  take(env: number, configuration: Configuration, spentUsd: number): void {
    this.configurations[env] = configuration;
    this.spentUsd[env] = spentUsd;
    this.#applying[env] = this.#plane.simulator.isApplying(env) ? 1 : 0;
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
    for (let env = 0; env < skip.length; env++) {
      if (skip[env] === 1) continue;
      const { configuration: to, refusal } = this.#judge(env, actions);
      if (refusal !== null) refused[env] = 1;
      if (to === this.configurations[env]) continue;
      this.configurations[env] = to;
      this.#plane.desire(env, to.state);
    }
  }

  #judge(env: number, actions: Int32Array | Float32Array): Outcome {
    return this.decision.make(this.configurations[env]!, actions, env * this.#controls, this.circumstances(env));
  }

  /** Notes where changes are under way now, and writes the masks that follow. @param into - Uint8Array of shape [numEnvs, sum of the components' sizes]; empty for continuous controls. */
  writeMasks(into: Uint8Array): void {
    const { simulator } = this.#plane;
    const numEnvs = this.#applying.length;
    for (let env = 0; env < numEnvs; env++) this.#applying[env] = simulator.isApplying(env) ? 1 : 0;
    const width = into.length / numEnvs;
    if (width === 0) return;
    if (width % 4 !== 0) {
      for (let env = 0; env < numEnvs; env++) into.set(this.#masksOf(env).row, env * width);
      return;
    }
    const wide = new Uint32Array(into.buffer);
    for (let env = 0, at = 0; env < numEnvs; env++) {
      const { words } = this.#masksOf(env);
      for (let k = 0; k < words.length; k++) wide[at++] = words[k]!;
    }
  }

  #masksOf(env: number): Masks {
    return this.decision.masks(this.configurations[env]!, this.#applying[env] === 1, this.spentUsd[env]!);
  }
}
