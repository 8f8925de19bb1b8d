/** The registry of vector wrappers, by which those of a spec are found again. @module */
import { type Wrap, WrapperRegistry } from "../wrapper-registry.js";
import type { VectorEnv } from "./vector-env.js";

type AnyVectorEnv = VectorEnv<unknown, unknown, object>;

/** What is registered under a vector wrapper's name. */
export interface VectorWrapperRegistration {
  /** The name of the wrapper's class, as it stands in specs. */
  readonly name: string;
  /** Puts the wrapper around. `options` are what the wrapper gave to the constructor of `VectorWrapper`. */
  wrap(
    env: VectorEnv<unknown, unknown, object>,
    options: Readonly<Record<string, unknown>>,
  ): VectorEnv<unknown, unknown, object> | Promise<VectorEnv<unknown, unknown, object>>;
  /** Replaces what is registered already. @defaultValue false */
  readonly force?: boolean;
}

let registry: WrapperRegistry<AnyVectorEnv> | undefined;

/** The wrappers of vector environments. */
export function vectorWrapperRegistry(): WrapperRegistry<AnyVectorEnv> {
  registry ??= new WrapperRegistry({
    loadBuiltins: async () => (await import("./wrappers/builtin-vector-wrappers.js")).BUILTIN_VECTOR_WRAPPERS,
    listName: "vector.wrappers",
    registerName: "registerVectorWrapper",
  });
  return registry;
}

/**
 * Lets `makeVec` put a vector wrapper of one's own around when a spec asks for it.
 *
 * @throws {@link InvalidOptionError} when `name` is empty or taken, or `wrap` is no function.
 * @example
 * registerVectorWrapper({ name: "VectorDoubled", wrap: (envs) => new VectorDoubled(envs) });
 */
export function registerVectorWrapper({ name, wrap, force = false }: VectorWrapperRegistration): void {
  vectorWrapperRegistry().register(name, wrap as Wrap<AnyVectorEnv>, force);
}
