/** The environments that come with the library: their ids, types, and how each is loaded when it is made. @module */
import type { BuiltinEnvOptions } from "./envs/env-options.js";
import type { InfraEnv } from "./envs/infra-env.js";
import type { EnvRegistration } from "./registration.js";

/**
 * Which environment and options an id stands for; `make` reads its types from here. Add your own by augmentation:
 * `env`, `options`, and, where the option `control: "continuous"` makes another, `continuous`.
 * @example
 * declare module "infra-gym" {
 *   interface EnvRegistry {
 *     "my-lab/Web-v1": { env: WebEnv; options: WebOptions };
 *   }
 * }
 */
export interface EnvRegistry {
  "WebService-v0": { env: InfraEnv<Int32Array>; continuous: InfraEnv<Float32Array>; options: BuiltinEnvOptions };
  "ThreeTier-v0": { env: InfraEnv<Int32Array>; continuous: InfraEnv<Float32Array>; options: BuiltinEnvOptions };
}

/** One entry per id. An entry point imports its environment on demand, so that the table itself loads nothing. */
export const BUILTIN_ENVS: readonly EnvRegistration[] = [
  {
    id: "ThreeTier-v0",
    entryPoint: async (options, spec) => {
      const { makeInfraEnv } = await import("./envs/make-infra-env.js");
      return makeInfraEnv((await import("./envs/three-tier/definition.js")).threeTierDefinition, options, spec);
    },
    vectorEntryPoint: async (options, spec) => {
      const { makeInfraVectorEnv } = await import("./envs/make-infra-env.js");
      return makeInfraVectorEnv((await import("./envs/three-tier/definition.js")).threeTierDefinition, options, spec);
    },
  },
  {
    id: "WebService-v0",
    entryPoint: async (options, spec) => {
      const { makeInfraEnv } = await import("./envs/make-infra-env.js");
      return makeInfraEnv((await import("./envs/web-service/definition.js")).webServiceDefinition, options, spec);
    },
    vectorEntryPoint: async (options, spec) => {
      const { makeInfraVectorEnv } = await import("./envs/make-infra-env.js");
      return makeInfraVectorEnv((await import("./envs/web-service/definition.js")).webServiceDefinition, options, spec);
    },
  },
];
