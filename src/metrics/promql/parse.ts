/** From text to a checked syntax tree. @module */
import type { SyntaxNode } from "@lezer/common";
import { parser } from "@prometheus-io/lezer-promql";
import type { Aggregation, Binary, Expr, Span, VectorMatching } from "./ast.js";
import { checkTypes } from "./check.js";
import { numberOf, positiveDurationOf, signedDurationOf, stringOf } from "./literals.js";
import { queryError } from "./query-text.js";
import { selectorOf } from "./selectors.js";

/**
 * Parses a query and checks it as Prometheus would: syntax, types, arity, labels.
 * @throws InvalidQueryError with line and column
 */
export function parsePromql(text: string): Expr {
  const { topNode } = parser.parse(text);
  const error = firstError(topNode);
  if (error !== null) {
    const found = error.to > error.from ? error.from : skipBlanks(text, error.from);
    const word = /^(\w+|.)/s.exec(text.slice(found))?.[0];
    const got = word === undefined ? "the end of the query" : JSON.stringify(word);
    throw queryError(text, { from: found, to: found }, `unexpected ${got}.`);
  }
  const expr = exprOf(topNode.firstChild!, text);
  checkTypes(expr, text);
  return expr;
}

function firstError(top: SyntaxNode): SyntaxNode | null {
  if (top.firstChild === null) return top;
  const cursor = top.cursor();
  do if (cursor.type.isError) return cursor.node;
  while (cursor.next());
  return null;
}

function skipBlanks(text: string, from: number): number {
  return from + /^\s*/.exec(text.slice(from))![0].length;
}

function exprOf(node: SyntaxNode, text: string): Expr {
  const span: Span = { from: node.from, to: node.to };
  switch (node.name) {
    case "NumberDurationLiteral":
      return { kind: "number", value: numberOf(node, text), ...span };
    case "StringLiteral":
      return { kind: "string", value: stringOf(node, text), ...span };
    case "ParenExpr":
      return exprOf(childrenOf(node)[0]!, text);
    case "UnaryExpr": {
      const [sign, operand] = childrenOf(node);
      return { kind: "unary", op: textOf(sign!, text) as "-" | "+", expr: exprOf(operand!, text), ...span };
    }
    case "VectorSelector":
      return selectorOf(node, text);
    case "MatrixSelector": {
      const selector = exprOf(node.firstChild!, text);
      const got =
        selector.kind === "selector" && node.firstChild!.name === "VectorSelector" ? null : node.firstChild!.name;
      if (selector.kind !== "selector" || got !== null) {
        throw queryError(
          text,
          node.firstChild!,
          "a range such as [5m] must follow a selector; use a subquery such as [5m:1m] for anything else.",
        );
      }
      return { kind: "matrix", selector, rangeMs: positiveDurationOf(node.getChild("DurationExpr")!, text), ...span };
    }
    case "SubqueryExpr": {
      const [range, step] = node.getChildren("DurationExpr");
      const expr = exprOf(node.firstChild!, text);
      const stepMs = step === undefined ? null : positiveDurationOf(step, text);
      return {
        kind: "subquery",
        expr,
        rangeMs: positiveDurationOf(range!, text),
        stepMs,
        offsetMs: 0,
        at: null,
        ...span,
      };
    }
    case "OffsetExpr":
      return withTime(node, text, (target) => {
        if (target.offsetMs !== 0) throw queryError(text, node.getChild("Offset")!, "offset may not be set twice.");
        return { offsetMs: signedDurationOf(node.getChild("OffsetDurationExpr")!, text) };
      });
    case "StepInvariantExpr":
      return withTime(node, text, (target) => {
        if (target.at !== null) throw queryError(text, node.getChild("At")!, "@ may not be set twice.");
        const end = node.getChild("AtModifierPreprocessors");
        if (end !== null) return { at: textOf(end, text) as "start" | "end" };
        const literal = node.getChildren("NumberDurationLiteral").at(-1)!;
        return { at: Math.round(numberOf(literal, text) * 1000) };
      });
    case "FunctionCall":
      return {
        kind: "call",
        name: textOf(node.getChild("FunctionIdentifier")!, text),
        args: argumentsOf(node, text),
        ...span,
      };
    case "AggregateExpr":
      return aggregationOf(node, text);
    case "BinaryExpr":
      return binaryOf(node, text);
    default:
      throw queryError(text, node, `${JSON.stringify(textOf(node, text))} is not supported yet.`);
  }
}

/** Sets `offset` or `@` on the selector or subquery that it follows. */
function withTime(
  node: SyntaxNode,
  text: string,
  change: (target: { offsetMs: number; at: unknown }) => Partial<{ offsetMs: number; at: number | "start" | "end" }>,
): Expr {
  const child = node.firstChild!;
  const target = child.name === "ParenExpr" ? null : exprOf(child, text);
  const span: Span = { from: node.from, to: node.to };
  if (target?.kind === "selector" || target?.kind === "subquery") return { ...target, ...change(target), ...span };
  if (target?.kind === "matrix") {
    const { selector } = target;
    return { ...target, selector: { ...selector, ...change(selector) }, ...span };
  }
  const word = node.name === "OffsetExpr" ? "offset" : "@";
  throw queryError(text, child, `${word} must follow a selector, a range selector or a subquery.`);
}

function argumentsOf(node: SyntaxNode, text: string): Expr[] {
  return childrenOf(node.getChild("FunctionCallBody")!).map((child) => exprOf(child, text));
}

function aggregationOf(node: SyntaxNode, text: string): Aggregation {
  const args = argumentsOf(node, text);
  const op = textOf(node.getChild("AggregateOp")!, text).toLowerCase();
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

function groupingOf(node: SyntaxNode, text: string): string[] {
  return childrenOf(node).map((label) =>
    label.name === "QuotedLabelName" ? stringOf(label.firstChild!, text) : textOf(label, text),
  );
}

function binaryOf(node: SyntaxNode, text: string): Binary | Expr {
  const children = childrenOf(node);
  const [left, operator] = children as [SyntaxNode, SyntaxNode];
  const unsupported = children.find((child) => /^Fill|^Trim/.test(child.name));
  if (unsupported)
    throw queryError(text, unsupported, `${JSON.stringify(textOf(unsupported, text))} is not supported yet.`);
  const op = textOf(operator, text).toLowerCase();
  const binary: Binary = {
    kind: "binary",
    op,
    left: exprOf(left, text),
    right: exprOf(children.at(-1)!, text),
    bool: node.getChild("BoolModifier") !== null,
    matching: matchingOf(node.getChild("MatchingModifierClause"), text),
    from: node.from,
    to: node.to,
  };
  // The grammar reads -2^3 as (-2)^3; Prometheus's power binds more tightly than a sign.
  if (op !== "^" || left.name !== "NumberDurationLiteral" || !/^[-+]/.test(textOf(left, text))) return binary;
  const sign = text[left.from] as "-" | "+";
  const magnitude = {
    ...binary.left,
    value: Math.abs((binary.left as { value: number }).value),
    from: left.from + 1,
  } as Expr;
  return { kind: "unary", op: sign, expr: { ...binary, left: magnitude }, from: node.from, to: node.to };
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

function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (child.name !== "LineComment") children.push(child);
  }
  return children;
}

function textOf(node: SyntaxNode, text: string): string {
  return text.slice(node.from, node.to);
}
