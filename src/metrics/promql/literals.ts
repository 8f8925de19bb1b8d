/** Numbers, durations and strings of PromQL. @module */
import type { SyntaxNode } from "@lezer/common";
import { queryError } from "./query-text.js";

const UNITS_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  y: 31_536_000_000,
};

/** The longest duration: nanoseconds that fit 64 bits. */
const LONGEST_MS = 9_223_372_036_854;

/** The value of a number literal; a duration counts in seconds. */
export function numberOf(node: SyntaxNode, text: string): number {
  const source = text.slice(node.from, node.to).replace(/\s|_/g, "").toLowerCase();
  const [, sign, magnitude] = /^([-+]?)(.*)$/.exec(source)!;
  const value = /^inf(inity)?$/.test(magnitude!)
    ? Number.POSITIVE_INFINITY
    : magnitude === "nan"
      ? Number.NaN
      : /^\d.*(ms|[smhdwy])$/.test(magnitude!) && !magnitude!.startsWith("0x")
        ? milliseconds(magnitude!) / 1000
        : /^0[0-7]+$/.test(magnitude!)
          ? Number.parseInt(magnitude!, 8)
          : Number(magnitude);
  if (Number.isNaN(value) && magnitude !== "nan") {
    throw queryError(text, node, `${JSON.stringify(source)} is not a number.`);
  }
  if (value === Number.POSITIVE_INFINITY && !magnitude!.startsWith("inf")) {
    throw queryError(text, node, "a number must fit a double; write Inf for infinity.");
  }
  return sign === "-" ? -value : value;
}

/** A duration above 0. Unit: milliseconds. */
export function positiveDurationOf(node: SyntaxNode, text: string): number {
  const value = signedDurationOf(node, text);
  if (!(value > 0)) throw queryError(text, node, "a duration must be above 0.");
  return value;
}

/** A duration with an optional sign. Unit: milliseconds. */
export function signedDurationOf(node: SyntaxNode, text: string): number {
  const source = text.slice(node.from, node.to);
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) children.push(child);
  const [first, second] = children;
  if (children.length === 1 && first!.name === "NumberDurationLiteralInDurationContext") {
    const value = Math.round(numberOf(first!, text) * 1000);
    if (!(Math.abs(value) <= LONGEST_MS)) {
      throw queryError(text, node, `${JSON.stringify(source)} is not a duration of at most 292 years.`);
    }
    return value;
  }
  if (children.length === 2 && first!.name === "UnaryOp") {
    return signedDurationOf(second!, text) * (text[first!.from] === "-" ? -1 : 1);
  }
  throw queryError(text, node, `arithmetic of durations (${JSON.stringify(source)}) is not supported yet.`);
}

function milliseconds(duration: string): number {
  let sum = 0;
  for (const [, amount, unit] of duration.matchAll(/(\d+)(ms|[smhdwy])/g)) sum += Number(amount) * UNITS_MS[unit!]!;
  return sum;
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
  "'": "'",
  '"': '"',
};

/** The value of a string literal: backquotes are raw, the others have Go's escapes. */
export function stringOf(node: SyntaxNode, text: string): string {
  const source = text.slice(node.from, node.to);
  const quote = source[0]!;
  if (source.length < 2 || !source.endsWith(quote)) throw queryError(text, node, "a string has no closing quote.");
  if (source.includes("\uFFFD"))
    throw queryError(text, node, "a string holds U+FFFD, which stands for bytes that are not UTF-8.");
  const body = source.slice(1, -1);
  if (quote === "`") return body;
  if (body.includes("\n")) throw queryError(text, node, "a quoted string may not span lines; use backquotes.");
  return body.replace(
    /(?:\\(?:x[0-9a-fA-F]{2}|[0-7]{3}))+|\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.|$)/gs,
    (escaped, code?: string) => {
      if (code === undefined) return bytesOf(escaped);
      if (/^[uU]./.test(code)) return codePoint(Number.parseInt(code.slice(1), 16), escaped, node, text);
      const character = code === quote || !/['"]/.test(code) ? ESCAPES[code] : undefined;
      if (character === undefined)
        throw queryError(text, node, `${escaped} is not an escape in a string; write \\\\ for a backslash.`);
      return character;
    },
  );
}

/** Bytes written as `\xFF` or `\377`, read as UTF-8; what is not UTF-8 becomes U+FFFD. */
function bytesOf(escaped: string): string {
  const codes = escaped.split("\\").slice(1);
  const bytes = codes.map((code) =>
    code.startsWith("x") ? Number.parseInt(code.slice(1), 16) : Number.parseInt(code, 8),
  );
  return new TextDecoder().decode(Uint8Array.from(bytes));
}

function codePoint(code: number, escaped: string, node: SyntaxNode, text: string): string {
  if (code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000)) return String.fromCodePoint(code);
  throw queryError(text, node, `${escaped} is not a character of Unicode.`);
}
