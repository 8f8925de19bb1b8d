/** What actions come to and which are allowed, as numbers: hundreds of environments look it up in every step. @module */
import type { CompiledEnv } from "./compile.js";
import type { Configuration, Masks, Outcome } from "./configuration.js";
import { isKept } from "./decision.js";

/** Outcomes kept at most: 4 MB. */
const MOST_OUTCOMES = 2 ** 20;

/** Outcomes and masks of one definition, filled in as they are met. A situation is twice a configuration's key, and 1 more while a change is under way. */
export class DecisionTable {
  /** Configurations that actions have come to, by key. */
  readonly configurations: Configuration[] = [];
  /** By situation and action: twice the key of the configuration that is desired then, and 1 more where the action is refused; -1 while unknown. */
  readonly outcomes: Int32Array;
  /** By situation: 1 where its masks are known. */
  readonly hasMasks: Uint8Array;
  /** Masks by situation: bytes, or four at a time where a row of them comes out even. */
  readonly masks: Uint8Array | Uint32Array;
  /** Length of a row of masks. */
  readonly maskLength: number;
  readonly #sizes: readonly number[];
  readonly #maskBytes: Uint8Array;

  private constructor({ codec }: CompiledEnv, situations: number, outcomes: number) {
    this.#sizes = codec.sizes;
    this.outcomes = new Int32Array(outcomes).fill(-1);
    this.hasMasks = new Uint8Array(situations);
    const width = codec.sizes.reduce((sum, size) => sum + size, 0);
    this.#maskBytes = new Uint8Array(situations * width);
    const isEven = width % 4 === 0;
    this.masks = isEven ? new Uint32Array(this.#maskBytes.buffer) : this.#maskBytes;
    this.maskLength = isEven ? width / 4 : width;
  }

  /** A table; null where what an action comes to depends on more, or there would be too much to keep. */
  static of(compiled: CompiledEnv): DecisionTable | null {
    const { codec, controls, definition } = compiled;
    if (!isKept(compiled) || definition.limits.maxUsd !== undefined) return null;
    const situations = controls.reduce((product, { size }) => product * size, 2);
    const outcomes = codec.sizes.reduce((product, size) => product * size, situations);
    return outcomes > MOST_OUTCOMES ? null : new DecisionTable(compiled, situations, outcomes);
  }

  /** Where the outcome of an action lies. @param offset - Where its components begin in the array. */
  placeOf(situation: number, actions: Int32Array | Float32Array, offset: number): number {
    const sizes = this.#sizes;
    let place = situation;
    for (let k = 0; k < sizes.length; k++) place = place * sizes[k]! + actions[offset + k]!;
    return place;
  }

  /** Notes an outcome. @returns What {@link outcomes} has there now. */
  keep(place: number, { configuration, refusal }: Outcome): number {
    this.configurations[configuration.key] = configuration;
    const outcome = 2 * configuration.key + (refusal === null ? 0 : 1);
    this.outcomes[place] = outcome;
    return outcome;
  }

  /** Notes the masks of a situation. */
  keepMasks(situation: number, { row }: Masks): void {
    this.#maskBytes.set(row, situation * row.length);
    this.hasMasks[situation] = 1;
  }
}
