/** States in a plainer form, the one that graphs use: what is not set is absent, a block that occurs once is one object. @module */
import type { AttributeScope } from "../../infra/attribute-walk.js";
import type { BlockSpec, ScalarType } from "../../infra/resource-kind.js";
import { isState, type State, type StateValue, UNKNOWN } from "./protocol/values.js";

/** A value in the plain form. */
export type PlainValue = string | number | boolean | null | readonly PlainValue[] | PlainValues;
/** Attributes and blocks in the plain form. Null says that there is nothing; absence, that nothing is known. */
export type PlainValues = { readonly [name: string]: PlainValue };

/** The plain form of a state; what is null or unknown is left out. */
export function plainValues(scope: AttributeScope, state: State): PlainValues {
  const plain: Record<string, PlainValue> = {};
  for (const [name, { type }] of Object.entries(scope.attributes)) {
    const value = plainValue(state[name] ?? null, typeof type === "string" ? type : undefined);
    if (value !== undefined) plain[name] = value;
  }
  for (const [name, block] of Object.entries(scope.blocks ?? {})) {
    const items = state[name] ?? null;
    if (!Array.isArray(items) || items.length === 0) continue;
    const converted = items.filter(isState).map((item) => plainValues(block, item));
    plain[name] = block.max === 1 ? converted[0]! : converted;
  }
  return plain;
}

function plainValue(value: StateValue, type?: ScalarType): PlainValue | undefined {
  if (value === null || value === UNKNOWN) return undefined;
  if (type === "number") return Number(value);
  if (Array.isArray(value)) {
    return value.map((item) => plainValue(item)).filter((item): item is PlainValue => item !== undefined);
  }
  if (!isState(value)) return value as string | number | boolean;
  const members = Object.entries(value).map(([name, member]) => [name, plainValue(member)] as const);
  return Object.fromEntries(members.filter((entry): entry is [string, PlainValue] => entry[1] !== undefined));
}

/** The state of plain values: everything that is absent becomes null or an empty list of blocks. */
export function stateOf(scope: AttributeScope, plain: PlainValues): State {
  const state: Record<string, StateValue> = {};
  for (const name of attributeNames(scope)) state[name] = objectsFilled(scope, name, plain[name] ?? null);
  for (const [name, block] of Object.entries(scope.blocks ?? {})) {
    state[name] = blockItems(block, plain[name] ?? null).map((item) => stateOf(block, item));
  }
  return state;
}

/** Names of the attributes that a state has: all but Terraform's own. */
export function attributeNames({ attributes }: AttributeScope): readonly string[] {
  return Object.keys(attributes).filter((name) => !attributes[name]!.meta);
}

/** The occurrences of a block in the plain form. */
export function blockItems({ max }: BlockSpec, value: PlainValue): readonly PlainValues[] {
  if (value === null) return [];
  return max === 1 ? [value as PlainValues] : (value as readonly PlainValues[]);
}

/** Objects within lists have all their members, too. */
function objectsFilled({ attributes }: AttributeScope, name: string, value: PlainValue): StateValue {
  const { type } = attributes[name]!;
  if (value === null || typeof type === "string" || typeof type[1] === "string") return value;
  const members = Object.keys(type[1][1]);
  return (value as readonly PlainValues[]).map((item) =>
    Object.fromEntries(members.map((member) => [member, item[member] ?? null])),
  );
}
