/** Masks of a batch, in whichever way its infos hold them. @module */

/**
 * Reads `actionMask` of a batch's infos.
 *
 * @param infos - With one flat array for all environments, or an array with one mask (one array, or one per component) or
 * null for each.
 * @param maskSize - Numbers in a mask; 0 for actions without any.
 * @returns Shape [numEnvs, maskSize], all 1 where nothing is said.
 */
export function readMasks(infos: object, numEnvs: number, maskSize: number): Uint8Array {
  const { actionMask } = infos as { readonly actionMask?: unknown };
  if (actionMask instanceof Uint8Array && actionMask.length === numEnvs * maskSize) return actionMask;
  const masks = new Uint8Array(numEnvs * maskSize).fill(1);
  if (!Array.isArray(actionMask)) return masks;
  for (let env = 0; env < numEnvs; env++) writeMask(actionMask[env], masks, env * maskSize, maskSize);
  return masks;
}

/** Writes one environment's mask, where it has one that fits. */
export function writeMask(mask: unknown, masks: Uint8Array, at: number, maskSize: number): void {
  const parts: readonly Uint8Array[] = Array.isArray(mask) ? mask : mask instanceof Uint8Array ? [mask] : [];
  if (parts.reduce((sum, part) => sum + part.length, 0) !== maskSize) return;
  let next = at;
  for (const part of parts) {
    masks.set(part, next);
    next += part.length;
  }
}
