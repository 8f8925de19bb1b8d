/** Protocol Buffers' wire format, as far as Terraform's plugin protocol uses it. @module */

/**
 * One field of a message. Maps are `repeated` messages of a key and a value, as they are on the wire.
 * @see https://protobuf.dev/programming-guides/encoding/
 */
export interface Field {
  /** Number on the wire, from 1. */
  readonly number: number;
  readonly type: "string" | "bytes" | "bool" | "int" | MessageType;
  readonly repeated?: true;
}

/** The fields of a message by name. */
export interface MessageType {
  readonly fields: Readonly<Record<string, Field>>;
}

/** A message as an object. Fields that are not set are left out when written, and absent when read. */
export type Message = Readonly<Record<string, unknown>>;

const VARINT = 0;
const LENGTH_DELIMITED = 2;

/** Writes a message. Fields the type does not have are ignored; empty text and false are left out, as they mean nothing. */
export function encodeMessage({ fields }: MessageType, message: Message): Buffer {
  const parts: Uint8Array[] = [];
  for (const [name, field] of Object.entries(fields)) {
    const value = message[name];
    if (value === undefined || value === null) continue;
    if (!field.repeated) writeField(parts, field, value);
    else for (const item of value as readonly unknown[]) writeField(parts, field, item, true);
  }
  return Buffer.concat(parts);
}

function writeField(parts: Uint8Array[], { number, type }: Field, value: unknown, keepEmpty = false): void {
  if (type === "int" || type === "bool") {
    const integer = Number(value);
    if (integer !== 0 || keepEmpty) parts.push(varint((number << 3) | VARINT), varint(integer));
    return;
  }
  const bytes = bytesOf(type, value);
  if (bytes.length === 0 && typeof type === "string" && !keepEmpty) return;
  parts.push(varint((number << 3) | LENGTH_DELIMITED), varint(bytes.length), bytes);
}

function bytesOf(type: "string" | "bytes" | MessageType, value: unknown): Uint8Array {
  if (type === "string") return Buffer.from(value as string, "utf8");
  if (type === "bytes") return value as Uint8Array;
  return encodeMessage(type, value as Message);
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 0x7f) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  bytes.push(rest);
  return Uint8Array.from(bytes);
}

/**
 * Reads a message. Fields the type does not have are skipped: newer versions of the protocol add some.
 *
 * @throws RangeError when the bytes end within a field.
 */
export function decodeMessage(type: MessageType, bytes: Uint8Array): Message {
  const byNumber = new Map(Object.entries(type.fields).map((entry) => [entry[1].number, entry]));
  const message: Record<string, unknown> = {};
  for (const field of fieldsOf(bytes)) {
    const [name, { type: fieldType, repeated }] = byNumber.get(field.number) ?? [undefined, { type: "bytes" as const }];
    if (name === undefined) continue;
    const value = fieldValue(fieldType, field);
    if (!repeated) message[name] = value;
    else if (message[name] === undefined) message[name] = [value];
    else (message[name] as unknown[]).push(value);
  }
  return message;
}

interface RawField {
  readonly number: number;
  readonly integer: number;
  readonly bytes: Uint8Array;
}

const FIXED_BYTES: Readonly<Record<number, number>> = { 1: 8, 5: 4 };
const NO_BYTES = new Uint8Array(0);

function* fieldsOf(bytes: Uint8Array): Generator<RawField> {
  let at = 0;
  const readVarint = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 0x80) {
      const byte = bytes[at++];
      if (byte === undefined) throw new RangeError("expected a whole message, got one that ends within a field");
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  };
  while (at < bytes.length) {
    const tag = readVarint();
    const wireType = tag & 7;
    if (wireType === VARINT) {
      yield { number: tag >>> 3, integer: readVarint(), bytes: NO_BYTES };
      continue;
    }
    const length = FIXED_BYTES[wireType] ?? readVarint();
    if (at + length > bytes.length) throw new RangeError("expected a whole message, got one that ends within a field");
    yield { number: tag >>> 3, integer: 0, bytes: bytes.subarray(at, at + length) };
    at += length;
  }
}

function fieldValue(type: Field["type"], { integer, bytes }: RawField): unknown {
  if (type === "int") return integer;
  if (type === "bool") return integer !== 0;
  if (type === "string") return Buffer.from(bytes).toString("utf8");
  if (type === "bytes") return bytes;
  return decodeMessage(type, bytes);
}
