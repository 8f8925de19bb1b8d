/** Data sets from files, as `infra-gym record` writes them. @module */
import { readFileSync } from "node:fs";
import { InvalidDatasetError } from "../errors.js";
import {
  DemonstrationRows,
  type DemonstrationSource,
  type Demonstrations,
  flatMask,
  STEP_END,
} from "./demonstrations.js";

const SCHEMA = 1;
const NEWLINE = 10;

interface Line {
  readonly value: Readonly<Record<string, unknown>>;
  /** Where it begins. Unit: bytes. */
  readonly offset: number;
}

/**
 * Reads a data set: JSON lines, a header first, then one line per step. It is data: nothing in it is run.
 *
 * @throws InvalidDatasetError naming path and offset
 */
export function readDemonstrations(path: string): Demonstrations {
  const lines = linesOf(path, readBytes(path));
  const header = lines.next();
  if (header.done === true) throw new InvalidDatasetError(path, 0, "It is empty.");
  const rows = new DemonstrationRows(readHeader(path, header.value));
  let last: Line | undefined;
  for (const line of lines) {
    if (last !== undefined) addStep(path, rows, last, line);
    last = line;
  }
  if (last === undefined) throw new InvalidDatasetError(path, 0, "It holds no steps.");
  addStep(path, rows, last, undefined);
  return rows.take();
}

function readBytes(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new InvalidDatasetError(path, 0, "It cannot be read.", { cause });
  }
}

/** The lines one by one: a long file is more than a string can hold. */
function* linesOf(path: string, bytes: Uint8Array): Generator<Line, void> {
  const decoder = new TextDecoder();
  for (let offset = 0; offset < bytes.length; ) {
    const newline = bytes.indexOf(NEWLINE, offset);
    const end = newline < 0 ? bytes.length : newline;
    if (end > offset) yield { value: readObject(path, decoder.decode(bytes.subarray(offset, end)), offset), offset };
    offset = end + 1;
  }
}

function readObject(path: string, text: string, offset: number): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new InvalidDatasetError(path, offset, "The line from here on is not JSON.", { cause });
  }
  if (typeof value === "object" && value !== null) return value as Readonly<Record<string, unknown>>;
  throw new InvalidDatasetError(path, offset, "The line from here on is no object.");
}

function readHeader(path: string, { value, offset }: Line): DemonstrationSource {
  const { schema, env, options = {}, policy, observationSpace, actionSpace } = value;
  const texts = [env, policy, observationSpace, actionSpace];
  if (texts.some((text) => typeof text !== "string")) {
    throw new InvalidDatasetError(path, offset, "It does not begin with the header of a data set.");
  }
  if (schema !== SCHEMA) {
    throw new InvalidDatasetError(path, offset, `It is of schema ${String(schema)}, expected ${SCHEMA}.`);
  }
  return { env, options, policy, observationSpace, actionSpace } as DemonstrationSource;
}

/** @param next - The step after it, which tells whether its episode was cut there. */
function addStep(path: string, rows: DemonstrationRows, { value, offset }: Line, next: Line | undefined): void {
  const { observation, actionMask, action, reward, terminated, truncated, seed } = value;
  if (typeof reward !== "number") throw new InvalidDatasetError(path, offset, "The step from here on has no reward.");
  const isCut = truncated === true || next === undefined || next.value.step === 0 || next.value.seed !== seed;
  const end = terminated === true ? STEP_END.terminated : isCut ? STEP_END.truncated : STEP_END.none;
  try {
    rows.add({ observation, actionMask: flatMask(actionMask), action, reward, end });
  } catch (cause) {
    const detail = "The step from here on has no observation, mask or action of the others' form.";
    throw new InvalidDatasetError(path, offset, detail, { cause });
  }
}
