/** `infos` of a batch of environments. @module */

/** `infos` of {@link InfraVectorEnv}: one value per environment; those of an environment that was just reset are 0. */
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
}

/** All zero. @param maskWidth - Sum of the components' sizes. */
export function makeVectorInfos(numEnvs: number, maskWidth: number): InfraVectorInfos {
  return {
    costUsd: new Float64Array(numEnvs),
    arrivals: new Float64Array(numEnvs),
    failed: new Float64Array(numEnvs),
    violations: new Float64Array(numEnvs),
    refused: new Uint8Array(numEnvs),
    actionMask: new Uint8Array(numEnvs * maskWidth),
  };
}
