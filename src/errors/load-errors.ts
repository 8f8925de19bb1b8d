/** Errors of the load runner. @module */
import { InfraGymError } from "./infra-gym-error.js";

/** The process that sends the load could not begin, or ended before its time. */
export class LoadRunnerError extends InfraGymError {
  constructor(
    readonly url: string,
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super("INFRA_GYM_LOAD_RUNNER", `The load on ${url} ${reason}`, options);
  }
}
