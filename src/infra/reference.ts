/** A reference from one resource's attribute to another resource. @module */
import { InvalidOptionError } from "../errors.js";

/** The value of another resource's attribute, known once that resource exists. Plain JSON. */
export interface Reference {
  /** Address of the resource referred to, such as `digitalocean_vpc.main`. */
  readonly ref: string;
  /** Name of its attribute, such as `id`. */
  readonly attribute: string;
  /** Which instance of a group. Left out in a list, it means all of them. An integer from 0. */
  readonly index?: number;
}

/**
 * Refers to an attribute of another resource.
 *
 * @param address - Such as `digitalocean_vpc.main`, or `digitalocean_droplet.jump[0]` for one instance of a group.
 * @param attribute - Such as `id`.
 * @throws InvalidOptionError when the address is not of the form `kind.name` or `kind.name[index]`.
 * @example
 * ref("digitalocean_vpc.main", "id"); // { ref: "digitalocean_vpc.main", attribute: "id" }
 */
export function ref(address: string, attribute: string): Reference {
  const match = /^([a-z0-9_]+\.[A-Za-z0-9_-]+)(?:\[(\d+)\])?$/.exec(address);
  if (match === null) {
    throw new InvalidOptionError("address", 'an address such as "digitalocean_vpc.main"', address);
  }
  const whole = { ref: match[1]!, attribute };
  return match[2] === undefined ? whole : { ...whole, index: Number(match[2]) };
}

/** Whether a value is a {@link Reference}. */
export function isReference(value: unknown): value is Reference {
  if (typeof value !== "object" || value === null) return false;
  const candidate = value as Partial<Reference>;
  return typeof candidate.ref === "string" && typeof candidate.attribute === "string";
}

/** How a reference is written in messages: `digitalocean_droplet.jump[0].ipv4_address`. */
export function referenceText(reference: Reference): string {
  const index = reference.index === undefined ? "" : `[${reference.index}]`;
  return `${reference.ref}${index}.${reference.attribute}`;
}
