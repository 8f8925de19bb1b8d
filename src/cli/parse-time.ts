/** Times and ranges of queries as people write them. @module */
import { UsageError } from "../errors.js";
import type { QueryRange } from "../metrics/index.js";
import type { OptionValues } from "./option-values.js";
import { parseDuration } from "./parse-duration.js";

/** A time: seconds since 1970, or a date. @throws UsageError */
export function parseTime(values: OptionValues, name: string): number | undefined {
  const text = values.text(name);
  if (text === undefined) return undefined;
  const seconds = secondsOf(text);
  if (seconds !== undefined) return seconds;
  throw new UsageError(
    `Expected ${values.source(name)} to be seconds since 1970, or a date such as 2024-01-06T00:00:00Z, got ${JSON.stringify(text)}.`,
  );
}

/** `START,END,STEP`. @throws UsageError */
export function parseRange(values: OptionValues, name: string): QueryRange | undefined {
  const text = values.text(name);
  if (text === undefined) return undefined;
  const [start = "", end = "", step = "", ...more] = text.split(",");
  const startSeconds = secondsOf(start);
  const endSeconds = secondsOf(end);
  const stepSeconds = parseDuration(step) ?? secondsOf(step);
  if (startSeconds !== undefined && endSeconds !== undefined && stepSeconds !== undefined && more.length === 0) {
    if (stepSeconds > 0 && startSeconds <= endSeconds) return { startSeconds, endSeconds, stepSeconds };
  }
  throw new UsageError(
    `Expected ${values.source(name)} to be START,END,STEP with START at most END and STEP above 0, got ${JSON.stringify(text)}.`,
  );
}

function secondsOf(text: string): number | undefined {
  const trimmed = text.trim();
  if (/^-?\d+(\.\d+)?$/.test(trimmed)) return Number(trimmed);
  if (!/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/.test(trimmed)) return undefined;
  const milliseconds = Date.parse(trimmed);
  return Number.isNaN(milliseconds) ? undefined : milliseconds / 1000;
}
