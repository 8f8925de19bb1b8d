/** The registry of environments: `register`, `make`, `spec`. @module */
import { BUILTIN_ENVS, type EnvRegistry } from "./builtin-envs.js";
import { loadEntryPoint } from "./entry-point.js";
import type { Env } from "./env.js";
import { type EnvIdParts, parseEnvId } from "./env-id.js";
import { EnvAlreadyRegisteredError, EnvNotFoundError, InvalidOptionError } from "./errors.js";
import type { AutoresetMode, VectorEnv, VectorizationMode } from "./vector/vector-env.js";

export type { EnvRegistry } from "./builtin-envs.js";

/** How an environment was made: enough to make it again. */
export interface EnvSpec extends EnvIdParts {
  /** The whole id, such as `my-lab/Web-v1`. */
  readonly id: string;
  /** After how many steps `make` truncates an episode, or null. */
  readonly maxEpisodeSteps: number | null;
  /** What the environment was made with, as JSON. */
  readonly options: Readonly<Record<string, unknown>>;
  /** The wrappers around it beside those of `make`, the innermost first. Absent where there are none. */
  readonly additionalWrappers?: readonly WrapperSpec[];
  /** What made many of it, for `makeVec`. Absent in the spec of a single environment. */
  readonly vector?: VectorSpec;
}

/** How a vector environment was made: enough, beside the rest of the spec, to make it again. */
export interface VectorSpec {
  readonly numEnvs: number;
  /** Null for what `makeVec` chooses. */
  readonly vectorizationMode: VectorizationMode | null;
  readonly autoresetMode: AutoresetMode;
  /** The vector wrappers around it, the innermost first. */
  readonly wrappers: readonly WrapperSpec[];
}

/** How a wrapper was made: enough to make it again. */
export interface WrapperSpec {
  /** The name of its class: one of the library's wrappers, or one given to `registerWrapper`. */
  readonly name: string;
  /** What it was made with, as JSON; null where JSON cannot say it, such as a function. */
  readonly options: Readonly<Record<string, unknown>> | null;
}

/**
 * Makes an environment. It is called by each `make`, and the place to import the environment's module on demand:
 * `async (options, spec) => new (await import("./web-env.js")).WebEnv(options, spec)`.
 */
export type EntryPoint = (
  options: Readonly<Record<string, unknown>>,
  spec: EnvSpec,
) => Env<unknown, unknown, object> | Promise<Env<unknown, unknown, object>>;

/** Makes all environments of a batch at once, in place of one each: vectorisation mode `kernel`. */
export type VectorEntryPoint = (
  options: Readonly<Record<string, unknown>> & { readonly numEnvs: number; readonly autoresetMode?: AutoresetMode },
  spec: EnvSpec,
) => VectorEnv<unknown, unknown, object> | Promise<VectorEnv<unknown, unknown, object>>;

/** What is registered under an id. */
export interface EnvRegistration {
  /** `[namespace/]Name[-vN]`. A change of behaviour is a new N. */
  readonly id: string;
  /** A function, or the module that exports it as `makeEnv`; worker threads can only make what is registered by its module. */
  readonly entryPoint: EntryPoint | URL;
  /** Where there is one, `makeVec` makes batches with it unless told otherwise. */
  readonly vectorEntryPoint?: VectorEntryPoint;
  /** Options that `make` passes on unless the caller gives others. @defaultValue \{\} */
  readonly options?: Readonly<Record<string, unknown>>;
  /** After how many steps `make` truncates an episode; null for never. @defaultValue null */
  readonly maxEpisodeSteps?: number | null;
}

/** What `make` takes for every environment, beside the environment's own options. */
export interface MakeOptions {
  /** After how many steps an episode is truncated; null for never. @defaultValue as registered */
  readonly maxEpisodeSteps?: number | null;
}

/** The ids whose types are known. */
export type KnownEnvId = Extract<keyof EnvRegistry, string>;

/** Any string; written so that an editor still offers the known ids. */
export type AnyString = string & Record<never, never>;

/**
 * The environment an id stands for: with the option `control: "continuous"` the entry's `continuous`, where it has one.
 * @typeParam Control - Type of the option `control`; unknown for none. A union of modes gives a union of environments.
 */
export type EnvOf<Id extends string, Control = unknown> = Id extends keyof EnvRegistry
  ? Control extends "continuous"
    ? EntryOf<EnvRegistry[Id], "continuous", EntryOf<EnvRegistry[Id], "env", Env>>
    : EntryOf<EnvRegistry[Id], "env", Env>
  : Env;

/** What a registry's entry says under a key, or something else where it says nothing. */
type EntryOf<Entry, Key extends string, Otherwise> = Entry extends { readonly [K in Key]: infer Value }
  ? Value
  : Otherwise;

/** The options of the environment an id stands for. */
export type EnvOptionsOf<Id extends string> = MakeOptions &
  (Id extends keyof EnvRegistry ? EntryOf<EnvRegistry[Id], "options", object> : Readonly<Record<string, unknown>>);

/** Tells the control mode from options that have one; asks nothing of others. */
export type ControlOption<Options, Control> = Options extends { readonly control?: unknown }
  ? { readonly control?: Control }
  : unknown;

let registry: Map<string, EnvRegistration> | undefined;

/** Filled at first use, so that importing this file does nothing. */
function registrations(): Map<string, EnvRegistration> {
  registry ??= new Map(BUILTIN_ENVS.map((registration) => [registration.id, registration]));
  return registry;
}

/**
 * Registers an environment under an id.
 *
 * @param registration - The id and how to make the environment. `force` replaces what is registered already.
 * @throws {@link InvalidEnvIdError} when the id is not of the form `[namespace/]Name[-vN]`.
 * @throws {@link EnvAlreadyRegisteredError} when the id is taken.
 * @throws {@link InvalidOptionError} when `entryPoint` is no function, or `maxEpisodeSteps` no integer of at least 1.
 * @example
 * register({ id: "my-lab/Web-v1", entryPoint: async () => new (await import("./web-env.js")).WebEnv() });
 */
export function register(registration: EnvRegistration & { readonly force?: boolean }): void {
  const { force = false, ...entry } = registration;
  parseEnvId(entry.id);
  if (typeof entry.entryPoint !== "function" && !(entry.entryPoint instanceof URL)) {
    const expected = "a function that makes the environment, or the URL of a module that exports makeEnv";
    throw new InvalidOptionError("entryPoint", expected, entry.entryPoint);
  }
  checkMaxEpisodeSteps(entry.maxEpisodeSteps);
  if (!force && registrations().has(entry.id)) throw new EnvAlreadyRegisteredError(entry.id);
  registrations().set(entry.id, Object.freeze(entry));
}

/**
 * What `make` would make under an id. An id without a version means the highest one.
 * @throws {@link EnvNotFoundError} when nothing is registered under it; {@link InvalidEnvIdError} when it is no id.
 */
export function spec(id: string): EnvSpec {
  return specOf(find(id), {});
}

/** What is registered under an id, and whether it came with the library. @throws {@link EnvNotFoundError} */
export function registrationOf(id: string): EnvRegistration & { readonly isBuiltin: boolean } {
  const registration = find(id);
  return { ...registration, isBuiltin: BUILTIN_ENVS.includes(registration) };
}

/** All ids, in alphabetical order. */
export function registeredIds(): string[] {
  return [...registrations().keys()].sort();
}

/**
 * Makes an environment.
 *
 * @param id - An id; without a version, the highest one.
 * @param options - The environment's own options, and {@link MakeOptions}. They win over those registered.
 * @returns The environment, without wrappers unless `maxEpisodeSteps` asks for one. The caller closes it.
 * @throws {@link EnvNotFoundError} when nothing is registered under the id; {@link InvalidEnvIdError} when it is no id.
 * @throws {@link InvalidOptionError} when an option is not what it must be.
 * @example
 * const env = await make("WebService-v0");
 * const [observation, info] = await env.reset({ seed: 42 });
 */
export function make<Id extends KnownEnvId | AnyString, const Control = unknown>(
  id: Id,
  options?: EnvOptionsOf<Id> & ControlOption<EnvOptionsOf<Id>, Control>,
): Promise<EnvOf<Id, Control>>;
/**
 * Makes an environment again, with the wrappers it had.
 *
 * @param spec - The spec of an environment made before.
 * @param options - What is to differ; wins over what the spec says.
 * @throws {@link EnvNotFoundError} when nothing is registered under the spec's id.
 * @throws {@link InvalidOptionError} when an option is not what it must be.
 * @throws {@link WrapperNotFoundError} when the spec has a wrapper that is neither the library's nor registered.
 */
export function make(spec: EnvSpec, options?: MakeOptions & Readonly<Record<string, unknown>>): Promise<Env>;
export async function make(idOrSpec: string | EnvSpec, options: MakeOptions = {}): Promise<unknown> {
  const id = typeof idOrSpec === "string" ? idOrSpec : idOrSpec.id;
  const given = typeof idOrSpec === "string" ? options : { ...idOrSpec.options, ...limitOf(idOrSpec), ...options };
  checkMaxEpisodeSteps(given.maxEpisodeSteps);
  const registration = find(id);
  warnOfOutdated(registration.id);
  const wrap = typeof idOrSpec === "string" ? undefined : await rewrapperOf(idOrSpec);
  const spec = specOf(registration, given);
  const { entryPoint } = registration;
  const makeEnv = entryPoint instanceof URL ? await loadEntryPoint(entryPoint.href) : entryPoint;
  const env = await makeEnv(spec.options, spec);
  // One that knows nothing of specs, or is put together from others, is told by an own property how it was made here.
  if (env.spec?.id !== spec.id) Reflect.defineProperty(env, "spec", { value: spec, configurable: true });
  const limited = await limit(env, spec);
  return wrap === undefined ? limited : wrap(limited);
}

async function limit(env: Env<unknown, unknown, object>, { maxEpisodeSteps }: EnvSpec): Promise<typeof env> {
  if (maxEpisodeSteps === null) return env;
  const { TimeLimit } = await import("./wrappers/time-limit.js");
  return new TimeLimit(env, { maxEpisodeSteps });
}

/** What puts the wrappers of a spec around an environment; found before the environment is made. */
async function rewrapperOf({
  additionalWrappers = [],
}: EnvSpec): Promise<((env: Env<unknown, unknown, object>) => Promise<typeof env>) | undefined> {
  if (Array.isArray(additionalWrappers) && additionalWrappers.length === 0) return undefined;
  const [{ wrapperRegistry }, { wrapWith }] = await Promise.all([
    import("./wrapper-registration.js"),
    import("./wrapper-registry.js"),
  ]);
  const wrappers = await wrapperRegistry().find(additionalWrappers);
  return (env) => wrapWith(env, wrappers);
}

function limitOf({ maxEpisodeSteps }: EnvSpec): MakeOptions {
  return { maxEpisodeSteps };
}

function specOf(registration: EnvRegistration, given: MakeOptions): EnvSpec {
  const { maxEpisodeSteps = registration.maxEpisodeSteps ?? null, ...options } = given;
  return Object.freeze({
    id: registration.id,
    ...parseEnvId(registration.id),
    maxEpisodeSteps,
    options: Object.freeze({ ...registration.options, ...options }),
  });
}

function find(id: string): EnvRegistration {
  const { version } = parseEnvId(id);
  const exact = registrations().get(id);
  if (exact !== undefined) return exact;
  const latest = version === null ? latestOf(id) : undefined;
  if (latest !== undefined) return registrations().get(latest)!;
  throw new EnvNotFoundError(id, registeredIds());
}

const warned = new Set<string>();

/** Warns, once for each id, when a higher version of an environment is registered. */
function warnOfOutdated(id: string): void {
  const { version } = parseEnvId(id);
  const latest = version === null ? undefined : latestOf(id);
  if (latest === undefined || latest === id || warned.has(id)) return;
  warned.add(id);
  process.emitWarning(`${id} is out of date: there is ${latest}. Results of the two do not compare.`, {
    type: "DeprecationWarning",
    code: "INFRA_GYM_OUTDATED_ENV",
  });
}

/** The id of the highest version registered of an environment. */
function latestOf(id: string): string | undefined {
  const { namespace, name } = parseEnvId(id);
  const versions = registeredIds()
    .map((known) => ({ id: known, ...parseEnvId(known) }))
    .filter((known) => known.namespace === namespace && known.name === name)
    .sort((a, b) => (b.version ?? -1) - (a.version ?? -1));
  return versions[0]?.id;
}

function checkMaxEpisodeSteps(steps: unknown): void {
  if (steps === undefined || steps === null) return;
  if (!Number.isSafeInteger(steps) || (steps as number) < 1) {
    throw new InvalidOptionError("maxEpisodeSteps", "an integer of at least 1, or null", steps);
  }
}
