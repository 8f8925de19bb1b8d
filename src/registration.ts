/** The registry of environments: ids, specs, `register` and `make`. @module */

/** How an environment was made: enough to make it again. */
export interface EnvSpec {
  /** The whole id, such as `my-lab/Web-v1`. */
  readonly id: string;
  /** What stands before the slash, or null. */
  readonly namespace: string | null;
  /** The name alone. */
  readonly name: string;
  /** N of `-vN`, or null. */
  readonly version: number | null;
  /** After how many steps an episode is truncated, or null. */
  readonly maxEpisodeSteps: number | null;
  /** What the environment was made with, as JSON. */
  readonly options: Readonly<Record<string, unknown>>;
}
