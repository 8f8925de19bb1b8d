/** From text to a checked syntax tree. @module */
import type { SyntaxNode } from "@lezer/common";
import { parser } from "@prometheus-io/lezer-promql";
import { didYouMean } from "../../messages.js";
import type { Expr, Span } from "./ast.js";
import { checkTypes } from "./check.js";
import { AGGREGATIONS, EXPERIMENTAL, experimental, FUNCTIONS } from "./functions.js";
import { numberOf, stringOf } from "./literals.js";
import { chainOf, isChain } from "./operator-chain.js";
import { aggregationOf } from "./operators.js";
import { applyPostfix, isPostfix } from "./postfix.js";
import { queryError } from "./query-text.js";
import type { PromqlProfile } from "./sample-window.js";
import { selectorOf } from "./selectors.js";

/**
 * Parses a query and checks it as Prometheus would: syntax, types, arity, labels.
 * @param profile - Whose syntax; Prometheus 2 has fewer ways to write durations and names. @defaultValue "prom3"
 * @throws InvalidQueryError with line and column
 */
export function parsePromql(text: string, profile: PromqlProfile = "prom3"): Expr {
  try {
    const expr = parseNested(text, profile);
    if (isDeeperThan(expr, MOST_LEVELS))
      throw queryError(text, expr, `may be nested ${MOST_LEVELS} levels deep at most.`);
    checkTypes(expr, text);
    return expr;
  } catch (error) {
    // The call stack ended first.
    if (!(error instanceof RangeError)) throw error;
    throw queryError(text, { from: 0, to: 0 }, `may be nested ${MOST_LEVELS} levels deep at most.`);
  }
}

/** Levels of an expression, at most, so that evaluating it does not exhaust the call stack. */
const MOST_LEVELS = 500;

function isDeeperThan(expr: Expr, levels: number): boolean {
  let level: readonly Expr[] = [expr];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > levels) return true;
    level = level.flatMap(partsOf);
  }
  return false;
}

function partsOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case "call":
      return expr.args;
    case "binary":
      return [expr.left, expr.right];
    case "aggregation":
      return expr.param === null ? [expr.expr] : [expr.param, expr.expr];
    case "subquery":
    case "unary":
      return [expr.expr];
    default:
      return [];
  }
}

function parseNested(text: string, profile: PromqlProfile): Expr {
  const topNode = treeOf(text);
  const error = firstError(topNode);
  if (error !== null) {
    const at = error.to > error.from ? error.from : error.from + /^\s*/.exec(text.slice(error.from))![0].length;
    const word = /^(\w+|.)/s.exec(text.slice(at))?.[0];
    const called = word === "(" ? /(\w+)\s*$/.exec(text.slice(0, at))?.[1] : undefined;
    if (called !== undefined) throw unknownFunction(called, at, text);
    const got = word === undefined ? "the end of the query" : JSON.stringify(word);
    throw queryError(text, { from: at, to: at }, `unexpected ${got}.`);
  }
  if (profile === "prom2") refuseNewSyntax(topNode, text);
  return exprOf(topNode.firstChild!, text);
}

/**
 * The syntax tree. What the editor's grammar does not know is hidden from it behind a text of the same length: the dot at the end of a
 * number, as in `2.`, and `holt_winters`, which Prometheus 3 renamed; names are read from the original text.
 */
function treeOf(text: string): SyntaxNode {
  let known = text;
  for (;;) {
    const { topNode } = parser.parse(known);
    const at = firstError(topNode)?.from ?? -1;
    const [before, after] = [known.slice(0, Math.max(0, at)), known.slice(at + 1)];
    if (known[at] === "." && /(?:^|[^\w.:])\d+$/.test(before) && !/^\w/.test(after)) known = `${before} ${after}`;
    else if (known[at] === "(" && /\bholt_winters\s*$/.test(before)) {
      known = `${before.replace(/holt_winters(\s*)$/, "day_of_month$1")}(${after}`;
    } else return topNode;
  }
}

function unknownFunction(name: string, at: number, text: string): Error {
  const span = { from: text.lastIndexOf(name, at), to: at };
  if (EXPERIMENTAL.includes(name)) return queryError(text, span, experimental(`${name}()`));
  const nearest = didYouMean(name, [...FUNCTIONS.keys(), ...AGGREGATIONS.keys()]);
  const advice =
    nearest === undefined ? "See docs/promql.md for those that are supported." : `Did you mean ${nearest}()?`;
  return queryError(text, span, `no function is called ${JSON.stringify(name)}. ${advice}`);
}

/** Refuses what Prometheus 3 made valid: seconds where a duration stands, durations where a number stands, names in quotes. */
function refuseNewSyntax(top: SyntaxNode, text: string): void {
  const cursor = top.cursor();
  do {
    const { name, from, to } = cursor;
    const hasUnit = /(ms|[smhdwy])$/.test(text.slice(from, to)) && !/^0x/i.test(text.slice(from, to));
    if (name === "NumberDurationLiteralInDurationContext" && !hasUnit) {
      throw queryError(text, { from, to }, "prom2 needs a unit in a duration, such as 5m.");
    }
    if (name === "NumberDurationLiteral" && hasUnit) {
      throw queryError(text, { from, to }, "prom2 has no durations as numbers; write seconds.");
    }
    if (name === "QuotedLabelName") throw queryError(text, { from, to }, "prom2 has no names in quotes.");
  } while (cursor.next());
}

function firstError(top: SyntaxNode): SyntaxNode | null {
  if (top.firstChild === null) return top;
  const cursor = top.cursor();
  do if (cursor.type.isError) return cursor.node;
  while (cursor.next());
  return null;
}

function exprOf(node: SyntaxNode, text: string): Expr {
  if (isChain(node)) return chainOf(node, text, (operand) => exprOf(operand, text));
  if (isPostfix(node)) {
    const child = node.firstChild!;
    return applyPostfix(exprOf(child, text), node, child.name === "ParenExpr", text);
  }
  const span: Span = { from: node.from, to: node.to };
  switch (node.name) {
    case "NumberDurationLiteral":
      return { kind: "number", value: numberOf(node, text), ...span };
    case "StringLiteral":
      return { kind: "string", value: stringOf(node, text), ...span };
    case "ParenExpr":
      return exprOf(expressionsIn(node)[0]!, text);
    case "VectorSelector":
      return selectorOf(node, text);
    case "FunctionCall": {
      const name = node.getChild("FunctionIdentifier")!;
      return { kind: "call", name: text.slice(name.from, name.to), args: argumentsOf(node, text), ...span };
    }
    case "AggregateExpr":
      return aggregationOf(node, argumentsOf(node, text), text);
    default:
      throw queryError(text, node, `${JSON.stringify(text.slice(node.from, node.to))} is not supported yet.`);
  }
}

function argumentsOf(node: SyntaxNode, text: string): Expr[] {
  return expressionsIn(node.getChild("FunctionCallBody")!).map((child) => exprOf(child, text));
}

function expressionsIn(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (child.name !== "LineComment") children.push(child);
  }
  return children;
}
