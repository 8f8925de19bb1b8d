/** Actions of a batch of environments: refused together, and their masks written one after the other. @module */
import { InvalidActionError } from "../errors.js";
import type { VectorEnv } from "../vector/vector-env.js";
import type { Masks } from "./configuration.js";

/** Refuses actions that lie outside the batch's space. @throws InvalidActionError, always */
export function refuseBatch(
  { numEnvs, actionSpace, singleActionSpace }: Pick<VectorEnv, "numEnvs" | "actionSpace" | "singleActionSpace">,
  actions: unknown,
): never {
  const length = actionSpace.shape?.reduce((product, axis) => product * axis, 1);
  throw new InvalidActionError("", `${numEnvs} actions of ${singleActionSpace} in one array of ${length}`, actions);
}

/** Writes all environments' masks. @param into - Uint8Array of shape [numEnvs, sum of the components' sizes]; empty for continuous controls. */
export function writeMasks(into: Uint8Array, numEnvs: number, masksOf: (env: number) => Masks): void {
  const width = into.length / numEnvs;
  if (width === 0) return;
  if (width % 4 !== 0) {
    for (let env = 0; env < numEnvs; env++) into.set(masksOf(env).row, env * width);
    return;
  }
  const wide = new Uint32Array(into.buffer);
  for (let env = 0, at = 0; env < numEnvs; env++) {
    const { words } = masksOf(env);
    for (let k = 0; k < words.length; k++) wide[at++] = words[k]!;
  }
}
