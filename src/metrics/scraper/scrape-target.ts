/** What is scraped: addresses with labels. @module */
import { InvalidOptionError } from "../../errors.js";
import type { Credentials } from "../client/credentials.js";
import { checkHeaders, serverAddress } from "../client/server-address.js";
import { type LabelSet, labelSet, METRIC_NAME } from "../labels.js";

/** One target. */
export interface ScrapeTarget {
  /** Address of its metrics, such as `http://127.0.0.1:9100/metrics`. No credentials in it. */
  readonly url: string;
  /** Value of the label `job`. */
  readonly job: string;
  /** Further labels; `instance` is the address's host and port unless given here. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly credentials?: Credentials;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A target with what follows from it. */
export interface CheckedTarget {
  readonly url: string;
  readonly labels: LabelSet;
  readonly headers: Readonly<Record<string, string>>;
}

/** Checks a target. @throws InvalidOptionError */
export function checkTarget({ url, job, labels = {}, credentials, headers = {} }: ScrapeTarget): CheckedTarget {
  const address = serverAddress(url);
  if (job === "") throw new InvalidOptionError("job", "a name", job);
  for (const name of Object.keys(labels)) {
    if (!/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name) || name.startsWith("__")) {
      throw new InvalidOptionError("labels", "names of letters, digits and _, not beginning with __", name);
    }
  }
  const authorization = credentials === undefined ? {} : { Authorization: credentials.header() };
  return {
    url: address,
    labels: labelSet(Object.entries({ instance: new URL(address).host, ...labels, job })),
    headers: { ...checkHeaders(headers), ...authorization },
  };
}

/** A sample's labels with the target's, which win: its own of the same name becomes `exported_…`, as in Prometheus. */
export function targetLabels(name: string, own: LabelSet, target: LabelSet): LabelSet {
  const merged = new Map<string, string>([[METRIC_NAME, name], ...target]);
  for (const [label, value] of own) {
    let free = label;
    while (target.has(free) || (free !== label && own.has(free))) free = `exported_${free}`;
    merged.set(free, value);
  }
  return labelSet(merged);
}
