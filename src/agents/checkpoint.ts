/** Checkpoints: a trained agent, and all that training goes on from, in a folder. @module */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { CheckpointMismatchError, CorruptCheckpointError, OutputFailedError } from "../errors.js";
import type { Algorithm, PolicyWeights } from "./learner.js";
import { pack, unpack } from "./learning/packed-value.js";

/** The environment a checkpoint belongs to. */
export interface CheckpointEnv {
  /** With version, such as `WebService-v0`. */
  readonly id: string;
  /** What it was made with, such as `{ control: "residual" }`. */
  readonly options: Readonly<Record<string, unknown>>;
  /** The spaces of one environment, as their `toString` shows them. */
  readonly observationSpace: string;
  readonly actionSpace: string;
  readonly numEnvs: number;
}

/** What a checkpoint holds. */
export interface Checkpoint {
  readonly algorithm: Algorithm;
  readonly env: CheckpointEnv;
  /** The learner's options. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly globalStep: number;
  /** What acts. */
  readonly policy: PolicyWeights;
  /** The learner's state; null where it was not asked for. */
  readonly learner: unknown;
  /** What the training loop remembers: plain data. */
  readonly training: Readonly<Record<string, unknown>>;
}

const FORMAT = "infra-gym checkpoint";
const VERSION = 1;
const FILE = "checkpoint.json";
const BYTES = /^checkpoint-\d+\.bin$/;

/** The file that makes a folder a checkpoint. */
export function checkpointFile(folder: string): string {
  return join(folder, FILE);
}

/**
 * Writes a checkpoint: `checkpoint.json`, and the numbers in `checkpoint-STEP.bin`. What was there is replaced in one moment: a crash
 * leaves the old one or the new one.
 *
 * @throws OutputFailedError, NotSupportedError where a state is no plain data
 */
export function saveCheckpoint(folder: string, checkpoint: Checkpoint): void {
  const { algorithm, env, globalStep, options, training, ...states } = checkpoint;
  const { json, bytes } = pack({ options, training, ...states });
  const bytesFile = `checkpoint-${globalStep}.bin`;
  const content = { algorithm, env, globalStep, bytes: bytesFile, ...(json as object) };
  const header = { format: FORMAT, version: VERSION, check: checkOf(content), ...content };
  const file = checkpointFile(folder);
  try {
    mkdirSync(folder, { recursive: true });
    replaceFile(join(folder, bytesFile), bytes);
    replaceFile(file, `${JSON.stringify(header)}\n`);
    for (const name of readdirSync(folder)) if (BYTES.test(name) && name !== bytesFile) rmSync(join(folder, name));
  } catch (cause) {
    throw new OutputFailedError(file, { cause });
  }
}

function replaceFile(file: string, content: string | Uint8Array): void {
  writeFileSync(`${file}.new`, content);
  renameSync(`${file}.new`, file);
}

/**
 * Reads a checkpoint. It is data: nothing in it is run or imported.
 *
 * @throws CorruptCheckpointError naming path and offset, CheckpointMismatchError for another version of the format
 */
export function readCheckpoint(folder: string): Checkpoint {
  const file = checkpointFile(folder);
  const header = readHeader(file);
  const bytesName = String(header.bytes);
  if (!BYTES.test(bytesName)) throw new CorruptCheckpointError(file, 0, "It names no file of numbers.");
  const bytesFile = join(folder, bytesName);
  const { algorithm, env, globalStep, bytes: _, ...json } = header;
  const states = unpack({ json, bytes: readBytes(bytesFile) }, (detail, offset) => {
    throw new CorruptCheckpointError(bytesFile, offset, detail);
  });
  const checkpoint = { algorithm, env, globalStep, ...(states as object) } as unknown as Checkpoint;
  if (!isWhole(checkpoint)) throw new CorruptCheckpointError(file, 0, "A part of it is missing.");
  return checkpoint;
}

function readHeader(file: string): Record<string, unknown> {
  const text = new TextDecoder().decode(readBytes(file));
  let header: unknown;
  try {
    header = JSON.parse(text);
  } catch (cause) {
    throw new CorruptCheckpointError(file, offsetOf(cause, text), "It is not JSON here.", { cause });
  }
  const { format, version } = (header ?? {}) as { readonly format?: unknown; readonly version?: unknown };
  if (format !== FORMAT) throw new CorruptCheckpointError(file, 0, "It is not a checkpoint.");
  if (version !== VERSION) {
    throw new CheckpointMismatchError(file, `version ${VERSION} of the format`, `version ${String(version)}`);
  }
  const { format: _, version: __, check, ...content } = header as Record<string, unknown>;
  if (check !== undefined && check !== checkOf(content))
    throw new CorruptCheckpointError(file, 0, "Its checksum is not that of its content.");
  return content;
}

/** CRC-32 of the content as JSON, the same before it is written and after it is read. */
function checkOf(content: object): number {
  return crc32(JSON.stringify(content));
}

function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new CorruptCheckpointError(file, 0, "It cannot be read.", { cause });
  }
}

/** Where JSON.parse stopped, as far as its message tells: Node 20 and later name the position or the end. */
function offsetOf(error: unknown, text: string): number {
  const [, position] = /at position (\d+)/.exec(String(error)) ?? [];
  const end = position === undefined ? text.length : Number(position);
  return Buffer.byteLength(text.slice(0, end));
}

function isWhole({ algorithm, env, globalStep, policy, options, training }: Partial<Checkpoint>): boolean {
  const parts = [env, policy, policy?.network, policy?.weights, options, training];
  return (
    typeof algorithm === "string" &&
    Number.isSafeInteger(globalStep) &&
    parts.every(isObject) &&
    typeof env?.id === "string"
  );
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}
