/** The text of a query: `$__` variables before parsing, positions in errors after it. @module */
import { InvalidOptionError, InvalidQueryError } from "../../errors.js";
import type { Span } from "./ast.js";

/** What the backend puts in for `$__` variables. */
export interface QueryIntervals {
  /** Length of a step, `$__step`. Unit: seconds. */
  readonly stepSeconds: number;
  /** Time between two samples, `$__scrape`. Unit: seconds. */
  readonly scrapeSeconds: number;
}

/**
 * Substitutes `$__step`, `$__scrape` and `$__rate_interval` (step + scrape, so that a rate covers exactly the last step).
 * @throws InvalidQueryError when a `$__` variable is unknown
 */
export function substituteVariables(query: string, { stepSeconds, scrapeSeconds }: QueryIntervals): string {
  const values: Readonly<Record<string, number>> = {
    step: stepSeconds,
    scrape: scrapeSeconds,
    rate_interval: stepSeconds + scrapeSeconds,
  };
  return query.replace(/\$__(\w+)|\$\{__(\w+)\}/g, (variable, plain: string, braced: string, position: number) => {
    const seconds = values[plain ?? braced];
    if (seconds !== undefined) return formatDuration(seconds);
    const known = Object.keys(values).map((name) => `$__${name}`);
    throw queryError(
      query,
      { from: position, to: position },
      `unknown variable ${variable}; known are ${known.join(", ")}.`,
    );
  });
}

/** A duration as PromQL writes it: `60s`, or `1500ms` where it is not a whole number of seconds. */
export function formatDuration(seconds: number): string {
  const milliseconds = Math.round(seconds * 1000);
  if (!(milliseconds > 0)) throw new InvalidOptionError("duration", "at least 0.001 (seconds)", seconds);
  return milliseconds % 1000 === 0 ? `${milliseconds / 1000}s` : `${milliseconds}ms`;
}

/** An error at a position; lines and columns count from 1. */
export function queryError(query: string, { from }: Span, detail: string): InvalidQueryError {
  const before = query.slice(0, from).split("\n");
  return new InvalidQueryError(query, before.length, before.at(-1)!.length + 1, detail);
}
