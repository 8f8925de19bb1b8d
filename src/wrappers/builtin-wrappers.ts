/** The library's wrappers by name, for making a wrapped environment again from its spec. @module */
import type { Env } from "../env.js";
import { Autoreset } from "./autoreset.js";
import { OrderEnforcing } from "./order-enforcing.js";
import { RecordEpisodeStatistics } from "./record-episode-statistics.js";
import { TimeLimit } from "./time-limit.js";

type AnyEnv = Env<unknown, unknown, object>;
type AnyOptions = Readonly<Record<string, unknown>>;

/** A wrapper's class: an environment and its options make it. Each checks its options itself. */
type WrapperClass = new (env: never, options: never) => object;

const CLASSES: readonly WrapperClass[] = [Autoreset, OrderEnforcing, RecordEpisodeStatistics, TimeLimit];

/** What puts each of the library's wrappers around an environment. */
export const BUILTIN_WRAPPERS: ReadonlyMap<string, (env: AnyEnv, options: AnyOptions) => AnyEnv> = new Map(
  CLASSES.map((wrapper) => [
    wrapper.name,
    (env, options) => new (wrapper as unknown as new (env: AnyEnv, options: AnyOptions) => AnyEnv)(env, options),
  ]),
);
