/** Actions of a batch of environments that lie outside its space. @module */
import { InvalidActionError } from "../errors.js";
import type { VectorEnv } from "../vector/vector-env.js";

/** Refuses actions that lie outside the batch's space. @throws InvalidActionError, always */
export function refuseBatch(
  { numEnvs, actionSpace, singleActionSpace }: Pick<VectorEnv, "numEnvs" | "actionSpace" | "singleActionSpace">,
  actions: unknown,
): never {
  const length = actionSpace.shape?.reduce((product, axis) => product * axis, 1);
  throw new InvalidActionError("", `${numEnvs} actions of ${singleActionSpace} in one array of ${length}`, actions);
}
