/** Errors of the built-in Terraform provider. @module */
import { InfraGymError } from "./infra-gym-error.js";

/** The built-in provider was pointed at an address that is not this machine. */
export class PublicEndpointError extends InfraGymError {
  constructor(readonly endpoint: string) {
    super(
      "INFRA_GYM_PUBLIC_ENDPOINT",
      `Expected the endpoint of the built-in provider to be a loopback address such as http://127.0.0.1:8080, got ${JSON.stringify(endpoint)}. It is for the emulator only: use DigitalOcean's own provider for anything else.`,
    );
  }
}

/** A request to DigitalOcean's API that was refused or not answered. */
export class RequestFailedError extends InfraGymError {
  constructor(
    /** Method and path. */
    readonly request: string,
    /** HTTP status, or 0 where there was no answer. */
    readonly status: number,
    /** What the API says is wrong. */
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    const answer = status === 0 ? "got no answer" : `was answered ${status}`;
    super("INFRA_GYM_REQUEST_FAILED", `${request} ${answer}: ${reason}`, options);
  }
}
