/** Signatures of S3 requests: AWS Signature Version 4. @module */
import { createHash, createHmac } from "node:crypto";

/** A request to sign. */
export interface SignedParts {
  readonly method: string;
  /** Escaped, such as `/bucket`. */
  readonly path: string;
  /** Names and values, not escaped. */
  readonly query: Readonly<Record<string, string>>;
  /** In small letters; `host` among them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Who signs. */
export interface S3Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
}

/**
 * The headers of a request with those that sign it.
 *
 * @param seconds - When it is signed. Unit: seconds since 1970-01-01 UTC.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
export function signedHeaders(parts: SignedParts, keys: S3Keys, seconds: number): Record<string, string> {
  const time = new Date(seconds * 1000).toISOString().replace(/[-:]|\.\d+/g, "");
  const day = time.slice(0, 8);
  const hash = sha256(parts.body);
  const headers: Record<string, string> = { ...parts.headers, "x-amz-content-sha256": hash, "x-amz-date": time };
  const names = Object.keys(headers).sort();
  const canonical = [
    parts.method,
    parts.path,
    queryText(parts.query),
    ...names.map((name) => `${name}:${headers[name]!.trim()}`),
    "",
    names.join(";"),
    hash,
  ].join("\n");
  const scope = `${day}/${keys.region}/s3/aws4_request`;
  const key = [day, keys.region, "s3", "aws4_request"].reduce<string | Buffer>(hmac, `AWS4${keys.secretAccessKey}`);
  const signature = hmac(key, `AWS4-HMAC-SHA256\n${time}\n${scope}\n${sha256(canonical)}`).toString("hex");
  const credential = `${keys.accessKeyId}/${scope}`;
  headers.authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names.join(";")}, Signature=${signature}`;
  return headers;
}

/** A query in the order and spelling that signatures ask for. */
export function queryText(query: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(query).map(([name, value]) => `${escaped(name)}=${escaped(value)}`);
  return pairs.sort().join("&");
}

function escaped(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
