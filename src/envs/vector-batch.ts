/** Spaces of a batch of environments. @module */
import { InvalidActionError } from "../errors.js";
import { Box } from "../spaces/box.js";
import { MultiDiscrete } from "../spaces/multi-discrete.js";
import type { Space } from "../spaces/space.js";
import type { VectorEnv } from "../vector/vector-env.js";
import type { ActionCodec } from "./action-codec.js";

/** The action space of a batch: shape [numEnvs, controls]. */
export function batchActionSpace(
  { continuous, controls, sizes }: ActionCodec,
  numEnvs: number,
): Space<Int32Array | Float32Array> {
  if (continuous) return new Box(-1, 1, { shape: [numEnvs, controls.length] });
  return new MultiDiscrete(Array.from({ length: numEnvs }, () => [...sizes]));
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
