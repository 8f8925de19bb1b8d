/** Reads a trace: a CSV file of times and requests per period, checked row by row. @module */
import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { InvalidTraceError } from "../errors.js";
import { describeValue } from "../messages.js";
import { timeOf } from "./trace-time.js";

/** A trace as the file has it, gaps included. */
export interface TraceRows {
  /** Starts of the periods, rising. Unit: seconds since 1970-01-01 UTC, or as the file counts them. */
  readonly times: Float64Array;
  /** Requests of each period, from 0. */
  readonly counts: Float64Array;
  /** Line of each row in the file, counted from 1. */
  readonly lines: Uint32Array;
}

interface CsvRow {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

const COUNT = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/**
 * Reads a trace file. The first row may be a header.
 *
 * @throws InvalidTraceError for a file that is missing, empty or of one row, and for a row that does not have two columns,
 * a time later than the one before, and a count from 0.
 */
export function readTraceRows(file: string): TraceRows {
  const rows = csvRows(file);
  const first = rows[0];
  if (first === undefined) {
    throw new InvalidTraceError(file, 0, "Expected rows of time and requests, got an empty file.");
  }
  checkColumns(file, first.info.lines, first.record);
  if (isHeader(first.record)) rows.shift();
  if (rows.length < 2) {
    const got = rows.length === 0 ? "none" : "one";
    const detail = `Expected at least two rows, got ${got}. The length of a period is read off the times of two rows.`;
    throw new InvalidTraceError(file, rows[0]?.info.lines ?? 0, detail);
  }
  const times = new Float64Array(rows.length);
  const counts = new Float64Array(rows.length);
  const lines = new Uint32Array(rows.length);
  let form: "seconds" | "timestamp" | undefined;
  rows.forEach(({ record, info: { lines: line } }, i) => {
    checkColumns(file, line, record);
    const time = timeOf(record[0]!);
    if (time === undefined) {
      const expected = 'a time such as "2014-04-10 00:04:00", "2014-04-10T00:04:00Z" or seconds in column 1';
      throw new InvalidTraceError(file, line, `Expected ${expected}, got ${describeValue(record[0])}.`);
    }
    form ??= time.form;
    if (time.form !== form) {
      const detail = `Expected ${form === "seconds" ? "seconds" : "a timestamp"} in column 1 as in the rows above, got ${describeValue(record[0])}.`;
      throw new InvalidTraceError(file, line, detail);
    }
    if (i > 0 && time.seconds <= times[i - 1]!) {
      const wrong = time.seconds === times[i - 1] ? "the same time again" : "an earlier one";
      const advice = "Sort the rows by time and keep one row per time.";
      throw new InvalidTraceError(file, line, `Expected a time later than the row before, got ${wrong}. ${advice}`);
    }
    times[i] = time.seconds;
    counts[i] = countOf(file, line, record[1]!);
    lines[i] = line;
  });
  return { times, counts, lines };
}

function csvRows(file: string): CsvRow[] {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? "unknown";
    const detail = `Expected a CSV file that can be read, got the error ${code}. Check the path; it is relative to the working directory.`;
    throw new InvalidTraceError(file, 0, detail, { cause });
  }
  try {
    const options = { bom: true, info: true, relax_column_count: true, skip_empty_lines: true, trim: true } as const;
    return parse(text, options) as unknown as CsvRow[];
  } catch (cause) {
    const line = (cause as { lines?: number }).lines ?? 0;
    const detail = `Expected rows of comma-separated values, got a row that is none: ${(cause as Error).message}`;
    throw new InvalidTraceError(file, line, detail, { cause });
  }
}

/** A header has neither a time nor a number: a first row with one of the two is a row with a mistake. */
function isHeader(record: readonly string[]): boolean {
  return timeOf(record[0]!) === undefined && !looksLikeCount(record[1]!);
}

function looksLikeCount(text: string): boolean {
  return COUNT.test(text) || /^[+-]?(nan|inf(inity)?)$/i.test(text);
}

function checkColumns(file: string, line: number, record: readonly string[]): void {
  if (record.length === 2) return;
  const got = record.length === 1 ? "1 column" : `${record.length} columns`;
  const detail = `Expected two columns, time and requests per period, got ${got}. Keep these two and separate them by a comma.`;
  throw new InvalidTraceError(file, line, detail);
}

function countOf(file: string, line: number, text: string): number {
  const count = COUNT.test(text) ? Number(text) : Number.NaN;
  if (count >= 0 && Number.isFinite(count)) return count;
  const advice =
    count < 0 ? "A count can't be negative: correct the row or leave it out." : "Correct the row or leave it out.";
  const detail = `Expected the requests of the period, a finite number from 0, in column 2, got ${describeValue(text)}. ${advice}`;
  throw new InvalidTraceError(file, line, detail);
}
