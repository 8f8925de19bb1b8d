/** The mark of a run: what in an account belongs to it, and until when. @module */
import { randomBytes } from "node:crypto";
import { InvalidOptionError } from "../errors.js";
import { setAttribute } from "../infra/edits.js";
import type { InfraGraph } from "../infra/infra-graph.js";
import type { AccountResource } from "./account-kinds.js";

/**
 * The mark of a run. Its tag is made first and deleted last, so that the account itself says which runs there are and when
 * they end, to whoever looks, from whatever machine. What takes no tags bears the run's id in its name.
 */
export interface RunMark {
  /** A letter and nine letters or digits, such as `r4k8zq02mw`. */
  readonly run: string;
  /** Unit: seconds since 1970-01-01 UTC. */
  readonly expiresAt: number;
  /** `infra-gym:<run>:<expiry>`, on everything that takes tags. */
  readonly tag: string;
}

const TAG = /^infra-gym:(r[a-z0-9]{9}):(\d{9,11})$/;

/** A new mark. @param expiresAt - Unit: seconds since 1970-01-01 UTC; rounded up. */
export function newRunMark(expiresAt: number): RunMark {
  const number = BigInt(`0x${randomBytes(8).toString("hex")}`);
  return runMark(`r${number.toString(36).padStart(9, "0").slice(-9)}`, expiresAt);
}

/** The mark of a run that is known. @throws InvalidOptionError */
export function runMark(run: string, expiresAt: number): RunMark {
  const tag = `infra-gym:${run}:${Math.ceil(expiresAt)}`;
  if (!TAG.test(tag)) throw new InvalidOptionError("run", "a run's id and the time of its end", tag);
  return { run, expiresAt: Math.ceil(expiresAt), tag };
}

/** The mark that a tag stands for; undefined for other tags. */
export function markOfTag(tag: string): RunMark | undefined {
  const [, run, expiresAt] = TAG.exec(tag) ?? [];
  return run === undefined ? undefined : { run, expiresAt: Number(expiresAt), tag };
}

/** Whether something in an account belongs to a run. */
export function belongsTo({ run, tag }: RunMark, { name, tags }: AccountResource): boolean {
  return name === tag || tags.includes(tag) || new RegExp(`(^|[^a-z0-9])${run}([^a-z0-9]|$)`).test(name);
}

/** Kinds whose name is given by what they belong to, or means something. */
const NAMED_WITHIN = new Set(["digitalocean_record", "digitalocean_database_user"]);

/** A graph in which every name bears the run's id, so that two runs do not meet and what is left of one is found. */
export function markGraph(graph: InfraGraph, { run }: RunMark): InfraGraph {
  return graph.resources.reduce((marked, { address, kind, attributes: { name } }) => {
    if (typeof name !== "string" || NAMED_WITHIN.has(kind)) return marked;
    const own = kind === "digitalocean_domain" ? `${run}.${name}` : `${name}-${run}`;
    return setAttribute(address, "name", own)(marked);
  }, graph);
}
