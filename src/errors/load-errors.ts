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

/** The load could not keep up with what was asked of it. It is told in `info.failures` of the step, and not thrown. */
export class GeneratorLimitError extends InfraGymError {
  /**
   * @param lateShare - Share of the requests that were sent late, or not at all. From 0 to 1.
   * @param lateSeconds - From when on a request counts as late.
   */
  constructor(
    readonly lateShare: number,
    readonly lateSeconds: number,
  ) {
    const percent = (100 * lateShare).toFixed(lateShare < 0.1 ? 1 : 0);
    super(
      "INFRA_GYM_GENERATOR_LIMIT",
      `The load could not keep up: ${percent} % of this step's requests were sent more than ${1000 * lateSeconds} ms late, or not at all. ` +
        "Lower the rate, or run less beside it.",
    );
  }
}
