/** Planning one resource: what its state will be, and whether it takes a new resource to get there. @module */
import type { AttributeScope } from "../../infra/attribute-walk.js";
import type { AttributeSpec, BlockSpec, ResourceKind } from "../../infra/resource-kind.js";
import { attributeNames } from "./plain-values.js";
import { isState, type State, type StateValue, UNKNOWN } from "./protocol/values.js";
import { sameAttribute, sameBlocks } from "./same-state.js";

/** One step of the way to an attribute: its name, or its place in a list. */
export type PathStep = string | number;

/** What is planned for one resource. */
export interface PlannedChange {
  readonly state: State;
  /** Ways to the attributes whose change makes a new resource. */
  readonly requiresReplace: readonly (readonly PathStep[])[];
}

/**
 * Plans a resource.
 *
 * @param prior - Null where it does not exist yet.
 * @param config - What the configuration says.
 * @param affects - The computed attributes that depend on an attribute which can be changed in place.
 */
export function planChange(
  kind: ResourceKind,
  prior: State | null,
  config: State,
  affects: Readonly<Record<string, readonly string[]>> = {},
): PlannedChange {
  const state: Record<string, StateValue> = { ...planScope(kind, prior, config) };
  if (kind.timeouts !== undefined) state.timeouts = config.timeouts ?? null;
  if (prior === null) return { state, requiresReplace: [] };
  const requiresReplace: (readonly PathStep[])[] = [];
  for (const name of changedNames(kind, prior, state)) {
    requiresReplace.push(...replacedPaths(kind, name, prior, state));
    for (const computed of affects[name] ?? []) {
      if ((config[computed] ?? null) === null) state[computed] = UNKNOWN;
    }
  }
  return { state, requiresReplace };
}

function planScope(scope: AttributeScope, prior: State | null, config: State): State {
  const planned: Record<string, StateValue> = {};
  for (const name of attributeNames(scope)) {
    planned[name] = planAttribute(scope.attributes[name]!, prior?.[name], config[name] ?? null);
  }
  for (const [name, block] of Object.entries(scope.blocks ?? {})) {
    planned[name] = planBlocks(block, prior?.[name], config[name] ?? null);
  }
  return planned;
}

function planAttribute({ mode, default: filled }: AttributeSpec, prior: StateValue | undefined, config: StateValue) {
  if (mode !== "computed" && config !== null) return config;
  if (filled !== undefined) return filled;
  if (mode === "optional" || mode === "required") return null;
  return prior === undefined ? UNKNOWN : prior;
}

function planBlocks(block: BlockSpec, prior: StateValue | undefined, config: StateValue): StateValue {
  if (config === UNKNOWN) return UNKNOWN;
  const items = (config ?? []) as readonly State[];
  if (items.length === 0 && block.computed) return prior ?? UNKNOWN;
  const before = Array.isArray(prior) ? (prior as readonly State[]) : [];
  return items.map((item, i) => {
    const match = block.nesting === "list" ? before[i] : before.find((candidate) => isLike(block, item, candidate));
    return isState(item) ? planScope(block, match ?? null, item) : item;
  });
}

/** Whether an occurrence of a set's block is what the configuration asks for, apart from what is computed. */
export function isLike(block: BlockSpec, wanted: State, candidate: State): boolean {
  for (const name of attributeNames(block)) {
    const { type, mode, default: filled = null } = block.attributes[name]!;
    if (mode === "computed") continue;
    const want = wanted[name] ?? filled;
    if (want === null && mode === "optionalComputed") continue;
    if (!sameAttribute(type, orNull(want), orNull(candidate[name] ?? null))) return false;
  }
  return Object.entries(block.blocks ?? {}).every(([name, nested]) =>
    sameBlocks(nested, wanted[name] ?? [], candidate[name] ?? []),
  );
}

/** The API answers empty text and empty lists where nothing was asked for. */
function orNull(value: StateValue): StateValue {
  return value === "" || (Array.isArray(value) && value.length === 0) ? null : value;
}

/** Names of the attributes and blocks that differ. */
export function changedNames(scope: AttributeScope, before: State, after: State): readonly string[] {
  const attributes = attributeNames(scope).filter(
    (name) => !sameAttribute(scope.attributes[name]!.type, before[name] ?? null, after[name] ?? null),
  );
  const blocks = Object.entries(scope.blocks ?? {}).filter(
    ([name, block]) => !sameBlocks(block, before[name] ?? [], after[name] ?? []),
  );
  return [...attributes, ...blocks.map(([name]) => name)];
}

function replacedPaths(
  scope: AttributeScope,
  name: string,
  before: State,
  after: State,
): readonly (readonly PathStep[])[] {
  const block = scope.blocks?.[name];
  if (block === undefined) {
    const { replaces } = scope.attributes[name]!;
    const isReplaced = replaces === "whenDisabled" ? before[name] === true && after[name] !== true : replaces === true;
    return isReplaced ? [[name]] : [];
  }
  if (block.replaces) return [[name]];
  const [items, wanted] = [before[name], after[name]];
  if (block.nesting === "set" || !Array.isArray(items) || !Array.isArray(wanted)) return [];
  return wanted.flatMap((item: StateValue, i) => {
    const earlier: StateValue | undefined = items[i];
    if (earlier === undefined || !isState(earlier) || !isState(item)) return [];
    const within = changedNames(block, earlier, item).flatMap((inner) => replacedPaths(block, inner, earlier, item));
    return within.map((path) => [name, i, ...path]);
  });
}
