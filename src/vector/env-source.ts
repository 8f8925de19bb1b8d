/** What a worker thread makes its environments from: plain data, never a function. @module */
import { InvalidOptionError } from "../errors.js";
import { type EnvSpec, registrationOf, spec as specOfId } from "../registration.js";

/** An environment in a module of one's own, outside the registry. */
export interface EnvModule {
  /**
   * The module; it exports a function `makeEnv(options, spec)`. Written `new URL("./web-env.js", import.meta.url)`; a `.ts`
   * file works where the process can load one: under a loader in `process.execArgv`, or with a Node that strips types.
   */
  readonly entryPoint: URL;
  /** What `makeEnv` is called with, as JSON. @defaultValue \{\} */
  readonly options?: Readonly<Record<string, unknown>>;
}

/** An id, the spec of an environment made before, or a module. */
export type EnvSource = string | EnvSpec | EnvModule;

/** What a worker gets: the same as plain data. */
export interface PlainSource {
  /** How `make` makes it; null for a module outside the registry. */
  readonly spec: EnvSpec | null;
  /** The module's address; null for the library's own environments. */
  readonly module: string | null;
  readonly options: Readonly<Record<string, unknown>>;
}

const MODULE_FORM = `an id, a spec, or a module: { entryPoint: new URL("./my-env.js", import.meta.url), options: {} }, where my-env.js exports function makeEnv(options)`;

/**
 * Turns a source into plain data.
 * @param options - Options of `make`; they win over those of the source.
 * @throws {@link InvalidOptionError} when the source is none, is registered by a function, or its options are no JSON.
 */
export function plainSource(source: EnvSource, options: Readonly<Record<string, unknown>> = {}): PlainSource {
  if (isModule(source)) {
    const joined = { ...source.options, ...options };
    checkJson(joined);
    return { spec: null, module: source.entryPoint.href, options: joined };
  }
  const isSpec = typeof source === "object" && source !== null && typeof source.id === "string";
  if (typeof source !== "string" && !isSpec) throw new InvalidOptionError("source", MODULE_FORM, source);
  checkJson(options);
  const spec = typeof source === "string" ? specOfId(source) : source;
  const { entryPoint, isBuiltin } = registrationOf(spec.id);
  if (isBuiltin) return { spec, module: null, options };
  if (entryPoint instanceof URL) return { spec, module: entryPoint.href, options };
  throw new InvalidOptionError(
    "source",
    `registered by its module, as a function cannot go to a worker thread: register({ id: ${JSON.stringify(spec.id)}, entryPoint: new URL("./my-env.js", import.meta.url) }), where my-env.js exports function makeEnv(options, spec)`,
    spec.id,
  );
}

function isModule(source: EnvSource): source is EnvModule {
  return typeof source === "object" && source !== null && (source as EnvModule).entryPoint instanceof URL;
}

function checkJson(options: Readonly<Record<string, unknown>>): void {
  for (const [key, value] of Object.entries(options)) {
    try {
      structuredClone(value);
    } catch (cause) {
      throw new InvalidOptionError(`options.${key}`, "plain data, as it goes to a worker thread", value, { cause });
    }
  }
}
