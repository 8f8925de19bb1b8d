/** What planners get to know of an environment: enough to make it again. @module */
import type { Split, Workload } from "../loadgen/workload.js";
import type { EnvDefinition } from "./definition.js";
import type { EpisodeLength } from "./episode-plan.js";

/** The `model` of a simulated environment's policy spec. An environment made from it meets the same days. */
export interface PlanningModel {
  readonly definition: EnvDefinition;
  readonly workload: Workload;
  readonly split: Split;
  readonly episode: EpisodeLength;
}
