/** Type, arity and label checks, which the editor's grammar leaves to us. @module */
import type { Aggregation, Binary, Call, Expr, Span, ValueType } from "./ast.js";
import { AGGREGATIONS, EXPERIMENTAL, experimental, FUNCTIONS } from "./functions.js";
import { queryError } from "./query-text.js";

const COMPARISONS: readonly string[] = ["==", "!=", "<", "<=", ">", ">="];
const SET_OPERATORS: readonly string[] = ["and", "or", "unless"];
const NAMES: Readonly<Record<ValueType, string>> = {
  scalar: "a scalar",
  vector: "an instant vector",
  matrix: "a range vector",
  string: "a string",
};

/**
 * Checks an expression and everything below it.
 * @returns the type of its value
 * @throws InvalidQueryError with the position of the part that does not fit
 */
export function checkTypes(expr: Expr, text: string): ValueType {
  switch (expr.kind) {
    case "number":
      return "scalar";
    case "string":
      return "string";
    case "selector":
      return "vector";
    case "matrix":
      return "matrix";
    case "subquery":
      expect("a subquery", expr.expr, "vector", text);
      return "matrix";
    case "unary": {
      const type = checkTypes(expr.expr, text);
      if (type === "scalar" || type === "vector") return type;
      throw queryError(text, expr.expr, `a sign needs a scalar or an instant vector, got ${NAMES[type]}.`);
    }
    case "call":
      return checkCall(expr, text);
    case "aggregation":
      return checkAggregation(expr, text);
    case "binary":
      return checkBinary(expr, text);
  }
}

function expect(what: string, expr: Expr, expected: ValueType, text: string): void {
  const got = checkTypes(expr, text);
  if (got === expected) return;
  const advice =
    expected === "matrix" && expr.kind === "selector"
      ? "; add a range such as [5m]"
      : expected === "matrix" && got === "vector"
        ? "; make it a subquery such as [5m:1m]"
        : expected === "vector" && got === "matrix"
          ? "; leave the range out, or reduce it, as with rate() or avg_over_time()"
          : expected === "vector" && got === "scalar"
            ? "; wrap it in vector()"
            : expected === "scalar" && got === "vector"
              ? "; wrap it in scalar()"
              : "";
  throw queryError(text, expr, `${what} needs ${NAMES[expected]}, got ${NAMES[got]}${advice}.`);
}

function checkCall(call: Call, text: string): ValueType {
  const { name, args } = call;
  const signature = FUNCTIONS.get(name);
  if (signature === undefined) {
    const reason = EXPERIMENTAL.includes(name) ? experimental(`${name}()`) : `${name}() is not supported.`;
    throw queryError(text, call, reason);
  }
  const { args: types, optional, returns } = signature;
  const most = optional < 0 ? Number.POSITIVE_INFINITY : types.length;
  const least = types.length - Math.abs(optional);
  if (args.length < least || args.length > most) {
    const needs =
      least === most ? `${least}` : most === Number.POSITIVE_INFINITY ? `${least} or more` : `${least} to ${most}`;
    throw queryError(text, call, `${name}() needs ${needs} argument${needs === "1" ? "" : "s"}, got ${args.length}.`);
  }
  args.forEach((arg, i) => {
    expect(`${name}()`, arg, types[Math.min(i, types.length - 1)]!, text);
  });
  return returns;
}

function checkAggregation(aggregation: Aggregation, text: string): ValueType {
  const { op, param, expr, labels } = aggregation;
  const parameter = AGGREGATIONS.get(op);
  if (parameter === undefined) {
    throw queryError(text, aggregation, EXPERIMENTAL.includes(op) ? experimental(op) : `${op} is not supported.`);
  }
  if (param !== null && parameter !== null) expect(op, param, parameter, text);
  expect(op, expr, "vector", text);
  checkLabels(labels, aggregation, text);
  return "vector";
}

function checkLabels(labels: readonly string[], span: Span, text: string): void {
  for (const label of labels) {
    // Names in quotes may be any text.
    if (label === "" || label.includes("\uFFFD"))
      throw queryError(text, span, `${JSON.stringify(label)} is not a label name.`);
  }
}

function checkBinary(binary: Binary, text: string): ValueType {
  const { op, left, right, bool, matching } = binary;
  const types = [checkTypes(left, text), checkTypes(right, text)];
  const comparison = COMPARISONS.includes(op);
  const sets = SET_OPERATORS.includes(op);
  [left, right].forEach((side, i) => {
    if (types[i] === "matrix" || types[i] === "string") {
      throw queryError(text, side, `${op} needs scalars or instant vectors, got ${NAMES[types[i]]}.`);
    }
    if (sets && types[i] === "scalar") expect(op, side, "vector", text);
  });
  if (bool && !comparison) throw queryError(text, binary, "bool may only follow a comparison.");
  const scalars = types[0] === "scalar" && types[1] === "scalar";
  if (comparison && scalars && !bool) {
    throw queryError(text, binary, `a comparison of two scalars needs bool; write ${op} bool.`);
  }
  if (matching !== null) checkMatching(binary, types.includes("scalar"), sets, text);
  return scalars ? "scalar" : "vector";
}

function checkMatching({ matching, op, ...span }: Binary, hasScalar: boolean, sets: boolean, text: string): void {
  const { on, labels, group, include } = matching!;
  if (hasScalar) throw queryError(text, span, "on and ignoring need an instant vector on both sides.");
  if (group !== null && sets) throw queryError(text, span, `${op} does not group; leave group_${group} out.`);
  checkLabels([...labels, ...include], span, text);
  const twice = on ? include.find((label) => labels.includes(label)) : undefined;
  if (twice !== undefined) throw queryError(text, span, `label ${twice} may not be in both on and group_${group}.`);
}
