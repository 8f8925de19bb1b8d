/** What a server's answer means: data, or which error. @module */
import { MetricsServerError, QueryFailedError } from "../../errors.js";
import type { HttpResponse } from "./http-request.js";

/** A successful answer of the HTTP API. */
export interface ApiAnswer {
  readonly data: unknown;
  readonly warnings: readonly string[];
  readonly infos: readonly string[];
}

/** Of a text that is not Prometheus's, so much is shown. Unit: characters. */
const SHOWN = 120;

/**
 * Reads an answer.
 *
 * @param what - The query, for errors.
 * @param url - Without credentials.
 * @throws QueryFailedError when the server refused the query; MetricsServerError when the answer is not Prometheus's
 */
export function readAnswer(response: HttpResponse, url: string, what: string): ApiAnswer {
  const { status, body, location } = response;
  const fail = (reason: MetricsServerError["reason"], detail: string): never => {
    throw new MetricsServerError(url, reason, status, detail);
  };
  if (status === 401 || status === 403) {
    fail(
      "unauthorized",
      `it answered ${status}. Set INFRA_GYM_PROMETHEUS_TOKEN, or a user name and password, that it accepts.`,
    );
  }
  if (status >= 300 && status < 400) {
    fail(
      "redirect",
      `it redirects to ${withoutCredentials(location ?? "nowhere")}. Use that address, or a path prefix.`,
    );
  }
  const answer = parseObject(body);
  if (answer?.status === "error" && typeof answer.error === "string") {
    throw new QueryFailedError(what, String(answer.errorType ?? "error"), sentence(answer.error));
  }
  if (status < 200 || status >= 300) fail("status", `it answered ${status}${shown(response)}.`);
  if (answer?.status !== "success") {
    fail(
      "not-prometheus",
      `it answered ${status}, but not as Prometheus does${shown(response)}. Check the address and path prefix.`,
    );
  }
  return { data: answer!.data, warnings: texts(answer!.warnings), infos: texts(answer!.infos) };
}

function parseObject(body: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** `, with HTML: "404 page not found"` */
function shown({ contentType, body }: HttpResponse): string {
  const isHtml = contentType.includes("html") || /^\s*<(!doctype|html)/i.test(body);
  const plain = isHtml ? body.replace(/<(style|script).*?<\/\1>/gis, " ").replace(/<[^>]*>/g, " ") : body;
  const words = plain.replace(/\s+/g, " ").trim();
  const text = words.length > SHOWN ? `${words.slice(0, SHOWN)}…` : words;
  return text === "" ? ", with nothing" : `, with ${isHtml ? "HTML" : "text"}: ${JSON.stringify(text)}`;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((text): text is string => typeof text === "string") : [];
}

function withoutCredentials(address: string): string {
  return address.replace(/\/\/[^/@]*@/, "//").replace(/[?#].*$/s, "");
}
