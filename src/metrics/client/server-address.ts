/** Checks of a server's address and of headers. @module */
import { InvalidOptionError } from "../../errors.js";

/** An address with its path prefix, without a slash at its end. @throws InvalidOptionError; credentials in it are not shown */
export function serverAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== "http:" && url?.protocol !== "https:") {
    throw new InvalidOptionError("url", "an address such as http://127.0.0.1:9090", text.replace(/\/\/.*@/s, "//***@"));
  }
  if (url.username !== "" || url.password !== "") {
    throw new InvalidOptionError(
      "url",
      "an address without credentials (set INFRA_GYM_PROMETHEUS_USERNAME and INFRA_GYM_PROMETHEUS_PASSWORD)",
      `${url.protocol}//***@${url.host}${url.pathname}`,
    );
  }
  if (url.search !== "" || url.hash !== "") {
    throw new InvalidOptionError("url", "an address without a query and fragment", `${url.origin}${url.pathname}`);
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, "");
}

/** Headers as given. @throws InvalidOptionError naming the header, not its value */
export function checkHeaders(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  for (const [name, value] of Object.entries(headers)) {
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) {
      throw new InvalidOptionError("headers", "names of letters, digits and -", name);
    }
    if (typeof value !== "string" || !/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
      throw new InvalidOptionError(`headers.${name}`, "a text on one line", "***");
    }
  }
  return { ...headers };
}
