/** The agents of a suite, trained several at a time. @module */
import { aimsOf, type Suite, workloadsIn } from "./suite.js";
import type { SuiteFiles } from "./suite-files.js";

/** One agent that is to be trained. */
export interface AgentToTrain {
  readonly algorithm: string;
  readonly env: string;
  /** One, or several that it is trained on side by side. */
  readonly workloads: readonly string[];
  /** How its environments are shared out among them. */
  readonly shares: readonly number[];
  readonly seed: number;
  /** Environment steps. */
  readonly steps: number;
  /** Where its checkpoint goes; one that is there already is gone on from. */
  readonly folder: string;
}

/**
 * The agents of some algorithms. All workloads get their first agent before any gets its second: what there is at any time is as even as can be.
 */
export function agentsToTrain(suite: Suite, algorithms: readonly string[], files: SuiteFiles): AgentToTrain[] {
  const { agents, steps, beside = [], shares = {} } = suite.training;
  const aims = aimsOf(suite);
  return algorithms.flatMap((algorithm) =>
    Array.from({ length: agents }, (_, seed) =>
      aims.map(({ env, madeFor }) => {
        const folder = files.agentFolder(algorithm, env, madeFor, seed);
        const workloads = [...workloadsIn(madeFor), ...beside];
        return { algorithm, env, workloads, shares: workloads.map((name) => shares[name] ?? 1), seed, steps, folder };
      }),
    ).flat(),
  );
}

/** How {@link trainAgents} goes about it. */
export interface TrainAgentsOptions {
  /** How many are trained at a time. */
  readonly lanes: number;
  readonly signal: AbortSignal | undefined;
  tell(done: number, note: string): void;
}

/** Trains agents, the first ones first. @throws The reason of the signal, and what the training throws */
export async function trainAgents(
  agents: readonly AgentToTrain[],
  trainAgent: (agent: AgentToTrain, signal: AbortSignal | undefined) => Promise<void>,
  { lanes, signal, tell }: TrainAgentsOptions,
): Promise<void> {
  let [next, done] = [0, 0];
  const lane = async (): Promise<void> => {
    while (next < agents.length) {
      signal?.throwIfAborted();
      const agent = agents[next++]!;
      await trainAgent(agent, signal);
      tell(++done, `${agent.algorithm} ${agent.seed} for ${agent.env} ${agent.workloads.join("+")}`);
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, lanes) }, lane));
  signal?.throwIfAborted();
}
