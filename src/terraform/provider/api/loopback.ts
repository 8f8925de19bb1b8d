/** The built-in provider speaks to this machine only. @module */
import { PublicEndpointError } from "../../../errors.js";

/**
 * The endpoint as a URL whose host is a loopback address; `localhost` is taken for 127.0.0.1 without asking a resolver.
 *
 * @throws PublicEndpointError when it is anything else.
 */
export function loopbackUrl(endpoint: string): URL {
  if (!URL.canParse(endpoint)) throw new PublicEndpointError(endpoint);
  const url = new URL(endpoint);
  if (url.protocol !== "http:") throw new PublicEndpointError(endpoint);
  if (url.hostname === "localhost") url.hostname = "127.0.0.1";
  // The URL parser has brought every spelling of an address, such as 0x7f.1, into this form.
  if (/^127\.\d+\.\d+\.\d+$/.test(url.hostname) || url.hostname === "[::1]") return url;
  throw new PublicEndpointError(endpoint);
}
