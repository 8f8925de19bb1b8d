/** What a call of a vector environment's `reset` asks for, taken apart and checked. @module */
import { InvalidOptionError } from "../errors.js";
import { checkResetOptions } from "../reset-options.js";
import { checkSeed } from "../rng.js";
import type { VectorResetOptions } from "./vector-env.js";

/** A checked call of `reset`. */
export interface ResetRequest {
  /** The seed of each environment; undefined where its generator goes on. */
  readonly seeds: readonly (bigint | undefined)[];
  /** 1 for each environment to be reset; null for all. */
  readonly mask: Uint8Array | null;
  /** What is passed on to the environments. */
  readonly options: Readonly<Record<string, unknown>>;
}

/**
 * Takes the arguments of `reset` apart.
 * @throws {@link InvalidSeedError}
 * @throws {@link InvalidOptionError} when there are not as many seeds as environments, or the mask does not fit.
 */
export function resetRequest(request: VectorResetOptions, numEnvs: number): ResetRequest {
  const { seed, options = {} } = checkResetOptions(request);
  const { resetMask, ...rest } = options;
  return {
    seeds: seedsOf(seed, numEnvs),
    mask: resetMask === undefined ? null : maskOf(resetMask, numEnvs),
    options: rest,
  };
}

/** One seed s stands for s, s + 1, … */
function seedsOf(seed: VectorResetOptions["seed"], numEnvs: number): (bigint | undefined)[] {
  if (seed === undefined) return new Array<undefined>(numEnvs).fill(undefined);
  if (!Array.isArray(seed)) {
    const first = checkSeed(seed as bigint);
    return Array.from({ length: numEnvs }, (_, env) => first + BigInt(env));
  }
  if (seed.length !== numEnvs) throw new InvalidOptionError("seed", `one seed, or ${numEnvs} seeds`, seed);
  return Array.from(seed, (own) => (own === null ? undefined : checkSeed(own)));
}

function maskOf(mask: unknown, numEnvs: number): Uint8Array {
  const isList = Array.isArray(mask) || mask instanceof Uint8Array;
  const values: unknown[] = isList ? Array.from(mask as ArrayLike<unknown>) : [];
  const isMask = values.every((value) => value === 0 || value === 1 || typeof value === "boolean");
  if (!isList || values.length !== numEnvs || !isMask || !values.some(Boolean)) {
    const expected = `${numEnvs} values of 1 or 0 (reset or not), at least one of them 1`;
    throw new InvalidOptionError("options.resetMask", expected, mask);
  }
  return Uint8Array.from(values, Number);
}
