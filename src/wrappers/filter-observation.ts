/** Wrapper: some of the parts of an observation. @module */
import type { Env, Info } from "../env.js";
import { InvalidOptionError } from "../errors.js";
import { Dict, type DictSpaces } from "../spaces/dict.js";
import type { Space } from "../spaces/space.js";
import { ObservationWrapper } from "../wrapper.js";

type Parts = Readonly<Record<string, unknown>>;

/** Options of {@link FilterObservation}. */
export interface FilterObservationOptions<Key extends string = string> {
  /** The names of the parts that are kept. At least one. */
  readonly filterKeys: readonly Key[];
}

/** Keeps some parts of the observations of a Dict. */
export class FilterObservation<
  InnerObservation extends Parts,
  Key extends Extract<keyof InnerObservation, string>,
  Action,
  I extends object = Info,
> extends ObservationWrapper<Pick<InnerObservation, Key>, InnerObservation, Action, I> {
  override readonly observationSpace: Space<Pick<InnerObservation, Key>>;
  readonly #keys: readonly Key[];

  /** @throws {@link InvalidOptionError} when the space is no Dict, or a name is none of its own. */
  constructor(env: Env<InnerObservation, Action, I>, { filterKeys }: FilterObservationOptions<Key>) {
    const space = env.observationSpace as Space<unknown>;
    if (!(space instanceof Dict)) throw new InvalidOptionError("env.observationSpace", "a Dict", space);
    const { spaces } = space as Dict<DictSpaces>;
    const names = Object.keys(spaces);
    if (!Array.isArray(filterKeys) || filterKeys.length === 0 || !filterKeys.every((key) => names.includes(key))) {
      throw new InvalidOptionError("filterKeys", `a list of some of the names ${names.join(", ")}`, filterKeys);
    }
    super(env, { filterKeys: [...filterKeys] });
    this.#keys = [...new Set(filterKeys)];
    const kept = new Dict(Object.fromEntries(this.#keys.map((key) => [key, spaces[key]!])));
    this.observationSpace = kept as Space<unknown> as Space<Pick<InnerObservation, Key>>;
  }

  observation(observation: InnerObservation): Pick<InnerObservation, Key> {
    const kept: Partial<InnerObservation> = {};
    for (const key of this.#keys) kept[key] = observation[key];
    return kept as Pick<InnerObservation, Key>;
  }
}
