/** Checks that vector environments share. @module */
import { EpisodeEndedError, InvalidOptionError } from "../errors.js";
import { AUTORESET_MODES, type AutoresetMode } from "./vector-env.js";

/** @throws {@link InvalidOptionError} when a mode is none. */
export function checkAutoresetMode(mode: AutoresetMode): void {
  if (AUTORESET_MODES.includes(mode)) return;
  throw new InvalidOptionError("autoresetMode", `one of ${AUTORESET_MODES.join(", ")}`, mode);
}

/** @throws {@link InvalidOptionError} when a number of environments is none. */
export function checkNumEnvs(numEnvs: number): void {
  if (!Number.isSafeInteger(numEnvs) || numEnvs < 1)
    throw new InvalidOptionError("numEnvs", "an integer from 1", numEnvs);
}

/** @throws {@link InvalidOptionError} when there is no environment of that index. */
export function checkIndex(index: number, numEnvs: number): void {
  if (Number.isInteger(index) && index >= 0 && index < numEnvs) return;
  throw new InvalidOptionError("index", `an integer from 0 to ${numEnvs - 1}`, index);
}

/** The refusal of a step in mode `Disabled` while an episode has ended. */
export function endedError(name: string, index: number): EpisodeEndedError {
  return new EpisodeEndedError(
    `environment ${index} of ${name}`,
    "Call reset({ options: { resetMask } }) to start others.",
  );
}

/** Values for `setAttr`: a list has one for each environment, and anything else is for all. @throws {@link InvalidOptionError} */
export function valuesForAll(values: unknown, numEnvs: number): readonly unknown[] {
  if (!Array.isArray(values)) return new Array<unknown>(numEnvs).fill(values);
  if (values.length !== numEnvs) throw new InvalidOptionError("values", `one value, or a list of ${numEnvs}`, values);
  return values;
}

/** Pictures of all environments; null where there are none, for want of a render mode. */
export function picturesOf(pictures: readonly (string | null)[]): readonly string[] | null {
  return pictures.includes(null) ? null : (pictures as readonly string[]);
}
