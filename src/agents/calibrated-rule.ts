/** Calibrated rules: a rule's name, its options and what it has learnt of the day, in a JSON file. @module */
import { readFileSync } from "node:fs";
import { CheckpointMismatchError, CorruptCheckpointError } from "../errors.js";
import type { ForecastTable } from "./forecast.js";
import type { ScheduleTable } from "./learned-schedule.js";

/** What a calibrated rule was searched on. */
export interface CalibrationRecord {
  /** Id of the environment. */
  readonly env: string;
  readonly workloads: readonly string[];
  /** Seeds of the days of the split `train`. */
  readonly seeds: readonly number[];
  /** How many sets of options were tried. */
  readonly candidates: number;
  /** Mean return of the best on those days. Unit: USD. */
  readonly return: number;
}

/** A rule with the options found for it. */
export interface CalibratedRule {
  /** The rule's name, such as `expert`. */
  readonly rule: string;
  readonly options: Readonly<Record<string, number>>;
  /** For rules that learn one. */
  readonly schedule?: ScheduleTable;
  /** The same. */
  readonly forecast?: ForecastTable;
  readonly calibration: CalibrationRecord;
}

const FORMAT = "infra-gym rule";
const VERSION = 1;

/** Whether a policy's name means a calibrated rule's file. */
export function isCalibratedRule(name: string): boolean {
  return name.endsWith(".json");
}

/** The text of a calibrated rule's file. The same rule gives the same bytes. */
export function calibratedRuleText(rule: CalibratedRule): string {
  return `${JSON.stringify({ format: FORMAT, version: VERSION, ...rule }, null, 1)}\n`;
}

/**
 * Reads a calibrated rule. It is data: nothing in it is run or imported.
 *
 * @throws CorruptCheckpointError naming path and offset, CheckpointMismatchError for another version of the format
 */
export function readCalibratedRule(file: string): CalibratedRule {
  const text = readText(file);
  const value = parse(file, text);
  const { format, version, ...rule } = (value ?? {}) as Record<string, unknown>;
  if (format !== FORMAT) throw new CorruptCheckpointError(file, 0, "It is not a calibrated rule.");
  if (version !== VERSION) {
    throw new CheckpointMismatchError(file, `version ${VERSION} of the format`, `version ${String(version)}`);
  }
  const { rule: name, options, schedule = {}, forecast = {}, calibration } = rule as Partial<CalibratedRule>;
  const isWhole = typeof name === "string" && isNumbers(options) && isRecord(calibration);
  if (!isWhole || !isRecord(schedule) || !isRecord(forecast)) {
    throw new CorruptCheckpointError(file, 0, "A part of it is missing.");
  }
  return rule as unknown as CalibratedRule;
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new CorruptCheckpointError(file, 0, "It cannot be read.", { cause });
  }
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const [, position] = /at position (\d+)/.exec(String(cause)) ?? [];
    const before = position === undefined ? text : text.slice(0, Number(position));
    throw new CorruptCheckpointError(file, Buffer.byteLength(before), "It is not JSON here.", { cause });
  }
}

function isRecord(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isNumbers(value: unknown): boolean {
  return isRecord(value) && Object.values(value).every((entry) => Number.isFinite(entry));
}
