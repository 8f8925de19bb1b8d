/** Where requests go, and the token they carry: from the environment, when it is needed. @module */
import { InvalidOptionError, TokenError } from "../errors.js";

/** The API of DigitalOcean. */
export const PUBLIC_ENDPOINT = "https://api.digitalocean.com";
/** What the emulator is told where no token is set: it takes any. */
const EMULATOR_TOKEN = "emulator";

/** Where requests go, and what they carry. */
export interface Credentials {
  /** Without a slash at the end. */
  readonly endpoint: string;
  readonly token: string;
  /** Whether the endpoint is on this machine: the emulator. */
  readonly isLoopback: boolean;
}

/**
 * Reads the token from `DIGITALOCEAN_TOKEN`, and the endpoint from `DIGITALOCEAN_API_URL` unless it is given.
 *
 * @throws InvalidOptionError for an endpoint that is no URL, holds credentials, or would carry the token over plain HTTP
 * @throws TokenError when no token is set and the endpoint is not on this machine
 */
export function readCredentials(
  env: Readonly<Record<string, string | undefined>>,
  endpoint: string = env.DIGITALOCEAN_API_URL || PUBLIC_ENDPOINT,
): Credentials {
  const url = parse(endpoint);
  const isLoopback = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback)) {
    throw new InvalidOptionError("endpoint", "an https URL, or http on this machine", endpoint);
  }
  const token = (env.DIGITALOCEAN_TOKEN ?? "").trim();
  if (token === "" && !isLoopback) throw new TokenError("missing", url.origin);
  return {
    endpoint: `${url.origin}${url.pathname}`.replace(/\/+$/, ""),
    token: token === "" ? EMULATOR_TOKEN : token,
    isLoopback,
  };
}

function parse(endpoint: string): URL {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url === undefined) throw new InvalidOptionError("endpoint", "a URL such as http://127.0.0.1:8080", endpoint);
  // The message does not repeat it.
  if (url.username !== "" || url.password !== "") {
    throw new InvalidOptionError("endpoint", "a URL without credentials", `${url.protocol}//…@${url.host}`);
  }
  return url;
}
