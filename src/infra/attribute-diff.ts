/** The difference between the attributes of a resource before and after, attribute by attribute. @module */
import type { AttributeScope } from "./attribute-walk.js";
import { equalValues } from "./canonical.js";
import type { AttributeChange } from "./plan.js";
import type { AttributeSpec, AttributeValues, BlockSpec } from "./resource-kind.js";

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
  for (const [name, spec] of Object.entries(scope.attributes)) {
    const [from, to] = [before[name], after[name]];
    if (spec.meta || equalValues(from, to)) continue;
    if (to === undefined && spec.mode === "optionalComputed") continue;
    yield { attribute: prefix + name, from, to, replaces: replacedBy(spec, from, to) };
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
