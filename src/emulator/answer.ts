/** What an operation answers, and what it refuses with. @module */
import type { JsonObject } from "./json.js";

/** An answer before it is written: without a body for 204. */
export interface Answer {
  readonly status: number;
  readonly body?: JsonObject;
  /** Sent in place of `body`, as it is. */
  readonly text?: { readonly type: string; readonly content: string };
}

/** Done: 200 with a body, 204 without one. */
export function done(body?: JsonObject): Answer {
  return body === undefined ? { status: 204 } : { status: 200, body };
}

/** Made: 201. */
export function created(body: JsonObject): Answer {
  return { status: 201, body };
}

/** Begun, and done later: 202. */
export function accepted(body?: JsonObject): Answer {
  return body === undefined ? { status: 202 } : { status: 202, body };
}

/**
 * An error of the API, thrown by a handler and sent as its answer.
 * It is no `Error`: it never leaves the emulator, and needs no stack.
 */
export class Refusal {
  constructor(
    readonly status: number,
    /** Such as `not_found`. */
    readonly id: string,
    readonly message: string,
    /** In place of the usual body, for operations that have a form of their own. */
    readonly body: JsonObject | undefined = undefined,
  ) {}
}

/** The refusal of what is not there. */
export function notFound(message = "The resource you were accessing could not be found."): Refusal {
  return new Refusal(404, "not_found", message);
}

/** The refusal of what was understood and cannot be done. */
export function unprocessable(message: string): Refusal {
  return new Refusal(422, "unprocessable_entity", message);
}

/** The refusal of what is not well formed. */
export function badRequest(message: string): Refusal {
  return new Refusal(400, "bad_request", message);
}

/** The refusal of what something else stands in the way of. */
export function conflict(message: string): Refusal {
  return new Refusal(409, "conflict", message);
}

/** The refusal of what needs something else to be done before. */
export function preconditionFailed(message: string): Refusal {
  return new Refusal(412, "precondition_failed", message);
}

/** Lets only through what was confirmed by a header. @throws Refusal */
export function checkConfirmed({ isConfirmed }: { readonly isConfirmed: boolean }): void {
  if (!isConfirmed)
    throw badRequest("This deletes more than one resource; confirm it with the header X-Dangerous: true.");
}
