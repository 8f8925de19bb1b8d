/** Training metrics as TensorBoard reads them: event files, written from their format. @module */
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { OutputFailedError } from "../../errors.js";
import type { Metrics } from "../learner.js";
import { maskedCrc32c } from "./masked-crc32c.js";

/** What TensorBoard looks for in a folder is the word `tfevents`. */
export const EVENT_FILE = "events.out.tfevents.0.infra-gym";

/** What readers expect of the first event. */
const FILE_VERSION = "brain.Event:2";
/** Length and its checksum before the data of a record, and the checksum behind it. Unit: bytes. */
const HEAD = 12;
const TAIL = 4;

// Fields of tensorflow.Event, Summary and Summary.Value, and protobuf's wire types.
const EVENT = { wallTime: 1, step: 2, fileVersion: 3, summary: 5 } as const;
const SUMMARY_VALUE = 1;
const VALUE = { tag: 1, simpleValue: 2 } as const;
const WIRE = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

/**
 * A log of scalars. Each record is its length as uint64, a masked CRC-32C of that, the data, and a masked CRC-32C of them; the data is a `tensorflow.Event` in protobuf.
 *
 * Unlike everything else that a run by steps writes, it holds the wall time: TensorBoard asks for it.
 *
 * @see https://www.tensorflow.org/tutorials/load_data/tfrecord for the records
 * @see https://github.com/tensorflow/tensorboard/blob/master/tensorboard/compat/proto/event.proto for the messages
 */
export class EventFile {
  readonly #file: string;

  /**
   * @param from - Events of later steps are taken out: they are written again.
   * @param wallSeconds - Now: seconds since 1970-01-01 UTC.
   * @throws OutputFailedError
   */
  constructor(file: string, from: number, wallSeconds: number) {
    this.#file = file;
    this.#write(() => {
      mkdirSync(dirname(file), { recursive: true });
      const kept = existsSync(file) ? keptPart(readFileSync(file), from) : new Uint8Array(0);
      writeFileSync(file, kept.length > 0 ? kept : record(versionEvent(wallSeconds)));
    });
  }

  /** Adds figures; those that are no finite number are written as they are. @param wallSeconds - Now. @throws OutputFailedError */
  add(globalStep: number, wallSeconds: number, metrics: Metrics): void {
    this.#write(() => appendFileSync(this.#file, record(scalarEvent(globalStep, wallSeconds, metrics))));
  }

  #write(what: () => void): void {
    try {
      what();
    } catch (cause) {
      throw new OutputFailedError(this.#file, { cause });
    }
  }
}

function versionEvent(wallSeconds: number): Uint8Array {
  return Buffer.concat([fixed64(EVENT.wallTime, wallSeconds), bytes(EVENT.fileVersion, Buffer.from(FILE_VERSION))]);
}

function scalarEvent(step: number, wallSeconds: number, metrics: Metrics): Uint8Array {
  const values = Object.entries(metrics).map(([tag, value]) =>
    bytes(SUMMARY_VALUE, Buffer.concat([bytes(VALUE.tag, Buffer.from(tag)), fixed32(VALUE.simpleValue, value)])),
  );
  const summary = bytes(EVENT.summary, Buffer.concat(values));
  return Buffer.concat([fixed64(EVENT.wallTime, wallSeconds), key(EVENT.step, WIRE.varint), varint(step), summary]);
}

function record(data: Uint8Array): Uint8Array {
  const framed = Buffer.alloc(HEAD + data.length + TAIL);
  framed.writeBigUInt64LE(BigInt(data.length), 0);
  framed.writeUInt32LE(maskedCrc32c(framed.subarray(0, 8)), 8);
  framed.set(data, HEAD);
  framed.writeUInt32LE(maskedCrc32c(data), HEAD + data.length);
  return framed;
}

/** The whole records up to a step: what a run that was cut off has left behind is dropped. */
function keptPart(file: Buffer, from: number): Uint8Array {
  let at = 0;
  while (at + HEAD <= file.length) {
    const length = Number(file.readBigUInt64LE(at));
    const end = at + HEAD + length + TAIL;
    if (end > file.length || stepOf(file.subarray(at + HEAD, at + HEAD + length)) > from) break;
    at = end;
  }
  return file.subarray(0, at);
}

/** The step of an event that this file has written: behind its time. 0 for the first event, which has none. */
function stepOf(event: Uint8Array): number {
  const first = 9;
  if (event[first] !== ((EVENT.step << 3) | WIRE.varint)) return 0;
  let [step, scale] = [0, 1];
  for (let at = first + 1; ; at++) {
    step += (event[at]! & 0x7f) * scale;
    if (event[at]! < 0x80) return step;
    scale *= 0x80;
  }
}

function key(field: number, wire: number): Uint8Array {
  return Uint8Array.of((field << 3) | wire);
}

/** Seven bits in a byte, the low ones first; the high bit says that more follow. */
function varint(value: number): Uint8Array {
  const parts: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) parts.push((rest % 0x80) | 0x80);
  return Uint8Array.of(...parts, rest);
}

function bytes(field: number, data: Uint8Array): Uint8Array {
  return Buffer.concat([key(field, WIRE.bytes), varint(data.length), data]);
}

function fixed64(field: number, value: number): Uint8Array {
  const data = Buffer.alloc(8);
  data.writeDoubleLE(value);
  return Buffer.concat([key(field, WIRE.fixed64), data]);
}

function fixed32(field: number, value: number): Uint8Array {
  const data = Buffer.alloc(4);
  data.writeFloatLE(value);
  return Buffer.concat([key(field, WIRE.fixed32), data]);
}
