/** One HTTP exchange through axios, which is loaded when the first is made. @module */
import type { AxiosStatic } from "axios";
import { MetricsServerError } from "../../errors.js";

/** A request. */
export interface HttpRequest {
  readonly url: string;
  readonly method: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  /** The body of a POST. */
  readonly body?: string;
  /** Unit: bytes. */
  readonly maxResponseBytes: number;
  readonly signal: AbortSignal;
}

/** An answer, whatever its status. */
export interface HttpResponse {
  readonly status: number;
  readonly contentType: string;
  readonly retryAfter: string | undefined;
  readonly location: string | undefined;
  readonly body: string;
}

let loaded: Promise<AxiosStatic> | undefined;

/**
 * Sends a request. Redirects are not followed, so that credentials go nowhere else.
 *
 * @throws MetricsServerError `unreachable` or `too-large`; the signal's reason when it is aborted
 */
export async function sendRequest(request: HttpRequest): Promise<HttpResponse> {
  loaded ??= import("axios").then((module) => module.default);
  const axios = await loaded;
  try {
    const { status, headers, data } = await axios.request<string>({
      url: request.url,
      method: request.method,
      headers: request.headers,
      data: request.body,
      maxContentLength: request.maxResponseBytes,
      signal: request.signal,
      maxRedirects: 0,
      responseType: "text",
      transformResponse: (text: string) => text,
      validateStatus: () => true,
    });
    const header = (name: string): string | undefined => {
      const value: unknown = headers[name];
      return typeof value === "string" ? value : undefined;
    };
    return {
      status,
      contentType: header("content-type") ?? "",
      retryAfter: header("retry-after"),
      location: header("location"),
      body: typeof data === "string" ? data : "",
    };
  } catch (error) {
    if (request.signal.aborted) throw request.signal.reason;
    throw transportError(error, request);
  }
}

/** Never the original as a cause: it holds the request with its headers. */
function transportError(error: unknown, { url, maxResponseBytes }: HttpRequest): MetricsServerError {
  const { code = "", message = "" } = error as { code?: string; message?: string };
  if (message.startsWith("maxContentLength")) {
    return new MetricsServerError(url, "too-large", 0, `the answer is larger than ${maxResponseBytes} bytes.`);
  }
  const detail = code === "" || message.includes(code) ? message : `${message} (${code})`;
  return new MetricsServerError(
    url,
    "unreachable",
    0,
    `no answer: ${detail || code}. Check the address, and that it is up.`,
  );
}
