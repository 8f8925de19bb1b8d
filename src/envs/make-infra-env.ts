/** Making the library's own environments from options. @module */

import { NotSupportedError } from "../errors.js";
import type { EnvSpec } from "../registration.js";
import type { InfraAction } from "./action-codec.js";
import type { EnvDefinition } from "./definition.js";
import { type BuiltinEnvOptions, checkEnvOptions } from "./env-options.js";
import { InfraEnv } from "./infra-env.js";
import { InfraVectorEnv, type InfraVectorEnvOptions } from "./infra-vector-env.js";

const definitions = new Map<string, EnvDefinition>();

/**
 * The definition for some options; equal options give the same one, so that it is compiled once.
 * @param define - Makes the definition.
 * @throws InvalidOptionError
 */
export function definitionFor(
  id: string,
  define: (options: BuiltinEnvOptions) => EnvDefinition,
  options: BuiltinEnvOptions,
): EnvDefinition {
  checkEnvOptions(options);
  const { control, hard, invalidAction, limits, promqlProfile, simulation } = options;
  const key = JSON.stringify([id, control, hard, invalidAction, limits, promqlProfile, simulation]);
  const definition = definitions.get(key) ?? define(options);
  definitions.set(key, definition);
  return definition;
}

/** An environment of the library. @throws InvalidOptionError, WorkloadNotFoundError, InvalidTraceError */
export function makeInfraEnv<Action extends InfraAction>(
  define: (options: BuiltinEnvOptions) => EnvDefinition,
  options: BuiltinEnvOptions,
  spec: EnvSpec,
): InfraEnv<Action> {
  return new InfraEnv<Action>(definitionFor(spec.id, define, options), { ...options, spec });
}

/** Many of an environment of the library on one kernel. @throws InvalidOptionError, WorkloadNotFoundError, InvalidTraceError, NotSupportedError */
export function makeInfraVectorEnv(
  define: (options: BuiltinEnvOptions) => EnvDefinition,
  { numEnvs, autoresetMode = "NextStep", ...options }: BuiltinEnvOptions & InfraVectorEnvOptions,
  spec: EnvSpec,
): InfraVectorEnv {
  for (const name of ["backend", "renderMode", "seed"] as const) {
    const value = (options as BuiltinEnvOptions)[name];
    if (value === undefined || value === null || value === "simulated") continue;
    throw new NotSupportedError(`Option ${name} in one kernel`, 'Use vectorizationMode "sync".');
  }
  const definition = definitionFor(spec.id, define, options);
  return new InfraVectorEnv(definition, { ...options, numEnvs, autoresetMode, spec });
}
