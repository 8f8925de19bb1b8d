/** Attributes and methods of environments by name, looked for from the outermost wrapper inwards, as Gymnasium does. @module */
import type { Env } from "../env.js";
import { InvalidOptionError } from "../errors.js";
import { nameOf, Wrapper } from "../wrapper.js";

type AnyEnv = Env<unknown, unknown, object>;
type Attributes = Record<string, unknown>;

/** What a method gives, called with the arguments, or what an attribute is that is no method. @throws InvalidOptionError */
export async function callAttribute(env: AnyEnv, name: string, given: readonly unknown[]): Promise<unknown> {
  const owner = ownerOf(env, name);
  const attribute = owner[name];
  return typeof attribute === "function"
    ? (attribute as (...given: unknown[]) => unknown).apply(owner, [...given])
    : attribute;
}

/** The value of an attribute. @throws InvalidOptionError */
export function getAttribute(env: AnyEnv, name: string): unknown {
  return ownerOf(env, name)[name];
}

/** Sets an attribute where it is. @throws InvalidOptionError when there is none, or it cannot be set */
export function setAttribute(env: AnyEnv, name: string, value: unknown): void {
  if (!Reflect.set(ownerOf(env, name), name, value)) {
    throw new InvalidOptionError("name", `an attribute of ${nameOf(env)} that can be set`, name);
  }
}

function ownerOf(env: AnyEnv, name: string): Attributes {
  for (let owner: unknown = env; owner !== undefined; owner = owner instanceof Wrapper ? owner.env : undefined) {
    if (typeof name === "string" && name in (owner as object)) return owner as Attributes;
  }
  throw new InvalidOptionError("name", `an attribute of ${nameOf(env)} or of an environment in it`, name);
}
