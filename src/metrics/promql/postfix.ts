/** What follows an expression: a range, a subquery's range, `offset`, `@`. @module */
import type { SyntaxNode } from "@lezer/common";
import type { AtModifier, Expr, Span } from "./ast.js";
import { numberOf, positiveDurationOf, signedDurationOf } from "./literals.js";
import { queryError } from "./query-text.js";

const POSTFIXES: readonly string[] = ["MatrixSelector", "SubqueryExpr", "OffsetExpr", "StepInvariantExpr"];

/** Whether a node is an expression and what follows it. */
export function isPostfix(node: SyntaxNode): boolean {
  return POSTFIXES.includes(node.name);
}

/**
 * Applies a range, subquery, `offset` or `@` to an expression.
 * @param parenthesised - Whether the expression stands in parentheses, after which only a subquery may follow.
 */
export function applyPostfix(target: Expr, node: SyntaxNode, parenthesised: boolean, text: string): Expr {
  const span: Span = { from: target.from, to: node.to };
  if (node.name === "MatrixSelector") {
    if (target.kind !== "selector" || parenthesised || target.offsetMs !== 0 || target.at !== null) {
      throw queryError(
        text,
        target,
        "a range such as [5m] must follow a selector; use a subquery such as [5m:1m] for anything else.",
      );
    }
    const rangeMs = positiveDurationOf(node.getChild("DurationExpr")!, text);
    return { kind: "matrix", selector: target, rangeMs, ...span };
  }
  if (node.name === "SubqueryExpr") {
    const [range, step] = node.getChildren("DurationExpr");
    const stepMs = step === undefined ? null : positiveDurationOf(step, text);
    const rangeMs = positiveDurationOf(range!, text);
    return { kind: "subquery", expr: target, rangeMs, stepMs, offsetMs: 0, at: null, ...span };
  }
  return node.name === "OffsetExpr"
    ? withTime(target, span, node, "offset", parenthesised, text, (known) => {
        if (known.offsetMs !== 0) throw queryError(text, node.getChild("Offset")!, "offset may not be set twice.");
        return { offsetMs: signedDurationOf(node.getChild("OffsetDurationExpr")!, text) };
      })
    : withTime(target, span, node, "@", parenthesised, text, (known) => {
        if (known.at !== null) throw queryError(text, node.getChild("At")!, "@ may not be set twice.");
        return { at: timeOf(node, text) };
      });
}

function timeOf(node: SyntaxNode, text: string): AtModifier {
  const end = node.getChild("AtModifierPreprocessors");
  if (end !== null) return text.slice(end.from, end.to) as "start" | "end";
  const literal = node.getChildren("NumberDurationLiteral").at(-1)!;
  const milliseconds = Math.round(numberOf(literal, text) * 1000);
  if (!Number.isSafeInteger(milliseconds)) throw queryError(text, literal, "the time after @ must be finite.");
  return milliseconds;
}

interface TimeModifiers {
  readonly offsetMs: number;
  readonly at: AtModifier | null;
}

function withTime(
  target: Expr,
  span: Span,
  node: SyntaxNode,
  word: string,
  parenthesised: boolean,
  text: string,
  change: (known: TimeModifiers) => Partial<TimeModifiers>,
): Expr {
  if (!parenthesised || node.firstChild!.name === "SubqueryExpr") {
    if (target.kind === "selector" || target.kind === "subquery") return { ...target, ...change(target), ...span };
    if (target.kind === "matrix") {
      const { selector } = target;
      return { ...target, selector: { ...selector, ...change(selector) }, ...span };
    }
  }
  throw queryError(text, target, `${word} must follow a selector, a range selector or a subquery.`);
}
