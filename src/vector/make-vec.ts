/** `makeVec`: a vector environment by id. @module */
import type { Env } from "../env.js";
import { InvalidOptionError, NotSupportedError } from "../errors.js";
import {
  type AnyString,
  type ControlOption,
  type EnvOptionsOf,
  type EnvSpec,
  type KnownEnvId,
  make,
  registrationOf,
  spec as specOfId,
  type VectorSpec,
  type WrapperSpec,
} from "../registration.js";
import { wrapWith } from "../wrapper-registry.js";
import { checkNumEnvs } from "./vector-checks.js";
import type { AutoresetMode, VectorEnv, VectorizationMode } from "./vector-env.js";

import type { VectorEnvOf } from "./vector-env-of.js";

const MODES: readonly VectorizationMode[] = ["sync", "async", "kernel"];

/** What {@link makeVec} takes, beside the environment's own options. */
export interface MakeVecOptions {
  /** An integer from 1. @defaultValue 1 */
  readonly numEnvs?: number;
  /** @defaultValue "kernel" where the environment has one, or else "sync" */
  readonly vectorizationMode?: VectorizationMode;
  /** When an environment whose episode has ended is reset. @defaultValue "NextStep" */
  readonly autoresetMode?: AutoresetMode;
  /** After how many steps an episode is truncated; null for never. @defaultValue as registered */
  readonly maxEpisodeSteps?: number | null;
}

/**
 * Makes N copies of a registered environment as one vector environment.
 *
 * @param id - As for `make`; the types of observations and actions follow from it.
 * @param options - {@link MakeVecOptions}, and the environment's own options.
 * @throws {@link EnvNotFoundError}, {@link InvalidOptionError}
 * @throws {@link NotSupportedError} for mode `kernel` where the environment has none, or with `maxEpisodeSteps`.
 * @example
 * await using envs = await makeVec("WebService-v0", { numEnvs: 256, workload: "ramp" });
 * const [observations, infos] = await envs.reset({ seed: 1 });
 */
export function makeVec<Id extends KnownEnvId | AnyString, const Control = unknown>(
  id: Id,
  options?: MakeVecOptions & EnvOptionsOf<Id> & ControlOption<EnvOptionsOf<Id>, Control>,
): Promise<VectorEnvOf<Id, Control>>;
/**
 * Makes N copies of an environment made before, with the wrappers it had.
 *
 * @param spec - Its spec, or that of a vector environment.
 * @param options - What is to differ; wins over what the spec says.
 */
export function makeVec(
  spec: EnvSpec,
  options?: MakeVecOptions & Readonly<Record<string, unknown>>,
): Promise<VectorEnv>;
export async function makeVec(idOrSpec: string | EnvSpec, options: MakeVecOptions = {}): Promise<unknown> {
  const { vector, ...spec } = typeof idOrSpec === "string" ? specOfId(idOrSpec) : idOrSpec;
  const { wrappers = [], ...made } = vector ?? {};
  const wrap = await wrapperOf(wrappers);
  return wrap(await makeBatch(spec, { ...definedOf(made), ...definedOf(options) }));
}

type AnyVectorEnv = VectorEnv<unknown, unknown, object>;

async function makeBatch(spec: EnvSpec, options: MakeVecOptions): Promise<AnyVectorEnv> {
  const { numEnvs = 1, vectorizationMode, autoresetMode = "NextStep", ...own } = options;
  checkNumEnvs(numEnvs);
  const mode = vectorizationMode ?? defaultMode(spec, own.maxEpisodeSteps);
  if (!MODES.includes(mode)) throw new InvalidOptionError("vectorizationMode", `one of ${MODES.join(", ")}`, mode);
  if (mode === "kernel") return makeKernel(spec, numEnvs, autoresetMode, own);
  if (mode === "async") {
    const { AsyncVectorEnv } = await import("./async-vector-env.js");
    return AsyncVectorEnv.make(spec, { numEnvs, autoresetMode, options: own });
  }
  const { SyncVectorEnv } = await import("./sync-vector-env.js");
  const envs: Env<unknown, unknown, object>[] = [];
  for (let env = 0; env < numEnvs; env++) envs.push(await make(spec, own));
  return new SyncVectorEnv(envs, { autoresetMode });
}

/** What puts the vector wrappers of a spec around a vector environment; found before that is made. */
async function wrapperOf(wrappers: readonly WrapperSpec[]): Promise<(env: AnyVectorEnv) => Promise<AnyVectorEnv>> {
  if (Array.isArray(wrappers) && wrappers.length === 0) return async (env) => env;
  const { vectorWrapperRegistry } = await import("./vector-wrapper-registration.js");
  const found = await vectorWrapperRegistry().find(wrappers);
  return (env) => wrapWith(env, found);
}

/** Without what is null or undefined, so that defaults hold. */
function definedOf(options: object): MakeVecOptions {
  return Object.fromEntries(
    Object.entries(options).filter(
      ([key, value]) => value !== undefined && !(key === "vectorizationMode" && value === null),
    ),
  );
}

function isPlain({ additionalWrappers = [] }: EnvSpec, maxEpisodeSteps: unknown): boolean {
  return additionalWrappers.length === 0 && maxEpisodeSteps === null;
}

/** The kernel knows no wrappers, and therefore no limit of steps. */
function defaultMode(spec: EnvSpec, maxEpisodeSteps: number | null = spec.maxEpisodeSteps): VectorizationMode {
  const hasKernel = registrationOf(spec.id).vectorEntryPoint !== undefined;
  return hasKernel && isPlain(spec, maxEpisodeSteps) ? "kernel" : "sync";
}

async function makeKernel(
  spec: EnvSpec,
  numEnvs: number,
  autoresetMode: AutoresetMode,
  { maxEpisodeSteps = spec.maxEpisodeSteps, ...own }: Omit<MakeVecOptions, "numEnvs">,
): Promise<AnyVectorEnv> {
  const { vectorEntryPoint } = registrationOf(spec.id);
  const advice = 'Use vectorizationMode "sync" or "async".';
  if (vectorEntryPoint === undefined) throw new NotSupportedError(`vectorizationMode "kernel" of ${spec.id}`, advice);
  if (!isPlain(spec, maxEpisodeSteps)) {
    throw new NotSupportedError('vectorizationMode "kernel" with maxEpisodeSteps or wrappers', advice);
  }
  const options = { ...spec.options, ...own };
  const vector: VectorSpec = { numEnvs, vectorizationMode: "kernel", autoresetMode, wrappers: [] };
  return vectorEntryPoint({ ...options, numEnvs, autoresetMode }, { ...spec, options, vector });
}
