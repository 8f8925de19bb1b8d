/** The part of an environment's snapshot that is not the backend's. @module */
import { SnapshotMismatchError } from "../errors.js";
import type { PromqlProfile } from "../metrics/index.js";
import type { GeneratorState } from "../rng.js";

/** State of one environment besides its world. */
export interface OwnState {
  readonly slots: Int32Array;
  readonly step: number;
  readonly steps: number;
  readonly last: Float32Array;
  readonly raw: Float64Array;
  readonly rng: GeneratorState;
  readonly reward: Float64Array;
  /** Rules that the features followed. */
  readonly profile: PromqlProfile;
}

/** Checks that a state fits an environment. @throws SnapshotMismatchError when it has other controls, features or PromQL rules */
export function checkOwnState(
  name: string,
  own: OwnState | undefined,
  controls: number,
  features: number,
  profile: PromqlProfile,
): void {
  if (own?.slots?.length !== controls || own.last.length !== features) {
    throw new SnapshotMismatchError(`${name} with these controls and features`, "one with others");
  }
  if (own.profile !== profile) throw new SnapshotMismatchError(`${name} with profile ${profile}`, own.profile);
}
