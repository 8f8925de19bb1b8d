/** Errors on their way from a worker thread: as plain data, and back. @module */
import * as errors from "../errors.js";

/** An error as plain data. */
export interface PlainError {
  /** Name of its class. */
  readonly kind: string;
  readonly message: string;
  readonly stack: string;
  /** Own fields that can be copied. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Takes an error apart; whatever else is thrown becomes the text of one. */
export function toPlainError(error: unknown): PlainError {
  if (!(error instanceof Error)) return { kind: "Error", message: String(error), stack: "", fields: {} };
  const fields: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(error)) {
    try {
      fields[key] = structuredClone(value);
    } catch {
      fields[key] = String(value);
    }
  }
  return { kind: error.constructor.name, message: error.message, stack: error.stack ?? "", fields };
}

/** The error again: of its class where that is one of the library's or of the language's, with the thread's stack. */
export function fromPlainError({ kind, message, stack, fields }: PlainError): Error {
  const known = { ...errors, EvalError, RangeError, ReferenceError, SyntaxError, TypeError } as unknown;
  const Class = (known as Readonly<Record<string, typeof Error>>)[kind] ?? Error;
  const error = new Error(message);
  Object.setPrototypeOf(error, Class.prototype as object);
  Object.assign(error, fields);
  error.stack = stack;
  return error;
}
