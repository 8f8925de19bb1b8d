/** A policy's inputs by hand: the spec it is bound to and the info of a step. @module */
import type { PolicyControl, PolicyInfo, PolicySpec } from "../../src/agents/policy.js";
import { Discrete } from "../../src/spaces/discrete.js";

/** A control that counts replicas, with all signals. */
export function countControl(name: string, max = 12): PolicyControl {
  return { name, min: 1, max, kind: "count", signals: ["utilization", "replicas", "readyReplicas"] };
}

/** A spec whose actions are the desired values themselves. */
export function specOf(controls: readonly PolicyControl[]): PolicySpec {
  return {
    id: "Hand-v0",
    observationSpace: new Discrete(1),
    actionSpace: new Discrete(5),
    controls,
    stepSeconds: 60,
    encode: (desired) => [...desired],
  };
}

/** What is known of a control called `web`; what is left out is the same as `desired`. */
export interface WebState {
  readonly desired: number;
  readonly utilization: number;
  readonly ready?: number;
  readonly timeSeconds?: number;
}

/** The info of a step with one control, `web`. */
export function infoOf({ desired, utilization, ready = desired, timeSeconds = 0 }: WebState): PolicyInfo {
  return {
    signals: { web: { utilization, replicas: desired, readyReplicas: ready } },
    controls: { web: { desired, current: ready } },
    actionMask: null,
    timeSeconds,
  };
}
