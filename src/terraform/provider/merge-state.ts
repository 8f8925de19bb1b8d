/** Bringing together what was planned or known of a resource and what the API says of it. @module */
import type { AttributeScope } from "../../infra/attribute-walk.js";
import type { AttributeSpec, BlockSpec } from "../../infra/resource-kind.js";
import { attributeNames, blockItems, type PlainValue, type PlainValues, stateOf } from "./plain-values.js";
import { isLike } from "./plan-change.js";
import { isState, type State, type StateValue, UNKNOWN } from "./protocol/values.js";

/** The state after a resource was created or changed: as planned, and what only the API knows from the API. */
export function appliedState(scope: AttributeScope, planned: State, read: PlainValues): State {
  const full = stateOf(scope, read);
  const state: Record<string, StateValue> = { ...planned };
  for (const name of attributeNames(scope)) {
    const { mode } = scope.attributes[name]!;
    const plan = planned[name] ?? null;
    const isOpen = plan === UNKNOWN || mode === "computed" || (mode === "optionalComputed" && plan === null);
    if (isOpen && (read[name] !== undefined || plan === UNKNOWN)) state[name] = full[name]!;
  }
  for (const [name, block] of Object.entries(scope.blocks ?? {})) {
    state[name] = appliedBlocks(block, planned[name] ?? [], full[name] as readonly State[], read[name] ?? null);
  }
  return state;
}

function appliedBlocks(block: BlockSpec, planned: StateValue, read: readonly State[], plain: PlainValue): StateValue {
  if (!Array.isArray(planned)) return read;
  return planned.map((item: StateValue, i) => {
    if (!isState(item)) return item;
    const found = indexOfLike(block, item, read, i);
    return appliedState(block, item, blockItems(block, plain)[found] ?? {});
  });
}

/**
 * The state after a resource was read: what the API says, but in the words that were there before where both mean the same.
 *
 * @param implied - What the API answers for attributes that nobody asked for.
 */
export function refreshedState(
  scope: AttributeScope,
  prior: State,
  read: PlainValues,
  implied: PlainValues = {},
): State {
  const full = stateOf(scope, read);
  const state: Record<string, StateValue> = { ...prior };
  for (const name of attributeNames(scope)) {
    if (read[name] === undefined) continue;
    const before = prior[name] ?? null;
    const isImplied = before === null && implied[name] !== undefined && full[name] === implied[name];
    state[name] = isImplied || isNothing(scope.attributes[name]!, full[name]!, before) ? null : full[name]!;
  }
  for (const [name, block] of Object.entries(scope.blocks ?? {})) {
    if (read[name] === undefined) continue;
    const before = (Array.isArray(prior[name]) ? prior[name] : []) as readonly State[];
    const plain = blockItems(block, read[name]);
    state[name] = (full[name] as readonly State[]).map((item, i) => {
      const match = before[indexOfLike(block, item, before, i)] ?? stateOf(block, {});
      return refreshedState(block, match, plain[i]!);
    });
  }
  return state;
}

function indexOfLike(block: BlockSpec, item: State, among: readonly State[], i: number): number {
  return block.nesting === "list" ? i : among.findIndex((candidate) => isLike(block, item, candidate));
}

/** The API answers empty text or an empty list where nothing was asked for: for Terraform, that is null. */
function isNothing({ mode, default: filled }: AttributeSpec, value: StateValue, prior: StateValue): boolean {
  if (mode !== "optional" || filled !== undefined) return false;
  const isEmptyObject = isState(value) && Object.keys(value).length === 0;
  if (value !== "" && !isEmptyObject && !(Array.isArray(value) && value.length === 0)) return false;
  return JSON.stringify(value) !== JSON.stringify(prior);
}
