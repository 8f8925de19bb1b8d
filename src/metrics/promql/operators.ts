/** Binary operations and aggregations in the syntax tree. @module */
import type { SyntaxNode } from "@lezer/common";
import type { Aggregation, Binary, Expr, VectorMatching } from "./ast.js";
import { stringOf } from "./literals.js";
import { queryError } from "./query-text.js";

/** A binary operation of two expressions; `node` holds its modifiers. */
export function binaryOf(node: SyntaxNode, op: string, left: Expr, right: Expr, text: string): Binary {
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (!/^Fill|^Trim/.test(child.name)) continue;
    throw queryError(text, child, `${JSON.stringify(text.slice(child.from, child.to))} is not supported yet.`);
  }
  return {
    kind: "binary",
    op,
    left,
    right,
    bool: node.getChild("BoolModifier") !== null,
    matching: matchingOf(node.getChild("MatchingModifierClause"), text),
    from: left.from,
    to: right.to,
  };
}

/** An aggregation of arguments that are parsed already. */
export function aggregationOf(node: SyntaxNode, args: readonly Expr[], text: string): Aggregation {
  const operator = node.getChild("AggregateOp")!;
  const op = text.slice(operator.from, operator.to).toLowerCase();
  const modifier = node.getChild("AggregateModifier");
  const takes = ["topk", "bottomk", "quantile", "count_values", "limitk", "limit_ratio"].includes(op) ? 2 : 1;
  if (args.length !== takes) {
    throw queryError(text, node, `${op} needs ${takes} argument${takes === 1 ? "" : "s"}, got ${args.length}.`);
  }
  return {
    kind: "aggregation",
    op,
    grouping: modifier?.getChild("Without") ? "without" : "by",
    labels: modifier === null ? [] : groupingOf(modifier.getChild("GroupingLabels")!, text),
    param: takes === 2 ? args[0]! : null,
    expr: args.at(-1)!,
    from: node.from,
    to: node.to,
  };
}

function matchingOf(node: SyntaxNode | null, text: string): VectorMatching | null {
  if (node === null) return null;
  const [labels, include] = node.getChildren("GroupingLabels");
  return {
    on: node.getChild("On") !== null,
    labels: groupingOf(labels!, text),
    group: node.getChild("GroupLeft") ? "left" : node.getChild("GroupRight") ? "right" : null,
    include: include === undefined ? [] : groupingOf(include, text),
  };
}

function groupingOf(node: SyntaxNode, text: string): string[] {
  const labels: string[] = [];
  for (let label = node.firstChild; label !== null; label = label.nextSibling) {
    if (label.name === "LabelName") labels.push(text.slice(label.from, label.to));
    if (label.name === "QuotedLabelName") labels.push(stringOf(label.firstChild!, text));
  }
  return labels;
}
