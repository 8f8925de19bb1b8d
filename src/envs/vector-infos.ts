/** `infos` of a batch of environments. @module */
import type { PlaneMeasurement } from "../backends/plane-measurement.js";

/**
 * `infos` of {@link InfraVectorEnv}: one value per environment; those of an environment that was just reset are 0. A reset of
 * some environments gives values for these alone, and action masks for all.
 */
export interface InfraVectorInfos {
  /** Billed in the step. Unit: USD. */
  readonly costUsd: Float64Array;
  readonly arrivals: Float64Array;
  readonly failed: Float64Array;
  /** Later than the objective, or failed. */
  readonly violations: Float64Array;
  /** 1 where the action was not carried out. */
  readonly refused: Uint8Array;
  /** Allowed values of all components, one after the other: uint8 of shape [numEnvs, sum of the components' sizes]; empty for continuous controls. */
  readonly actionMask: Uint8Array;
  /** Which environments gave a value under each key, 1 or 0. The masks may be one array: do not write to them. */
  readonly _costUsd: Uint8Array;
  readonly _arrivals: Uint8Array;
  readonly _failed: Uint8Array;
  readonly _violations: Uint8Array;
  readonly _refused: Uint8Array;
  readonly _actionMask: Uint8Array;
  /** In mode `SameStep`, the last observation of each episode that ended with this step; null for the others. */
  readonly finalObs?: readonly (Float32Array | null)[];
  /** Which episodes ended with this step, in mode `SameStep`. */
  readonly _finalObs?: Uint8Array;
  /** The infos of the step that ended an episode, in mode `SameStep`: 0 for the environments that go on. */
  readonly finalInfo?: InfraVectorInfos;
  readonly _finalInfo?: Uint8Array;
}

/** What mode `SameStep` adds to infos where an episode has ended. */
export type FinalInfos = Required<Pick<InfraVectorInfos, "finalObs" | "_finalObs" | "finalInfo" | "_finalInfo">>;

/**
 * All zero.
 * @param maskWidth - Sum of the components' sizes.
 * @param given - Which environments give values; null for all.
 */
export function makeVectorInfos(numEnvs: number, maskWidth: number, given: Uint8Array | null = null): InfraVectorInfos {
  const all = new Uint8Array(numEnvs).fill(1);
  const some = given ?? all;
  return {
    costUsd: new Float64Array(numEnvs),
    arrivals: new Float64Array(numEnvs),
    failed: new Float64Array(numEnvs),
    violations: new Float64Array(numEnvs),
    refused: new Uint8Array(numEnvs),
    actionMask: new Uint8Array(numEnvs * maskWidth),
    _costUsd: some,
    _arrivals: some,
    _failed: some,
    _violations: some,
    _refused: some,
    _actionMask: all,
  };
}

/**
 * Writes what was measured in a step.
 * @param targetSeconds - Of the objective.
 * @param starting - 1 for those that were just reset: they are left as they are.
 * @param ended - 1 for those whose episode ended with this step.
 */
export function writeMeasured(
  infos: InfraVectorInfos,
  measurement: PlaneMeasurement,
  targetSeconds: number,
  starting: Uint8Array,
  ended: Uint8Array,
): void {
  const { costUsd, arrivals, failed, violations } = infos;
  const { columns } = measurement;
  for (let env = 0; env < starting.length; env++) {
    if (starting[env] === 1) continue;
    measurement.at(env, ended[env] === 1);
    costUsd[env] = columns.costUsd[env]!;
    arrivals[env] = columns.arrivals[env]!;
    failed[env] = measurement.failed;
    violations[env] = measurement.requestsBeyond(targetSeconds);
  }
}

const VALUES = ["costUsd", "arrivals", "failed", "violations", "refused", "actionMask"] as const;

/** Takes the rows of ended episodes out of infos and observations; they are 0 in `infos` afterwards. */
export function moveFinal(infos: InfraVectorInfos, observations: Float32Array, ended: Uint8Array): FinalInfos {
  const numEnvs = ended.length;
  const mask = ended.slice();
  const finalInfo = { ...makeVectorInfos(numEnvs, infos.actionMask.length / numEnvs, mask), _actionMask: mask };
  for (const key of VALUES) {
    const from = infos[key];
    const width = from.length / numEnvs;
    for (let i = 0; i < from.length; i++) {
      if (ended[Math.floor(i / width)] === 0) continue;
      finalInfo[key][i] = from[i]!;
      from[i] = 0;
    }
  }
  const width = observations.length / numEnvs;
  const finalObs = Array.from(ended, (isEnded, env) =>
    isEnded === 1 ? observations.slice(env * width, (env + 1) * width) : null,
  );
  return { finalObs, _finalObs: mask, finalInfo, _finalInfo: mask };
}
