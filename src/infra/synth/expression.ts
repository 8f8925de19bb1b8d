/** Values of a graph as Terraform's JSON writes them: text that stays literal, references as expressions. @module */
import type { InfraGraph } from "../infra-graph.js";
import { kindOf } from "../kinds.js";
import type { Reference } from "../reference.js";

/** Name of the output through which later layers read a resource's attributes. A kind has no hyphen, so names never collide. */
export function outputName(address: string): string {
  return address.replace(".", "-");
}

/**
 * Text as a template that gives the text itself. Only `${count.index}` is left to Terraform: that is how the instances of a
 * group are told apart.
 */
export function literal(text: string): string {
  return text
    .split(COUNT_INDEX)
    .map((part) => part.replace(/(\$+|%+)(?=\{)/g, escapeMarker))
    .join(COUNT_INDEX);
}

// biome-ignore lint/suspicious/noTemplateCurlyInString: Terraform's own expression
const COUNT_INDEX = "${count.index}";

/** A doubled marker is literal; longer runs are ambiguous in Terraform's grammar, so an expression gives them. */
function escapeMarker(run: string): string {
  return run.length === 1 ? run + run : `\${"${run}"}`;
}

/** The expression for a reference used in a layer, without `${` and `}`. */
export function referenceExpression({ ref, attribute, index }: Reference, layer: string, graph: InfraGraph): string {
  const target = graph.get(ref);
  const isGroup = kindOf(target.kind)!.group === true;
  if (target.layer !== layer) {
    const read = `data.terraform_remote_state.${target.layer}.outputs.${outputName(ref)}.${attribute}`;
    return isGroup && index !== undefined ? `${read}[${index}]` : read;
  }
  if (!isGroup) return `${ref}.${attribute}`;
  return `${ref}[${index ?? "*"}].${attribute}`;
}

/** An expression as a template. */
export function template(expression: string): string {
  return `\${${expression}}`;
}
