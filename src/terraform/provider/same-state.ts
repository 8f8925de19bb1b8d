/** Whether two values of Terraform are the same: sets in any order, numbers in either of their forms. @module */
import type { AttributeScope } from "../../infra/attribute-walk.js";
import type { AttributeType, BlockSpec } from "../../infra/resource-kind.js";
import { attributeNames } from "./plain-values.js";
import { isState, type State, type StateValue, UNKNOWN } from "./protocol/values.js";

/** Whether two values of an attribute are the same. What is unknown is never the same as anything. */
export function sameAttribute(type: AttributeType, a: StateValue, b: StateValue): boolean {
  const [textA, textB] = [canonicalText(type, a), canonicalText(type, b)];
  return textA === textB && !textA.includes(UNKNOWN_TEXT);
}

/** Whether the occurrences of a nested block are the same. */
export function sameBlocks(block: BlockSpec, a: StateValue, b: StateValue): boolean {
  const [textA, textB] = [blocksText(block, a), blocksText(block, b)];
  return textA === textB && !textA.includes(UNKNOWN_TEXT);
}

// A character that JSON escapes cannot come from a value.
const UNKNOWN_TEXT = "\u0000";

function canonicalText(type: AttributeType | undefined, value: StateValue): string {
  if (value === UNKNOWN) return UNKNOWN_TEXT;
  if (Array.isArray(value)) {
    const element = typeof type === "object" && typeof type[1] === "string" ? type[1] : undefined;
    const texts = value.map((item) => canonicalText(element, item));
    return `[${(typeof type === "object" && type[0] === "set" ? texts.sort() : texts).join()}]`;
  }
  if (isState(value)) {
    const names = Object.keys(value).sort();
    return `{${names.map((name) => `${JSON.stringify(name)}:${canonicalText(undefined, value[name]!)}`).join()}}`;
  }
  return type === "number" && value !== null ? String(Number(value)) : JSON.stringify(value);
}

function blocksText(block: BlockSpec, value: StateValue): string {
  if (!Array.isArray(value)) return value === UNKNOWN ? UNKNOWN_TEXT : "[]";
  const texts = value.map((item) => scopeText(block, item as State));
  return `[${(block.nesting === "set" ? texts.sort() : texts).join()}]`;
}

function scopeText(scope: AttributeScope, state: State): string {
  const attributes = attributeNames(scope).map((name) =>
    canonicalText(scope.attributes[name]!.type, state[name] ?? null),
  );
  const blocks = Object.entries(scope.blocks ?? {}).map(([name, block]) => blocksText(block, state[name] ?? null));
  return `{${[...attributes, ...blocks].join()}}`;
}
