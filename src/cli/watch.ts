/** `--watch` of `run`: the onlooker that draws a frame after each step. @module */
import type { JudgedEnv, ObservedStep } from "../benchmark/run-episode.js";
import { systemClock } from "../clock.js";
import type { InfraInfo } from "../envs/info.js";
import { InfraEnv } from "../envs/infra-env.js";
import { NotSupportedError } from "../errors.js";
import type { Terminal } from "./terminal.js";
import { WatchFrame } from "./watch-frame.js";

/** An onlooker of episodes. */
export interface Watcher {
  /** Called before an episode. */
  begin(seed: bigint): void;
  /** Called after a step; where a step takes no time, it lets some pass, so that it can be seen. */
  onStep(step: ObservedStep<InfraInfo>): Promise<void> | undefined;
  /** Takes the frame away. */
  clear(): void;
}

/** Between two steps in virtual time, for someone who looks on. Unit: seconds. */
const GLANCE = 0.1;

/** Watches an environment. @throws NotSupportedError for one that defineEnv has not made */
export function watchEnv(env: JudgedEnv<InfraInfo>, policy: string, terminal: Terminal): Watcher {
  const inner: unknown = env.unwrapped;
  if (!(inner instanceof InfraEnv)) throw new NotSupportedError(`Watching ${env}`, "It is not made by defineEnv.");
  const { backend, definition } = inner;
  const { id, graph, stepSeconds } = definition;
  const frame = new WatchFrame(terminal, { env: id, backend: backend.name, policy, graph, stepSeconds });
  const clock = systemClock();
  let seed = 0n;
  return {
    begin: (next) => {
      seed = next;
      frame.begin();
    },
    onStep: ({ index, reward, info }) => {
      frame.show({ seed, index, reward, info, resources: backend.resources() });
      return terminal.isInteractive && backend.clock === "virtual" ? clock.sleep(GLANCE) : undefined;
    },
    clear: () => frame.clear(),
  };
}
