/** The registry of wrappers, by which a spec's wrappers are found again. @module */
import type { Env } from "./env.js";
import { InvalidOptionError, NotSupportedError, WrapperNotFoundError } from "./errors.js";
import type { WrapperSpec } from "./registration.js";

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

/** A wrapper found, with the options it is made with. */
export interface FoundWrapper {
  readonly wrap: WrapperRegistration["wrap"];
  readonly options: Readonly<Record<string, unknown>>;
}

let registry: Map<string, WrapperRegistration> | undefined;

/**
 * Lets `make` put a wrapper of one's own around an environment when a spec asks for it.
 *
 * @throws {@link InvalidOptionError} when `name` is empty or taken, or `wrap` is no function.
 * @example
 * registerWrapper({ name: "Doubled", wrap: (env) => new Doubled(env) });
 */
export function registerWrapper(registration: WrapperRegistration): void {
  const { name, wrap, force = false } = registration;
  if (typeof name !== "string" || name === "") throw new InvalidOptionError("name", "the name of a wrapper", name);
  if (typeof wrap !== "function") throw new InvalidOptionError("wrap", "a function that wraps an environment", wrap);
  registry ??= new Map();
  if (!force && registry.has(name)) {
    throw new InvalidOptionError("name", "one that is not taken (or pass { force: true })", name);
  }
  registry.set(name, Object.freeze({ name, wrap }));
}

/**
 * The wrappers of a spec. Registered ones come before the library's; nothing else is ever imported.
 * @throws {@link InvalidOptionError} when the list is not one of names and options.
 * @throws {@link WrapperNotFoundError} when a name is unknown; {@link NotSupportedError} when options are null.
 */
export async function findWrappers(specs: readonly WrapperSpec[]): Promise<FoundWrapper[]> {
  const { BUILTIN_WRAPPERS } = await import("./wrappers/builtin-wrappers.js");
  const known = new Map<string, WrapperRegistration["wrap"]>([
    ...BUILTIN_WRAPPERS,
    ...[...(registry ?? [])].map(([name, { wrap }]) => [name, wrap] as const),
  ]);
  if (!Array.isArray(specs)) throw new InvalidOptionError("additionalWrappers", "a list of { name, options }", specs);
  return specs.map((spec: WrapperSpec, i) => {
    const path = `additionalWrappers[${i}]`;
    if (typeof spec?.name !== "string")
      throw new InvalidOptionError(`${path}.name`, "the name of a wrapper", spec?.name);
    const wrap = known.get(spec.name);
    if (wrap === undefined) throw new WrapperNotFoundError(spec.name, known.keys());
    if (spec.options === null) {
      throw new NotSupportedError(
        `Making ${spec.name} from a spec without options`,
        "It was made with something JSON cannot hold: wrap by hand, or write a wrapper and pass it to registerWrapper().",
      );
    }
    if (typeof spec.options !== "object") throw new InvalidOptionError(`${path}.options`, "an object", spec.options);
    return { wrap, options: spec.options };
  });
}

/** Puts wrappers around an environment, the first innermost; closes it where one of them fails. */
export async function wrapWith(env: AnyEnv, wrappers: readonly FoundWrapper[]): Promise<AnyEnv> {
  let wrapped = env;
  try {
    for (const { wrap, options } of wrappers) wrapped = await wrap(wrapped, options);
    return wrapped;
  } catch (error) {
    await wrapped.close();
    throw error;
  }
}
