/** Errors of the emulated DigitalOcean account. @module */
import { InfraGymError } from "./infra-gym-error.js";

/** The file of an emulated account cannot be read or written. */
export class EmulatorStateError extends InfraGymError {
  constructor(
    readonly path: string,
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(
      "INFRA_GYM_EMULATOR_STATE",
      `The state file ${JSON.stringify(path)} ${reason}. Name another file, or move this one away to begin with an empty account.`,
      options,
    );
  }
}
