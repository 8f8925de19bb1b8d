/** Our syntax tree of PromQL. Positions are offsets into the text that was parsed. @module */

/** Type of an expression's value. */
export type ValueType = "scalar" | "vector" | "matrix" | "string";

/** Where an expression stands in the text: characters [from, to). */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A number, such as `1.5`, `0x1F`, `Inf` or, as a number of seconds, `5m`. */
export interface NumberLiteral extends Span {
  readonly kind: "number";
  readonly value: number;
}

/** A string in any of the three quotes, without them. */
export interface StringLiteral extends Span {
  readonly kind: "string";
  readonly value: string;
}

/** One label matcher of a selector; the metric's name is a matcher of `__name__`. */
export interface Matcher extends Span {
  readonly label: string;
  readonly op: "=" | "!=" | "=~" | "!~";
  readonly value: string;
}

/** Where the modifier `@` fixes the time: unix milliseconds, or an end of the range evaluated. */
export type AtModifier = number | "start" | "end";

/** An instant vector selector. */
export interface VectorSelector extends Span {
  readonly kind: "selector";
  readonly matchers: readonly Matcher[];
  /** Unit: milliseconds. */
  readonly offsetMs: number;
  readonly at: AtModifier | null;
}

/** A range vector selector, such as `x[5m]`. */
export interface MatrixSelector extends Span {
  readonly kind: "matrix";
  readonly selector: VectorSelector;
  /** Unit: milliseconds, above 0. */
  readonly rangeMs: number;
}

/** A subquery, such as `rate(x[5m])[1h:1m]`. */
export interface Subquery extends Span {
  readonly kind: "subquery";
  readonly expr: Expr;
  readonly rangeMs: number;
  /** Unit: milliseconds; null for the default resolution. */
  readonly stepMs: number | null;
  readonly offsetMs: number;
  readonly at: AtModifier | null;
}

/** A function call. */
export interface Call extends Span {
  readonly kind: "call";
  readonly name: string;
  readonly args: readonly Expr[];
}

/** An aggregation, such as `sum by (le) (…)`. */
export interface Aggregation extends Span {
  readonly kind: "aggregation";
  readonly op: string;
  /** `by` or `without` and its labels; without a clause it is `by ()`. */
  readonly grouping: "by" | "without";
  readonly labels: readonly string[];
  readonly param: Expr | null;
  readonly expr: Expr;
}

/** How the two sides of a binary operation are matched. */
export interface VectorMatching {
  readonly on: boolean;
  readonly labels: readonly string[];
  readonly group: "left" | "right" | null;
  readonly include: readonly string[];
}

/** A binary operation. */
export interface Binary extends Span {
  readonly kind: "binary";
  readonly op: string;
  readonly left: Expr;
  readonly right: Expr;
  readonly bool: boolean;
  readonly matching: VectorMatching | null;
}

/** A sign. */
export interface Unary extends Span {
  readonly kind: "unary";
  readonly op: "-" | "+";
  readonly expr: Expr;
}

/** An expression. Parentheses leave no trace but their position. */
export type Expr =
  | NumberLiteral
  | StringLiteral
  | VectorSelector
  | MatrixSelector
  | Subquery
  | Call
  | Aggregation
  | Binary
  | Unary;
