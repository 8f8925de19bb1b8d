/** The cookie by which a client comes to the same server again: read, taken out, set. @module */

/** A request's cookie of that name, and the header without it. */
export interface ReadCookie {
  readonly value: string | undefined;
  /** undefined where no other is left. */
  readonly rest: string | undefined;
}

/** Takes a cookie out of a Cookie header. @see RFC 6265, section 4.2 */
export function takeCookie(header: string | undefined, name: string): ReadCookie {
  if (header === undefined) return { value: undefined, rest: undefined };
  const pairs = header.split(/; */).filter((pair) => pair !== "");
  const own = pairs.find((pair) => pair.startsWith(`${name}=`));
  const others = pairs.filter((pair) => !pair.startsWith(`${name}=`));
  return { value: own?.slice(name.length + 1), rest: others.length === 0 ? undefined : others.join("; ") };
}

/** The Set-Cookie header that ties a client to a server. */
export function setCookie(name: string, value: string): string {
  return `${name}=${value}; path=/`;
}
