/** The model that a planner is bound to. @module */
import type { PolicySpec } from "../agents/policy.js";
import type { PlanningModel } from "../envs/planning-model.js";
import { PolicyMismatchError } from "../errors.js";

/** The model in a policy spec. @param name - The planner's. @throws PolicyMismatchError where there is none */
export function planningModelOf(name: string, { id, model }: PolicySpec): PlanningModel {
  if (model !== undefined) return model as PlanningModel;
  throw new PolicyMismatchError(name, "a simulated environment, whose days to come are known", `${id} without a model`);
}
