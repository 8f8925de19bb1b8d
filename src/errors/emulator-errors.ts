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

/** The process that stands for a droplet could not be started, or ended when it should not. */
export class DropletProcessError extends InfraGymError {
  constructor(
    readonly droplet: string,
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super("INFRA_GYM_DROPLET_PROCESS", `The process of droplet ${droplet} ${reason}.`, options);
  }
}

/** Something that a local world runs on could not be had, or was lost: then there is no world any more. */
export class LocalWorldError extends InfraGymError {
  constructor(
    readonly part: string,
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(
      "INFRA_GYM_LOCAL_WORLD",
      `The local world has lost its ${part}: ${reason} Make the environment anew.`,
      options,
    );
  }
}
