/** Spaces and seeds of a batch of environments. @module */
import { InvalidActionError, InvalidOptionError } from "../errors.js";
import { checkSeed } from "../rng.js";
import { Box } from "../spaces/box.js";
import { MultiDiscrete } from "../spaces/multi-discrete.js";
import type { Space } from "../spaces/space.js";
import type { VectorEnv, VectorResetOptions } from "../vector/vector-env.js";
import type { ActionCodec } from "./action-codec.js";

/** The action space of a batch: shape [numEnvs, controls]. */
export function batchActionSpace(
  { continuous, controls, sizes }: ActionCodec,
  numEnvs: number,
): Space<Int32Array | Float32Array> {
  if (continuous) return new Box(-1, 1, { shape: [numEnvs, controls.length] });
  return new MultiDiscrete(Array.from({ length: numEnvs }, () => [...sizes]));
}

/** The seeds of a batch: s, s + 1, … from one seed s, or those given. @throws InvalidSeedError, InvalidOptionError */
export function seedsOf(seed: VectorResetOptions["seed"], numEnvs: number): bigint[] | undefined {
  if (seed === undefined) return undefined;
  if (typeof seed === "number" || typeof seed === "bigint") {
    const first = checkSeed(seed);
    return Array.from({ length: numEnvs }, (_, env) => first + BigInt(env));
  }
  if (seed.length !== numEnvs) throw new InvalidOptionError("seed", `one seed, or ${numEnvs} seeds`, seed);
  return seed.map(checkSeed);
}

/** Refuses actions that lie outside the batch's space. @throws InvalidActionError, always */
export function refuseBatch(
  { numEnvs, actionSpace, singleActionSpace }: Pick<VectorEnv, "numEnvs" | "actionSpace" | "singleActionSpace">,
  actions: unknown,
): never {
  const length = actionSpace.shape?.reduce((product, axis) => product * axis, 1);
  throw new InvalidActionError("", `${numEnvs} actions of ${singleActionSpace} in one array of ${length}`, actions);
}

/** A box of shape [times, length of a box]. */
export function repeatBox({ low, high }: Box, times: number): Box {
  const shape = [times, low.length];
  const repeat = (values: ArrayLike<number | bigint>): Float32Array =>
    Float32Array.from({ length: times * values.length }, (_, i) => Number(values[i % values.length]));
  return new Box(repeat(low), repeat(high), { shape });
}
