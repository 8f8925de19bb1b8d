/** The environments that come with the library: their ids, types, and how each is loaded when it is made. @module */
import type { EnvRegistration } from "./registration.js";

/**
 * Which environment and options an id stands for; `make` reads its types from here. Add your own by augmentation.
 * @example
 * declare module "infra-gym" {
 *   interface EnvRegistry {
 *     "my-lab/Web-v1": { env: WebEnv; options: WebOptions };
 *   }
 * }
 */
// biome-ignore lint/suspicious/noEmptyInterface: it is filled here and by augmentation
export interface EnvRegistry {}

/** One entry per id. An entry point imports its environment on demand, so that the table itself loads nothing. */
export const BUILTIN_ENVS: readonly EnvRegistration[] = [];
