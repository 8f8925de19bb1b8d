/** Binary operators and signs, put together by Prometheus's precedence. @module */
import type { SyntaxNode } from "@lezer/common";
import type { Expr } from "./ast.js";
import { binaryOf } from "./operators.js";
import { applyPostfix, isPostfix } from "./postfix.js";

/** An operand with what follows it, an operator, or a sign. */
type Piece =
  | {
      readonly kind: "operand";
      readonly node: SyntaxNode;
      readonly postfixes: SyntaxNode[];
      readonly unsigned?: boolean;
    }
  | { readonly kind: "operator"; readonly node: SyntaxNode; readonly binary: SyntaxNode }
  | { readonly kind: "sign"; readonly from: number; readonly op: "-" | "+" };

/** Precedences, loosest first. @see https://prometheus.io/docs/prometheus/latest/querying/operators/ */
const LEVELS: readonly (readonly string[])[] = [
  ["or"],
  ["and", "unless"],
  ["==", "!=", "<", "<=", ">", ">="],
  ["+", "-"],
  ["*", "/", "%", "atan2"],
  ["^"],
];
/** Only a power binds more tightly than a sign. */
const POWER_LEVEL = 5;

/** Whether a node is an operation, or a range, `offset` or `@` that the grammar wrapped around one. */
export function isChain(node: SyntaxNode): boolean {
  if (node.name === "BinaryExpr" || node.name === "UnaryExpr") return true;
  return isPostfix(node) && isChain(node.firstChild!);
}

/**
 * The expression of a chain. The editor's grammar reads `a + b offset 5m` as `(a + b) offset 5m`, and `-2 ^ 2` as `(-2) ^ 2`;
 * here the pieces are laid out again and joined by precedence.
 */
export function chainOf(node: SyntaxNode, text: string, operandOf: (node: SyntaxNode) => Expr): Expr {
  const pieces = piecesOf(node, text);
  let next = 0;
  const operand = (): Expr => {
    const piece = pieces[next++]!;
    if (piece.kind === "sign") {
      const expr = climb(POWER_LEVEL);
      return { kind: "unary", op: piece.op, expr, from: piece.from, to: expr.to };
    }
    const { node: primary, postfixes, unsigned } = piece as Piece & { kind: "operand" };
    const parenthesised = primary.name === "ParenExpr";
    const expr = unsigned ? withoutSign(operandOf(primary)) : operandOf(primary);
    return postfixes.reduce((inner, postfix) => applyPostfix(inner, postfix, parenthesised, text), expr);
  };
  const climb = (lowest: number): Expr => {
    let left = operand();
    for (let piece = pieces[next]; piece?.kind === "operator"; piece = pieces[next]) {
      const op = text.slice(piece.node.from, piece.node.to).toLowerCase();
      const level = LEVELS.findIndex((operators) => operators.includes(op));
      if (level < lowest) break;
      next++;
      const right = climb(op === "^" ? level : level + 1);
      left = binaryOf(piece.binary, op, left, right, text);
    }
    return left;
  };
  return climb(0);
}

function piecesOf(node: SyntaxNode, text: string): Piece[] {
  if (node.name === "BinaryExpr") {
    const operator = node.firstChild!.nextSibling!;
    const [left, right] = [piecesOf(node.firstChild!, text), piecesOf(node.lastChild!, text)];
    return [...left, { kind: "operator", node: operator, binary: node }, ...right];
  }
  if (node.name === "UnaryExpr") {
    const op = text[node.from] as "-" | "+";
    return [{ kind: "sign", from: node.from, op }, ...piecesOf(node.lastChild!, text)];
  }
  if (isChain(node)) {
    const pieces = piecesOf(node.firstChild!, text);
    (pieces.at(-1) as Piece & { kind: "operand" }).postfixes.push(node);
    return pieces;
  }
  const sign = text[node.from];
  if (node.name === "NumberDurationLiteral" && (sign === "-" || sign === "+")) {
    return [
      { kind: "sign", from: node.from, op: sign },
      { kind: "operand", node, postfixes: [], unsigned: true },
    ];
  }
  return [{ kind: "operand", node, postfixes: [] }];
}

/** A signed literal without its sign, which is a piece of its own. */
function withoutSign(literal: Expr): Expr {
  return literal.kind === "number" ? { ...literal, value: Math.abs(literal.value), from: literal.from + 1 } : literal;
}
