/** Credentials for a metrics server: kept out of everything that is shown. @module */
import { readFileSync } from "node:fs";
import { InvalidOptionError } from "../../errors.js";

const HIDDEN = "***";

/** What a server is asked with. Printing it, or writing it as JSON, shows `***`. */
export class Credentials {
  readonly #header: string;
  readonly #secrets: readonly string[];

  private constructor(header: string, secrets: readonly string[]) {
    this.#header = header;
    this.#secrets = secrets.filter((secret) => secret !== "");
  }

  /** User name and password (RFC 7617). @throws InvalidOptionError when the name has a colon */
  static basic(username: string, password: string): Credentials {
    if (username.includes(":")) throw new InvalidOptionError("username", "a name without a colon", HIDDEN);
    const encoded = Buffer.from(`${username}:${password}`, "utf8").toString("base64");
    return new Credentials(`Basic ${encoded}`, [encoded, password]);
  }

  /** A bearer token (RFC 6750). @throws InvalidOptionError when it cannot stand in a header */
  static bearer(token: string): Credentials {
    if (!/^[\x21-\x7e]+$/.test(token)) {
      throw new InvalidOptionError("token", "printable ASCII characters without blanks", HIDDEN);
    }
    return new Credentials(`Bearer ${token}`, [token]);
  }

  /** The value of the Authorization header. */
  header(): string {
    return this.#header;
  }

  /** A text with every secret replaced by `***`. */
  redact(text: string): string {
    return this.#secrets.reduce((shown, secret) => shown.replaceAll(secret, HIDDEN), text);
  }

  /** `***` */
  toJSON(): string {
    return HIDDEN;
  }

  /** `***` */
  toString(): string {
    return HIDDEN;
  }
}

/**
 * The credentials in environment variables: `INFRA_GYM_PROMETHEUS_TOKEN`, or `INFRA_GYM_PROMETHEUS_USERNAME` with
 * `INFRA_GYM_PROMETHEUS_PASSWORD`. With `_FILE` after the name of a token or password, they are read from that file.
 *
 * @returns undefined where none is set.
 * @throws InvalidOptionError when a file cannot be read, or a token and a user name are both given
 */
export function credentialsFromEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): Credentials | undefined {
  const token = secretOf("INFRA_GYM_PROMETHEUS_TOKEN", environment);
  const username = environment.INFRA_GYM_PROMETHEUS_USERNAME;
  if (token !== undefined && username !== undefined) {
    throw new InvalidOptionError(
      "INFRA_GYM_PROMETHEUS_TOKEN",
      "unset where INFRA_GYM_PROMETHEUS_USERNAME is set",
      HIDDEN,
    );
  }
  if (token !== undefined) return Credentials.bearer(token);
  if (username === undefined) return undefined;
  return Credentials.basic(username, secretOf("INFRA_GYM_PROMETHEUS_PASSWORD", environment) ?? "");
}

function secretOf(name: string, environment: Readonly<Record<string, string | undefined>>): string | undefined {
  const file = environment[`${name}_FILE`];
  if (file === undefined) return environment[name];
  try {
    return readFileSync(file, "utf8").trim();
  } catch (cause) {
    throw new InvalidOptionError(`${name}_FILE`, "a file that can be read", file, { cause });
  }
}
