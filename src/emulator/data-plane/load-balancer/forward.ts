/** Forwarding one request to one server and its answer back, on undici. @module */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Dispatcher, Pool } from "undici";

/** How it went. */
export type Outcome =
  | { readonly kind: "answered"; readonly code: number }
  /** The connection could not be made: nothing was sent, and another server may have it. */
  | { readonly kind: "not-sent"; readonly error: Error }
  /** It was sent, and no answer came, or not all of it; `code` is that of an answer that had begun. */
  | { readonly kind: "lost"; readonly error: Error; readonly code: number | undefined }
  /** The client went away. */
  | { readonly kind: "left" };

/** What is sent on. */
export interface Forwarded {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Names and values in turn. */
  readonly headers: readonly string[];
  readonly body: Buffer | IncomingMessage | null;
  /** Set on the answer besides the server's own headers. */
  readonly extraHeaders: readonly string[];
}

/** Headers that are meant for one connection only. @see RFC 9110, section 7.6.1 */
const HOP = new Set([
  "connection",
  "expect",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** Headers in turn, without those of the connection and those named. */
export function passedHeaders(raw: readonly (string | Buffer)[], without: readonly string[] = []): string[] {
  const kept: string[] = [];
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const name = raw[i]!.toString("latin1");
    const lower = name.toLowerCase();
    if (!HOP.has(lower) && !without.includes(lower)) kept.push(name, raw[i + 1]!.toString("latin1"));
  }
  return kept;
}

/** Forwards a request. Never rejects. An answer that breaks off cuts the client's connection as well. */
export function forward(pool: Pool, { request, response, headers, body, extraHeaders }: Forwarded): Promise<Outcome> {
  return new Promise((resolve) => {
    let controller: Dispatcher.DispatchController | undefined;
    let code: number | undefined;
    let isOver = false;
    const end = (outcome: Outcome): void => {
      isOver = true;
      response.off("close", onClose);
      response.off("drain", onDrain);
      resolve(outcome);
    };
    const onClose = (): void => {
      if (!isOver) controller?.abort(new Error("the client went away"));
    };
    const onDrain = (): void => controller?.resume();
    response.on("close", onClose);
    response.on("drain", onDrain);
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart: (started) => {
        controller = started;
        if (response.destroyed) started.abort(new Error("the client went away"));
      },
      onResponseStart: (started, statusCode, _, statusMessage = "") => {
        // Interim answers are the connection's affair.
        if (statusCode < 200) return;
        code = statusCode;
        const own = passedHeaders((started.rawHeaders ?? []) as Buffer[]);
        response.writeHead(statusCode, statusMessage, [...own, ...extraHeaders]);
      },
      onResponseData: (started, chunk) => {
        if (!response.write(chunk)) started.pause();
      },
      onResponseEnd: () => {
        response.end();
        end({ kind: "answered", code: code! });
      },
      onResponseError: (_, error) => {
        const hasLeft = response.destroyed;
        if (response.headersSent) response.destroy();
        if (hasLeft) end({ kind: "left" });
        else end(controller === undefined ? { kind: "not-sent", error } : { kind: "lost", error, code });
      },
    };
    const { method = "GET", url = "/" } = request;
    pool.dispatch(
      { method: method as Dispatcher.HttpMethod, path: url, headers: [...headers], body, blocking: false },
      handler,
    );
  });
}
