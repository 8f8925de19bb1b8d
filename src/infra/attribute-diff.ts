/** The difference between the attributes of a resource before and after, attribute by attribute. @module */
import type { AttributeScope } from "./attribute-walk.js";
import { equalValues } from "./canonical.js";
import type { AttributeSpec, AttributeValue, AttributeValues, BlockSpec } from "./resource-kind.js";

/** One attribute that changes. */
export interface AttributeChange {
  /** Such as `size`, or `healthcheck.port` within a block that occurs once. */
  readonly attribute: string;
  /** Undefined where it was not set; `(sensitive)` in place of a secret. */
  readonly from: AttributeValue | undefined;
  /** Undefined where it will not be set; `(sensitive)` in place of a secret. */
  readonly to: AttributeValue | undefined;
  /** Whether this change alone makes a new resource. */
  readonly replaces: boolean;
  /** It keeps its reference, but what it refers to will be new. */
  readonly knownAfterApply?: true;
}

/**
 * Compares checked attributes. Meta-arguments do not count: they change the number of instances, not an instance.
 *
 * Blocks that occur once are compared attribute by attribute, others as a whole.
 */
export function* diffAttributes(
  scope: AttributeScope,
  before: AttributeValues,
  after: AttributeValues,
  prefix = "",
): Generator<AttributeChange> {
  for (const name of Object.keys(scope.attributes)) {
    const [from, to] = [before[name], after[name]];
    const spec = scope.attributes[name]!;
    if (spec.meta || equalValues(from, to)) continue;
    if (to === undefined && spec.mode === "optionalComputed") continue;
    const shown = (value: AttributeValue | undefined): AttributeValue | undefined =>
      spec.sensitive && value !== undefined ? "(sensitive)" : value;
    yield { attribute: prefix + name, from: shown(from), to: shown(to), replaces: replacedBy(spec, from, to) };
  }
  for (const [name, block] of Object.entries(scope.blocks ?? {})) {
    const [from, to] = [before[name], after[name]];
    if (equalValues(from, to) || (to === undefined && block.computed)) continue;
    if (block.max === 1 && from !== undefined && to !== undefined && !block.replaces) {
      yield* diffAttributes(block, from as AttributeValues, to as AttributeValues, `${prefix}${name}.`);
    } else {
      yield { attribute: prefix + name, from, to, replaces: block.replaces === true || anyReplaces(block) };
    }
  }
}

function replacedBy({ replaces }: AttributeSpec, from: unknown, to: unknown): boolean {
  return replaces === "whenDisabled" ? from === true && to !== true : replaces === true;
}

function anyReplaces(block: BlockSpec): boolean {
  return Object.values(block.attributes).some((spec) => spec.replaces === true);
}
