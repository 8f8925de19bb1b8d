/** Requests to an object store on this machine that speaks S3: where the emulated account's buckets are. @module */
import { createHash } from "node:crypto";
import { type Clock, systemClock } from "../../../clock.js";
import { RequestFailedError } from "../../../errors.js";
import { loopbackUrl } from "./loopback.js";
import { queryText, signedHeaders } from "./s3-signature.js";

/** Where buckets are, and with which keys. */
export interface SpacesAccess {
  /** Of a store on this machine, such as `http://127.0.0.1:9000`. */
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** One request. */
export interface SpacesRequest {
  readonly method: "GET" | "HEAD" | "PUT" | "DELETE";
  readonly bucket: string;
  /** @defaultValue none: the bucket itself */
  readonly key?: string;
  /** Such as `{ versioning: "" }`. @defaultValue none */
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** @defaultValue "" */
  readonly body?: string;
}

/** A connection to an object store. */
export class SpacesClient {
  readonly #url: URL;
  readonly #access: SpacesAccess;
  readonly #clock: Clock;

  /** @throws PublicEndpointError when the endpoint is not on this machine. */
  constructor(access: SpacesAccess, clock: Clock = systemClock()) {
    this.#url = loopbackUrl(access.endpoint);
    this.#access = access;
    this.#clock = clock;
  }

  /** The body of the answer; undefined where there is no such thing. @throws RequestFailedError */
  async send({ method, bucket, key, query = {}, headers = {}, body = "" }: SpacesRequest): Promise<string | undefined> {
    const path = `/${[bucket, ...(key === undefined ? [] : key.split("/"))].map(encodeURIComponent).join("/")}`;
    const given: Record<string, string> = { ...headers, host: this.#url.host };
    if (body !== "") given["content-md5"] = createHash("md5").update(body).digest("base64");
    // Spaces takes any region; stores that compare it expect this one.
    const keys = { ...this.#access, region: "us-east-1" };
    const { host: _, ...signed } = signedHeaders(
      { method, path, query, headers: given, body },
      keys,
      this.#clock.now(),
    );
    const search = queryText(query);
    const url = `${this.#url.origin}${path}${search === "" ? "" : `?${search}`}`;
    const response = await fetch(url, { method, headers: signed, redirect: "error", ...(body !== "" && { body }) });
    const text = await response.text();
    if (response.ok) return text;
    if (response.status === 404) return undefined;
    const reason = /<Message>([^<]*)<\/Message>/.exec(text)?.[1] ?? "no reason given";
    throw new RequestFailedError(`${method} ${path}`, response.status, reason);
  }
}
