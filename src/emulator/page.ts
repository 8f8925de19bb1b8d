/** Lists in pages, with links to the pages before and after. @module */
import { type Answer, badRequest, done } from "./answer.js";
import type { Call } from "./call.js";
import type { JsonObject, JsonValue } from "./json.js";

/** Entries of a page unless told otherwise, and at most. */
const DEFAULT_PAGE = 20;
const LARGEST_PAGE = 200;

/** The entries of the page that is asked for, and what the answer says about the other pages. */
export interface Page<R> {
  readonly entries: readonly R[];
  readonly links: JsonObject;
  readonly meta: { readonly total: number };
}

/**
 * The page of a list that a request asks for.
 *
 * @throws Refusal when `page` or `per_page` is not an integer of at least 1.
 */
export function pageOf<R>(call: Call, all: readonly R[]): Page<R> {
  const page = positive(call, "page") ?? 1;
  const size = Math.min(positive(call, "per_page") ?? DEFAULT_PAGE, LARGEST_PAGE);
  const last = Math.max(1, Math.ceil(all.length / size));
  const link = (to: number): string => {
    const query = new URLSearchParams(call.query);
    query.set("page", String(to));
    query.set("per_page", String(size));
    return `${call.origin}${call.path}?${query}`;
  };
  const pages: Record<string, string> = {};
  if (page > 1) Object.assign(pages, { first: link(1), prev: link(Math.min(page - 1, last)) });
  if (page < last) Object.assign(pages, { last: link(last), next: link(page + 1) });
  return {
    entries: all.slice((page - 1) * size, page * size),
    links: Object.keys(pages).length > 0 ? { pages } : {},
    meta: { total: all.length },
  };
}

/** Answers with a page of a list under a name. */
export function listed<R>(call: Call, name: string, all: readonly R[], view: (record: R) => JsonValue): Answer {
  const { entries, links, meta } = pageOf(call, all);
  return done({ [name]: entries.map(view), links, meta });
}

function positive(call: Call, name: string): number | undefined {
  const text = call.query.get(name);
  if (text === null || text === "") return undefined;
  const value = /^\d+$/.test(text) ? Number(text) : 0;
  if (value < 1 || !Number.isSafeInteger(value)) throw badRequest(`${name} must be an integer of at least 1.`);
  return value;
}
