/** The registry of wrappers, by which a spec's wrappers are found again. @module */
import type { Env } from "./env.js";
import { type Wrap, WrapperRegistry } from "./wrapper-registry.js";

type AnyEnv = Env<unknown, unknown, object>;

/** What is registered under a wrapper's name. */
export interface WrapperRegistration {
  /** The name of the wrapper's class, as it stands in specs. */
  readonly name: string;
  /** Puts the wrapper around an environment. `options` are what the wrapper gave to the constructor of `Wrapper`. */
  wrap(env: AnyEnv, options: Readonly<Record<string, unknown>>): AnyEnv | Promise<AnyEnv>;
  /** Replaces what is registered already. @defaultValue false */
  readonly force?: boolean;
}

let registry: WrapperRegistry<AnyEnv> | undefined;

/** The wrappers of single environments. */
export function wrapperRegistry(): WrapperRegistry<AnyEnv> {
  registry ??= new WrapperRegistry({
    loadBuiltins: async () => (await import("./wrappers/builtin-wrappers.js")).BUILTIN_WRAPPERS,
    listName: "additionalWrappers",
    registerName: "registerWrapper",
  });
  return registry;
}

/**
 * Lets `make` put a wrapper of one's own around an environment when a spec asks for it.
 *
 * @throws {@link InvalidOptionError} when `name` is empty or taken, or `wrap` is no function.
 * @example
 * registerWrapper({ name: "Doubled", wrap: (env) => new Doubled(env) });
 */
export function registerWrapper({ name, wrap, force = false }: WrapperRegistration): void {
  wrapperRegistry().register(name, wrap as Wrap<AnyEnv>, force);
}
