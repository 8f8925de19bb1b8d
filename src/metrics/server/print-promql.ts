/** A syntax tree of PromQL as text again, every operation in parentheses. @module */
import type { Aggregation, AtModifier, Binary, Expr, Matcher, VectorSelector } from "../promql/ast.js";
import { formatValue } from "../query-data.js";

/** Writes an expression; parsing the text gives the same tree but for positions. */
export function printPromql(expr: Expr): string {
  switch (expr.kind) {
    case "number":
      return expr.value === Number.POSITIVE_INFINITY ? "Inf" : formatValue(expr.value);
    case "string":
      return JSON.stringify(expr.value);
    case "selector":
      return `${matchersText(expr)}${modifiers(expr.offsetMs, expr.at)}`;
    case "matrix": {
      const { selector, rangeMs } = expr;
      return `${matchersText(selector)}[${rangeMs}ms]${modifiers(selector.offsetMs, selector.at)}`;
    }
    case "subquery": {
      const { rangeMs, stepMs, offsetMs, at } = expr;
      const step = stepMs === null ? "" : `${stepMs}ms`;
      return `(${printPromql(expr.expr)})[${rangeMs}ms:${step}]${modifiers(offsetMs, at)}`;
    }
    case "call":
      return `${expr.name}(${expr.args.map(printPromql).join(", ")})`;
    case "aggregation":
      return aggregationText(expr);
    case "binary":
      return binaryText(expr);
    case "unary":
      return `(${expr.op}${printPromql(expr.expr)})`;
  }
}

function matchersText({ matchers }: VectorSelector): string {
  return `{${matchers.map(matcherText).join(", ")}}`;
}

function matcherText({ label, op, value }: Matcher): string {
  return `${labelText(label)}${op}${JSON.stringify(value)}`;
}

/** A label's name; others than letters, digits and _ stand in quotes, as Prometheus 3 has them. */
function labelText(label: string): string {
  return /^[a-zA-Z_]\w*$/.test(label) ? label : JSON.stringify(label);
}

function modifiers(offsetMs: number, at: AtModifier | null): string {
  const time = at === null ? "" : ` @ ${typeof at === "number" ? (at / 1000).toFixed(3) : `${at}()`}`;
  return `${time}${offsetMs === 0 ? "" : ` offset ${offsetMs < 0 ? "-" : ""}${Math.abs(offsetMs)}ms`}`;
}

function aggregationText({ op, grouping, labels, param, expr }: Aggregation): string {
  const args = param === null ? [expr] : [param, expr];
  return `${op} ${grouping} (${labels.map(labelText).join(", ")}) (${args.map(printPromql).join(", ")})`;
}

function binaryText({ op, left, right, bool, matching }: Binary): string {
  const parts = [op, ...(bool ? ["bool"] : [])];
  if (matching !== null) {
    const { on, labels, group, include } = matching;
    parts.push(`${on ? "on" : "ignoring"} (${labels.map(labelText).join(", ")})`);
    if (group !== null) parts.push(`group_${group} (${include.map(labelText).join(", ")})`);
  }
  return `(${printPromql(left)} ${parts.join(" ")} ${printPromql(right)})`;
}
