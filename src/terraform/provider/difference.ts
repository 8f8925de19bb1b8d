/** How far a resource that was found is from the one wanted. @module */
import type { ResourceKind } from "../../infra/resource-kind.js";
import type { Difference } from "./lifecycle.js";
import { refreshedState } from "./merge-state.js";
import type { PlainValues } from "./plain-values.js";
import { changedNames, planChange } from "./plan-change.js";
import { type State, UNKNOWN } from "./protocol/values.js";

/** How far a resource that was found is from the one planned, as far as the API tells. */
export function differenceOf(kind: ResourceKind, planned: State, found: PlainValues): Difference {
  const current = refreshedState(kind, planned, found);
  const { requiresReplace } = planChange(kind, current, planned);
  if (requiresReplace.length > 0) return "replace";
  const open = new Set(Object.entries(planned).flatMap(([name, value]) => (value === UNKNOWN ? [name] : [])));
  return changedNames(kind, current, planned).some((name) => !open.has(name)) ? "update" : "none";
}
