/** Terraform's values: how they travel, and the value that is not known yet. @module */
import { decode, ExtensionCodec, encode } from "@msgpack/msgpack";

class Unknown {
  toString(): string {
    return "(known after apply)";
  }
}

/** A value that only applying will tell. */
export const UNKNOWN: Unknown = Object.freeze(new Unknown());

/**
 * A value as Terraform sees it: every attribute present, null where it is not set; blocks as lists of objects, empty where
 * there are none.
 */
export type StateValue =
  | string
  | number
  | boolean
  | null
  | typeof UNKNOWN
  | readonly StateValue[]
  | { readonly [name: string]: StateValue };

/** The attributes and blocks of a resource, as Terraform sees them. */
export type State = { readonly [name: string]: StateValue };

/** Whether a value is an object of attributes. */
export function isState(value: StateValue): value is State {
  return typeof value === "object" && value !== null && value !== UNKNOWN && !Array.isArray(value);
}

/** Reads a value; null where the resource is not there. Numbers without an exact binary form arrive as text. */
export function decodeValue(bytes: Uint8Array): StateValue {
  return decode(bytes, { extensionCodec: codec() }) as StateValue;
}

/** Writes a value. */
export function encodeValue(value: StateValue): Uint8Array {
  return encode(exactNumbers(value), { extensionCodec: codec() });
}

/** 0.7 has no exact binary form: as text it stays what it is. */
function exactNumbers(value: StateValue): StateValue {
  if (typeof value === "number") return Number.isSafeInteger(value) ? value : String(value);
  if (Array.isArray(value)) return value.map(exactNumbers);
  if (!isState(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, exactNumbers(member)]));
}

/** Extension types of an unknown value: plain, and with what is known about it, which is not needed here. */
const UNKNOWN_TYPE = 0;
const REFINED_UNKNOWN_TYPE = 12;

let shared: ExtensionCodec | undefined;

function codec(): ExtensionCodec {
  if (shared !== undefined) return shared;
  shared = new ExtensionCodec();
  const encodeUnknown = (value: unknown): Uint8Array | null => (value === UNKNOWN ? new Uint8Array(1) : null);
  shared.register({ type: UNKNOWN_TYPE, encode: encodeUnknown, decode: () => UNKNOWN });
  shared.register({ type: REFINED_UNKNOWN_TYPE, encode: () => null, decode: () => UNKNOWN });
  return shared;
}
