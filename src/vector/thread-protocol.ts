/** What goes between `AsyncVectorEnv` and its worker threads. @module */
import type { EnvSnapshot, ResetOptions, StepResult } from "../env.js";
import type { PlainSource } from "./env-source.js";
import type { PlainError } from "./thread-error.js";
import type { AutoresetMode } from "./vector-env.js";

/** What a worker thread is started with. */
export interface WorkerSetup {
  readonly source: PlainSource;
  readonly numEnvs: number;
  /** Which of them are in this worker. */
  readonly envs: readonly number[];
  readonly autoresetMode: AutoresetMode;
  /** A batch in shared memory that observations are written to; null where they come with the replies. */
  readonly observations: unknown;
}

/** One environment's answer; the observation is left out where it lies in shared memory. */
export type ThreadStep = readonly [observation: unknown, ...rest: Tail<StepResult<unknown, object>>];
/** Likewise after a reset. */
export type ThreadReset = readonly [observation: unknown, info: object];

type Tail<T extends readonly unknown[]> = T extends [unknown, ...infer Rest] ? Rest : never;

/** A lane's state, as a snapshot holds it. */
export interface LaneSnapshot {
  readonly env: EnvSnapshot;
  readonly ended: boolean;
}

/** The calls a worker answers: arguments and results. `env` counts within the whole batch. */
export interface ThreadCalls {
  readonly open: { readonly argument: null; readonly result: null };
  readonly reset: {
    readonly argument: readonly { readonly env: number; readonly options: ResetOptions }[];
    readonly result: readonly ThreadReset[];
  };
  readonly step: {
    readonly argument: readonly { readonly env: number; readonly action: unknown }[];
    readonly result: readonly ThreadStep[];
  };
  readonly snapshot: { readonly argument: number; readonly result: LaneSnapshot };
  readonly restore: {
    readonly argument: { readonly env: number; readonly state: LaneSnapshot };
    readonly result: null;
  };
  readonly call: {
    readonly argument: readonly { readonly env: number; readonly name: string; readonly given: readonly unknown[] }[];
    readonly result: readonly unknown[];
  };
  readonly get: {
    readonly argument: readonly { readonly env: number; readonly name: string }[];
    readonly result: readonly unknown[];
  };
  readonly set: {
    readonly argument: readonly { readonly env: number; readonly name: string; readonly value: unknown }[];
    readonly result: readonly null[];
  };
  readonly close: { readonly argument: null; readonly result: null };
}

/** The name of a call. */
export type ThreadCall = keyof ThreadCalls;

/** The name of a call that takes a list, with one entry for each environment it concerns, and gives a list. */
export type ThreadListCall = "reset" | "step" | "call" | "get" | "set";

/** A call on its way. */
export interface ThreadRequest {
  readonly id: number;
  readonly call: ThreadCall;
  readonly argument: unknown;
}

/** Its answer. */
export interface ThreadReply {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: PlainError;
}
