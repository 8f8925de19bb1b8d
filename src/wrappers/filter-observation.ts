/** Wrapper: some of the parts of an observation. @module */
import type { Env, Info } from "../env.js";
import { InvalidOptionError } from "../errors.js";
import { Dict, type DictSpaces } from "../spaces/dict.js";
import type { Space } from "../spaces/space.js";
import { Tuple } from "../spaces/tuple.js";
import { ObservationWrapper } from "../wrapper.js";

/** Options of {@link FilterObservation}. */
export interface FilterObservationOptions {
  /** Which parts are kept, at least one: names of a Dict, or places in a Tuple counted from 0, in the order wanted. */
  readonly filterKeys: readonly string[] | readonly number[];
}

type Parts = Readonly<Record<string | number, unknown>>;

/** Keeps some parts of the observations of a Dict or a Tuple. */
export class FilterObservation<InnerObservation, Action, I extends object = Info> extends ObservationWrapper<
  unknown,
  InnerObservation,
  Action,
  I
> {
  override readonly observationSpace: Space<unknown>;
  readonly observation: (observation: InnerObservation) => unknown;

  /** @throws {@link InvalidOptionError} when the space is no Dict or Tuple, or a key is none of its own or there twice. */
  constructor(env: Env<InnerObservation, Action, I>, { filterKeys }: FilterObservationOptions) {
    const space = env.observationSpace as Space<unknown>;
    if (!(space instanceof Dict || space instanceof Tuple)) {
      throw new InvalidOptionError("env.observationSpace", "a Dict or Tuple", space);
    }
    const parts = space.spaces as DictSpaces | readonly Space<unknown>[];
    const known: readonly (string | number)[] = Array.isArray(parts) ? parts.map((_, i) => i) : Object.keys(parts);
    const keys: readonly (string | number)[] = Array.isArray(filterKeys) ? filterKeys : [];
    if (keys.length === 0 || new Set(keys).size < keys.length || !keys.every((key) => known.includes(key))) {
      throw new InvalidOptionError("filterKeys", `a list of some of ${known.join(", ")}`, filterKeys);
    }
    super(env, { filterKeys: [...keys] });
    const pick = (whole: Parts): unknown[] => keys.map((key) => whole[key]);
    const kept = pick(parts as Parts) as Space<unknown>[];
    if (space instanceof Tuple) {
      this.observationSpace = new Tuple(kept) as Space<unknown>;
      this.observation = (observation) => pick(observation as Parts);
    } else {
      const named = (values: unknown[]): Parts => Object.fromEntries(keys.map((key, i) => [key, values[i]]));
      this.observationSpace = new Dict(named(kept) as DictSpaces) as Space<unknown>;
      this.observation = (observation) => {
        const some: Record<string, unknown> = {};
        for (const key of keys) some[key] = (observation as Parts)[key];
        return some;
      };
    }
  }
}
