/** Some parts of a Dict or a Tuple. @module */
import { InvalidOptionError } from "../errors.js";
import { Dict, type DictSpaces } from "../spaces/dict.js";
import type { Space } from "../spaces/space.js";
import { Tuple, type TupleSpaces } from "../spaces/tuple.js";

type Key = string | number;
type Parts = Readonly<Record<Key, unknown>>;

/** Picks parts by name or place, out of values and batches alike, and says in which space they lie. */
export class PartFilter {
  /** The space of what is kept. */
  readonly space: Space<unknown>;
  readonly keys: readonly Key[];
  readonly #isTuple: boolean;

  /**
   * @param name - What the space is called in messages.
   * @throws {@link InvalidOptionError} when the space is no Dict or Tuple, or a key is none of its own or there twice.
   */
  constructor(name: string, space: Space<unknown>, filterKeys: readonly Key[]) {
    if (!(space instanceof Dict || space instanceof Tuple))
      throw new InvalidOptionError(name, "a Dict or Tuple", space);
    const parts = space.spaces as DictSpaces | TupleSpaces;
    const known: readonly Key[] = Array.isArray(parts) ? parts.map((_, i) => i) : Object.keys(parts);
    const keys: readonly Key[] = Array.isArray(filterKeys) ? [...filterKeys] : [];
    if (keys.length === 0 || new Set(keys).size < keys.length || !keys.every((key) => known.includes(key))) {
      throw new InvalidOptionError("filterKeys", `a list of some of ${known.join(", ")}`, filterKeys);
    }
    this.keys = keys;
    this.#isTuple = space instanceof Tuple;
    const kept = this.pick(parts);
    this.space = this.#isTuple ? new Tuple(kept as TupleSpaces) : new Dict(kept as DictSpaces);
  }

  /** The parts of a whole that are kept. */
  pick(whole: unknown): unknown {
    const picked = (this.#isTuple ? [] : {}) as Record<Key, unknown>;
    for (let i = 0; i < this.keys.length; i++) {
      const key = this.keys[i]!;
      picked[this.#isTuple ? i : key] = (whole as Parts)[key];
    }
    return picked;
  }
}
