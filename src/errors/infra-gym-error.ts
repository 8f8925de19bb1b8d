/** The base of all errors the library throws. @module */

/** The base of all errors of the library. `code` is stable; `name` equals it, so that a printed error begins with it. */
export abstract class InfraGymError extends Error {
  /** Stable, documented in docs/errors.md. */
  readonly code: string;
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = code;
    this.code = code;
  }
}
