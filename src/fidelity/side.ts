/** One side of a comparison: an environment on one backend, on which episodes are recorded. @module */
import type { Backend } from "../backends/backend.js";
import { policySpecOf } from "../benchmark/policy-spec-of.js";
import { type JudgedEnv, runEpisode } from "../benchmark/run-episode.js";
import type { InfraInfo } from "../envs/info.js";
import { createPlannedPolicy } from "../planners/create-planned-policy.js";
import type { Seed } from "../rng.js";
import type { Probe } from "./probe.js";
import type { EpisodeRecord, StepRecord } from "./step-record.js";

/** An environment of a probed definition. */
export interface Side {
  /** Such as `local`, `simulated` or `requests`. */
  readonly name: string;
  readonly env: JudgedEnv<InfraInfo>;
  readonly backend: Backend;
  readonly probe: Probe;
}

/** Which episode to record. */
export interface EpisodeChoice {
  readonly policy: string;
  readonly seed: Seed;
  readonly steps: number;
}

/** Runs one episode and records its steps. @throws PolicyNotFoundError, MissingSignalError and what the environment throws */
export async function recordSide(side: Side, { policy: name, seed, steps }: EpisodeChoice): Promise<EpisodeRecord> {
  const { env, probe } = side;
  const policy = createPlannedPolicy(name);
  const records: StepRecord[] = [];
  const spec = policySpecOf(env);
  policy.bind(spec);
  const counts = spec.controls.filter(({ kind }) => kind === "count").map(({ name }) => name);
  const wantedIn = ({ controls }: InfraInfo): number => counts.reduce((sum, name) => sum + controls[name]!.desired, 0);
  let wasSettled = true;
  let wanted = 0;
  await runEpisode(env, policy, {
    seed,
    maxSteps: steps,
    onReset: (_, info) => {
      wasSettled = isSettled(info);
      wanted = wantedIn(info);
    },
    onStep: ({ index, reward, info }) => {
      const settled = isSettled(info);
      const isSteady = wasSettled && settled && info.plan.isEmpty;
      const change = wantedIn(info) - wanted;
      wanted += change;
      records.push({
        change,
        step: index,
        reward,
        isSteady,
        lateSeconds: info.lateSeconds,
        ...probe.measured(),
        ...probe.queried(info),
      });
      wasSettled = settled;
    },
  });
  const components = { ...side.backend.components };
  return { side: side.name, policy: name, seed: String(seed), components, steps: records };
}

function isSettled({ controls, pending }: InfraInfo): boolean {
  const isThere = Object.values(controls).every(({ desired, current }) => desired === current);
  return isThere && Object.keys(pending).length === 0;
}
