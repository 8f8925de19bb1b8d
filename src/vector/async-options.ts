/** Options of `AsyncVectorEnv`, and their check. @module */
import { InvalidOptionError } from "../errors.js";
import { checkAutoresetMode, checkNumEnvs } from "./vector-checks.js";
import type { AutoresetMode } from "./vector-env.js";

/** Options of `AsyncVectorEnv`. */
export interface AsyncVectorEnvOptions {
  /** An integer from 1. */
  readonly numEnvs: number;
  /** Options of `make` or `makeEnv`; plain data. They win over those of the source. @defaultValue \{\} */
  readonly options?: Readonly<Record<string, unknown>>;
  /** When an environment whose episode has ended is reset. @defaultValue "NextStep" */
  readonly autoresetMode?: AutoresetMode;
  /** How many threads; each has a part of the environments. @defaultValue one per core, and at most one per environment */
  readonly numWorkers?: number;
  /** How long a thread may take for an answer. Unit: seconds, above 0; null for any time. @defaultValue null */
  readonly timeoutSeconds?: number | null;
  /** Whether observations lie in a SharedArrayBuffer where their space allows it. @defaultValue true */
  readonly sharedMemory?: boolean;
  /** Node's own arguments for the threads, such as `["--import", "tsx"]`. @defaultValue those of the process */
  readonly execArgv?: readonly string[];
}

/** @throws {@link InvalidOptionError} when an option is not what it must be. */
export function checkAsyncOptions(options: AsyncVectorEnvOptions): void {
  const { numEnvs, autoresetMode = "NextStep", numWorkers = 1, timeoutSeconds = null } = options;
  checkNumEnvs(numEnvs);
  checkAutoresetMode(autoresetMode);
  if (!Number.isSafeInteger(numWorkers) || numWorkers < 1 || numWorkers > numEnvs) {
    throw new InvalidOptionError("numWorkers", `an integer from 1 to ${numEnvs}, one per environment`, numWorkers);
  }
  if (timeoutSeconds !== null && !(Number.isFinite(timeoutSeconds) && timeoutSeconds > 0)) {
    throw new InvalidOptionError("timeoutSeconds", "a finite number above 0 (seconds), or null", timeoutSeconds);
  }
}
