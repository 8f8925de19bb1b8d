/** How requests to DigitalOcean's API are sent: paced, tried again where that is safe, and failing with the library's errors. @module */
import type { Clock } from "../clock.js";
import { RequestFailedError, TokenError } from "../errors.js";
import type { Redact } from "../secrets.js";
import type { RequestPacer } from "./request-pacer.js";

/** What `fetch` is called with. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Options of {@link apiFetch}. */
export interface ApiFetchOptions {
  readonly pacer: RequestPacer;
  readonly clock: Clock;
  readonly redact: Redact;
  /** How often a request is tried. @defaultValue 6 */
  readonly attempts?: number;
  /** How long one may take. Unit: seconds. @defaultValue 30 */
  readonly timeoutSeconds?: number;
  /** @defaultValue that of Node */
  readonly fetch?: Fetch;
}

/** Statuses of a server that may do better a little later. */
const PASSING = new Set([429, 500, 502, 503, 504]);

/**
 * Makes the function by which all requests are sent.
 *
 * A POST is not repeated when it may have done its work already. Bodies of failed answers are read for their message; the
 * URL and headers, and with them the token, are in no error.
 */
export function apiFetch(options: ApiFetchOptions): Fetch {
  const { pacer, clock, attempts = 6 } = options;
  return async (url, init) => {
    const request = `${init.method ?? "GET"} ${new URL(url).pathname}`;
    for (let attempt = 1; ; attempt++) {
      await pacer.next();
      const answer = await send(url, init, options).catch((cause: unknown) => unanswered(request, cause, options));
      if (answer instanceof Response) {
        listen(answer, pacer);
        if (answer.ok) return answer;
      }
      const error = answer instanceof Response ? await refused(request, answer, options) : answer;
      const status = answer instanceof Response ? answer.status : 0;
      const isSafe = init.method !== "POST" || status === 429;
      if (attempt >= attempts || !isSafe || !(status === 0 || PASSING.has(status))) throw error;
      await clock.sleep(answer instanceof Response ? waitOf(answer, attempt) : 2 ** (attempt - 1));
    }
  };
}

async function send(
  url: string,
  init: RequestInit,
  { fetch: own, timeoutSeconds = 30 }: ApiFetchOptions,
): Promise<Response> {
  const headers = new Headers(init.headers);
  const isEmpty =
    init.body === undefined || init.body === null || (init.body as { byteLength?: number }).byteLength === 0;
  // The client declares a JSON body where it sends none, which strict servers refuse.
  if (isEmpty) headers.delete("content-type");
  const { body, ...rest } = init;
  const signal = AbortSignal.timeout(timeoutSeconds * 1000);
  return (own ?? fetch)(url, {
    ...rest,
    ...(!isEmpty && { body: body as NonNullable<RequestInit["body"]> }),
    headers,
    signal,
    redirect: "error",
  });
}

function unanswered(request: string, cause: unknown, { redact }: ApiFetchOptions): RequestFailedError {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  const text = inner instanceof Error ? inner.message : String(inner);
  return new RequestFailedError(request, 0, `${redact(text)}. Check the endpoint and the network.`);
}

async function refused(request: string, answer: Response, { redact }: ApiFetchOptions): Promise<Error> {
  const text = redact(await answer.text().catch(() => ""));
  if (answer.status === 401) return new TokenError("rejected", request);
  if (answer.status === 403 && /not authorized|do not have access|permission|scope/i.test(text)) {
    return new TokenError("scope", request);
  }
  return new RequestFailedError(request, answer.status, messageIn(text));
}

function messageIn(text: string): string {
  try {
    const { message } = JSON.parse(text) as { readonly message?: unknown };
    if (typeof message === "string" && message !== "") return message;
  } catch {
    // Not JSON: something between here and the API.
  }
  return text === "" ? "It gave no reason." : text.slice(0, 200);
}

function listen(answer: Response, pacer: RequestPacer): void {
  const [remaining, resetAt] = ["ratelimit-remaining", "ratelimit-reset"].map((name) => answer.headers.get(name));
  if (remaining == null || resetAt == null) return;
  if (Number.isFinite(Number(remaining)) && Number.isFinite(Number(resetAt))) {
    pacer.heard({ remaining: Number(remaining), resetAt: Number(resetAt) });
  }
}

/** As long as the server asks for, else twice as long each time. Unit: seconds. */
function waitOf(answer: Response, attempt: number): number {
  const asked = Number(answer.headers.get("retry-after"));
  return asked > 0 ? Math.min(asked, 120) : 2 ** (attempt - 1);
}
