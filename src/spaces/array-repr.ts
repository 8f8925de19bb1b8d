/** Numbers and arrays as NumPy prints them, for the names of spaces. @module */
import type { Dtype } from "../dtype.js";

const LINE_WIDTH = 75;
const DECIMALS = 8;
/** Longer arrays show this many values at both ends of each axis. */
const EDGE_ITEMS = 3;
const SUMMARY_ABOVE = 1000;

/** A number as `str` prints a NumPy scalar of an element type. */
export function scalarRepr(value: number | bigint, dtype: Dtype): string {
  if (!dtype.startsWith("float")) return String(value);
  const number = Number(value);
  if (!Number.isFinite(number)) return notFinite(number);
  const digits = shortest(number, dtype);
  const magnitude = Math.abs(number);
  if (magnitude !== 0 && (magnitude < 1e-4 || magnitude >= (dtype === "float32" ? 1e6 : 1e16))) {
    const [mantissa, exponent] = digits.split("e") as [string, string];
    return mantissa + exponentRepr(exponent);
  }
  const text = positional(digits);
  return text.includes(".") ? text : `${text}.0`;
}

/** An array as `str` prints it in NumPy. `values` is flat, in row-major order. */
export function arrayRepr(
  values: ArrayLike<number | bigint>,
  shape: readonly number[],
  dtype: Dtype = "int64",
): string {
  const summarize = values.length > SUMMARY_ABOVE;
  const cells = Array.from(values);
  const words = dtype.startsWith("float") ? floatWords(cells.map(Number), dtype) : integerWords(cells);
  if (shape.length === 0) return words[0]!.trim();
  return nestWords(words, shape, 0, summarize, "");
}

/** A shape as Python prints a tuple: `(3,)`, `(2, 2)`. */
export function shapeRepr(shape: readonly number[]): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
}

function integerWords(values: readonly (number | bigint)[]): string[] {
  const words = values.map(String);
  const width = Math.max(0, ...words.map((word) => word.length));
  return words.map((word) => word.padStart(width));
}

function floatWords(values: readonly number[], dtype: Dtype): string[] {
  if (isScientific(values, dtype)) return alignPoints(scientificWords(values, dtype));
  return alignPoints(
    values.map((value) => {
      return Number.isFinite(value) ? roundedPositional(value, shortest(value, dtype)) : notFinite(value);
    }),
  );
}

/** NumPy compares in the element type itself. */
function isScientific(values: readonly number[], dtype: Dtype): boolean {
  const magnitudes = values.filter((value) => Number.isFinite(value) && value !== 0).map(Math.abs);
  if (magnitudes.length === 0) return false;
  const [min, max] = [Math.min(...magnitudes), Math.max(...magnitudes)];
  if (dtype === "float32") return max >= 1e6 || min < Math.fround(1e-4) || Math.fround(max / min) > 1000;
  return max >= 1e8 || min < 1e-4 || max / min > 1000;
}

/** Pads words so that their points stand in one column; words without a point end in the last one. */
function alignPoints(words: readonly string[]): string[] {
  const pointed = words.filter((word) => word.includes("."));
  const left = Math.max(0, ...pointed.map((word) => word.indexOf(".")));
  const right = Math.max(0, ...pointed.map((word) => word.length - word.indexOf(".") - 1));
  const width = Math.max(left + 1 + right, ...words.filter((word) => !word.includes(".")).map((word) => word.length));
  return words.map((word) => {
    if (!word.includes(".")) return word.padStart(width);
    const fraction = word.length - word.indexOf(".") - 1;
    return (word + " ".repeat(right - fraction)).padStart(width);
  });
}

/** All with as many decimals as the one that needs most, up to eight. */
function scientificWords(values: readonly number[], dtype: Dtype): string[] {
  const needed = values.filter(Number.isFinite).map((value) => {
    const digits = shortest(value, dtype);
    const isLong = decimalsOf(digits) > DECIMALS;
    return decimalsOf(isLong ? value.toExponential(DECIMALS).replace(/0+e/, "e") : digits);
  });
  const decimals = Math.max(0, ...needed);
  return values.map((value) => {
    if (!Number.isFinite(value)) return notFinite(value);
    const [mantissa, exponent] = value.toExponential(decimals).split("e") as [string, string];
    return `${mantissa}${decimals === 0 ? "." : ""}${exponentRepr(exponent)}`;
  });
}

/** Digits between the point and the exponent. */
function decimalsOf(digits: string): number {
  return (/\.(\d*)/.exec(digits)?.[1] ?? "").length;
}

function roundedPositional(value: number, digits: string): string {
  const text = positional(digits);
  const fraction = text.split(".")[1] ?? "";
  if (fraction.length <= DECIMALS) return text.includes(".") ? text : `${text}.`;
  return value.toFixed(DECIMALS).replace(/0+$/, "");
}

/** The fewest digits that give the number back in its type, as `d.ddde±x`. */
function shortest(value: number, dtype: Dtype): string {
  if (dtype !== "float32") return value.toExponential();
  for (let digits = 0; digits < 9; digits++) {
    const text = value.toExponential(digits);
    if (Math.fround(Number(text)) === value) return text;
  }
  return value.toExponential();
}

/** `d.ddde±x` without an exponent. */
function positional(digits: string): string {
  const [mantissa, exponent] = digits.split("e") as [string, string];
  const negative = mantissa.startsWith("-");
  const [whole, fraction = ""] = mantissa.replace("-", "").split(".") as [string, string?];
  const all = whole + fraction;
  const point = 1 + Number(exponent);
  const padded = point <= 0 ? "0".repeat(1 - point) + all : all.padEnd(point, "0");
  const at = Math.max(point, 1);
  const tail = padded.slice(at);
  return `${negative ? "-" : ""}${padded.slice(0, at)}${tail === "" ? "" : `.${tail}`}`;
}

function exponentRepr(exponent: string): string {
  return `e${exponent[0]}${exponent.slice(1).padStart(2, "0")}`;
}

function notFinite(value: number): string {
  if (Number.isNaN(value)) return "nan";
  return value > 0 ? "inf" : "-inf";
}

function nestWords(
  words: readonly string[],
  shape: readonly number[],
  offset: number,
  summarize: boolean,
  indent: string,
): string {
  const [length = 0, ...inner] = shape;
  const stride = inner.reduce((size, n) => size * n, 1);
  const inside = `${indent} `;
  const part = (i: number): string =>
    inner.length === 0 ? words[offset + i]! : nestWords(words, inner, offset + i * stride, summarize, inside);
  const shown = Array.from({ length }, (_, i) => i);
  const parts =
    summarize && length > 2 * EDGE_ITEMS
      ? [...shown.slice(0, EDGE_ITEMS).map(part), "...", ...shown.slice(-EDGE_ITEMS).map(part)]
      : shown.map(part);
  if (inner.length > 0) return `[${parts.join("\n".repeat(inner.length) + inside)}]`;
  return `[${wrap(parts, inside)}]`;
}

function wrap(words: readonly string[], indent: string): string {
  const lines: string[] = [];
  let line = indent;
  for (const word of words) {
    if (line.length > indent.length && line.length + 1 + word.length >= LINE_WIDTH) {
      lines.push(line.trimEnd());
      line = indent + word;
    } else line = line.length > indent.length ? `${line} ${word}` : line + word;
  }
  lines.push(line);
  return lines.join("\n").slice(indent.length);
}
