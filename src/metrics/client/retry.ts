/** Asking again where that can help: 429, 502, 503, 504 and network errors. @module */
import type { Clock } from "../../clock.js";
import { MetricsServerError } from "../../errors.js";
import type { HttpResponse } from "./http-request.js";

/** How often, and how long, it is asked again. */
export interface RetryOptions {
  /** Attempts after the first. An integer from 0. @defaultValue 3 */
  readonly retries: number;
  /** The longest wait before an attempt, whatever Retry-After says. Unit: seconds. @defaultValue 30 */
  readonly maxRetryAfterSeconds: number;
  /** When it is given up. Unit: seconds since 1970. */
  readonly deadline: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** The wait before the second attempt, doubled for each further one. Unit: seconds. */
const FIRST_WAIT_SECONDS = 0.25;
const RETRIED: readonly number[] = [429, 502, 503, 504];

/**
 * Sends until there is an answer that stays, the attempts are used up, or the wait would pass the deadline.
 * @returns The last answer.
 * @throws the last error, where there was no answer
 */
export async function sendWithRetries(send: () => Promise<HttpResponse>, options: RetryOptions): Promise<HttpResponse> {
  const { retries, clock, deadline, signal } = options;
  for (let attempt = 0; ; attempt++) {
    const outcome = await send().catch((error: unknown) => {
      if (error instanceof MetricsServerError && error.reason === "unreachable") return error;
      throw error;
    });
    const canHelp = outcome instanceof MetricsServerError || RETRIED.includes(outcome.status);
    const wait = canHelp ? waitBefore(attempt, outcome, options) : Number.POSITIVE_INFINITY;
    if (attempt >= retries || clock.now() + wait >= deadline) {
      if (outcome instanceof MetricsServerError) throw outcome;
      return outcome;
    }
    await clock.sleep(wait, signal);
  }
}

function waitBefore(
  attempt: number,
  outcome: HttpResponse | MetricsServerError,
  { clock, maxRetryAfterSeconds }: RetryOptions,
): number {
  const own = FIRST_WAIT_SECONDS * 2 ** attempt;
  const asked = outcome instanceof MetricsServerError ? undefined : retryAfterSeconds(outcome.retryAfter, clock.now());
  return Math.min(maxRetryAfterSeconds, asked ?? own);
}

/** Seconds of a Retry-After header: a number, or a date (RFC 9110, 10.2.3). */
function retryAfterSeconds(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d+$/.test(header.trim())) return Number(header);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date / 1000 - now);
}
