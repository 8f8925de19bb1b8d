/** States as messages hold them. @module */
import { decodeValue, encodeValue, type State } from "./values.js";

/** A value in a message: as MessagePack, or as JSON. */
export interface DynamicValue {
  readonly msgpack?: Uint8Array;
  readonly json?: Uint8Array;
}

/** The state in a message; null where there is none. */
export function stateFrom(value: DynamicValue | undefined): State | null {
  if (value?.msgpack !== undefined) return decodeValue(value.msgpack) as State | null;
  if (value?.json !== undefined) return JSON.parse(Buffer.from(value.json).toString("utf8")) as State | null;
  return null;
}

/** A message's field for a state. */
export function dynamicValue(state: State | null): DynamicValue {
  return { msgpack: encodeValue(state) };
}
