/** Visits every attribute of a resource together with its declaration, nested blocks included. @module */
import type { AttributeSpec, AttributeValue, AttributeValues, BlockSpec } from "./resource-kind.js";

/** Attributes and blocks as a kind or a block declares them. */
export interface AttributeScope {
  readonly attributes: Readonly<Record<string, AttributeSpec>>;
  readonly blocks?: Readonly<Record<string, BlockSpec>>;
}

/** One attribute that has a value. */
export interface VisitedAttribute {
  /** Where it is: `size`, `healthcheck.port`, `forwarding_rule[0].entry_port`. */
  readonly path: string;
  readonly spec: AttributeSpec;
  readonly value: AttributeValue;
  /** The attributes it stands among: the resource's or the block's. */
  readonly siblings: AttributeValues;
  /** Whether a change of it makes a new resource, by its own declaration or a block's. */
  readonly replaces: boolean;
}

/** Visits the attributes that are set, in the order of their names. Values must have been checked against the scope. */
export function* walkAttributes(
  scope: AttributeScope,
  values: AttributeValues,
  prefix = "",
  replaces = false,
): Generator<VisitedAttribute> {
  for (const [name, value] of Object.entries(values)) {
    const path = prefix + name;
    const spec = scope.attributes[name];
    if (spec !== undefined) {
      yield { path, spec, value, siblings: values, replaces: replaces || spec.replaces === true };
      continue;
    }
    const block = scope.blocks![name]!;
    const inside = replaces || block.replaces === true;
    if (block.max === 1) yield* walkAttributes(block, value as AttributeValues, `${path}.`, inside);
    else
      for (const [i, item] of (value as readonly AttributeValues[]).entries())
        yield* walkAttributes(block, item, `${path}[${i}].`, inside);
  }
}
