/** What runs in a worker thread of `AsyncVectorEnv`. @module */
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { type BatchLayout, batchLayout } from "./batch-layout.js";
import { callAttribute, getAttribute, setAttribute } from "./env-attributes.js";
import { Lane } from "./lane.js";
import { makePlain } from "./make-plain.js";
import { toPlainError } from "./thread-error.js";
import type { ThreadCall, ThreadCalls, ThreadRequest, WorkerSetup } from "./thread-protocol.js";

type Handlers = {
  readonly [Call in ThreadCall]: (argument: ThreadCalls[Call]["argument"]) => Promise<ThreadCalls[Call]["result"]>;
};

/** Some environments of a batch, and the calls they answer. */
class ThreadHost {
  readonly #lanes = new Map<number, Lane>();
  #layout: BatchLayout | undefined;

  constructor(readonly setup: WorkerSetup) {}

  readonly handlers: Handlers = {
    open: async () => {
      const { source, envs, numEnvs, autoresetMode, observations } = this.setup;
      for (const env of envs) this.#lanes.set(env, new Lane(await makePlain(source), autoresetMode));
      if (observations !== null) this.#layout = batchLayout(this.#lane(envs[0]!).env.observationSpace, numEnvs);
      return null;
    },
    reset: (resets) =>
      Promise.all(
        resets.map(async ({ env, options }) => {
          const [observation, info] = await this.#lane(env).reset(options);
          return [this.#share(env, observation), info] as const;
        }),
      ),
    step: (steps) =>
      Promise.all(
        steps.map(async ({ env, action }) => {
          const lane = this.#lane(env);
          const [observation, ...rest] = await lane.settle(await lane.start(action));
          return [this.#share(env, observation), ...rest] as const;
        }),
      ),
    snapshot: async (env) => this.#lane(env).snapshot(),
    restore: async ({ env, state }) => {
      this.#lane(env).restore(state);
      return null;
    },
    call: (calls) => Promise.all(calls.map(({ env, name, given }) => callAttribute(this.#lane(env).env, name, given))),
    get: async (reads) => reads.map(({ env, name }) => getAttribute(this.#lane(env).env, name)),
    set: async (writes) =>
      writes.map(({ env, name, value }) => {
        setAttribute(this.#lane(env).env, name, value);
        return null;
      }),
    close: async () => {
      await Promise.all([...this.#lanes.values()].map(({ env }) => env.close()));
      return null;
    },
  };

  #lane(env: number): Lane {
    return this.#lanes.get(env)!;
  }

  /** Puts an observation into shared memory; where there is none, it goes with the reply. */
  #share(env: number, observation: unknown): unknown {
    if (this.#layout === undefined) return observation;
    this.#layout.write(this.setup.observations, env, observation);
    return null;
  }
}

/** Answers requests one after the other, in the order they come. */
function serve(port: MessagePort, host: ThreadHost): void {
  let last: Promise<void> = Promise.resolve();
  const answer = async ({ id, call, argument }: ThreadRequest): Promise<void> => {
    try {
      const result = await (host.handlers[call] as (argument: unknown) => Promise<unknown>)(argument);
      port.postMessage({ id, result });
    } catch (error) {
      port.postMessage({ id, error: toPlainError(error) });
    }
  };
  port.on("message", (request: ThreadRequest) => {
    last = last.then(() => answer(request));
  });
}

if (parentPort !== null) serve(parentPort, new ThreadHost(workerData as WorkerSetup));
