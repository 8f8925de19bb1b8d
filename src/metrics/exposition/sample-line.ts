/** One sample's line, read character by character. @module */
import { type LabelSet, labelSet } from "../labels.js";
import type { Exemplar, ExpositionFormat, ExpositionSample } from "./family.js";

/** A line that cannot be read; the parser adds where it stands. */
export type Refuse = (detail: string, limit?: string) => never;

/** What a line is read with. */
export interface LineRules {
  readonly format: ExpositionFormat;
  readonly maxLabels: number;
  readonly refuse: Refuse;
}

const NAME = /[a-zA-Z_:][a-zA-Z0-9_:]*/y;
const LABEL = /[a-zA-Z_][a-zA-Z0-9_]*/y;
const NUMBER = /^[+-]?(\d+\.?\d*([eE][+-]?\d+)?|\.\d+([eE][+-]?\d+)?)$/;
/** Of an exemplar's names and values together. @see OpenMetrics 1.0.0, "Exemplars" */
const EXEMPLAR_CHARACTERS = 128;

/** Reads `name{label="value"} value [timestamp] [# exemplar]`. */
export function parseSampleLine(line: string, rules: LineRules): ExpositionSample {
  const cursor = new LineCursor(line, rules);
  const name =
    cursor.match(NAME) ?? rules.refuse(`expected a metric's name, got ${JSON.stringify(line.slice(0, 32))}.`);
  cursor.skipBlanks();
  const labels = cursor.peek() === "{" ? cursor.labels() : NO_LABELS;
  const words = cursor.words();
  const value = numberOf(words[0], "a value", rules);
  if (words.length > 2)
    rules.refuse(`expected a value and at most a timestamp, got ${JSON.stringify(words.join(" "))}.`);
  const timestampSeconds = words.length === 2 ? timestampOf(words[1]!, rules) : undefined;
  const exemplar = cursor.peek() === "#" ? exemplarOf(cursor, rules) : undefined;
  return {
    name,
    labels,
    value,
    ...(timestampSeconds === undefined ? {} : { timestampSeconds }),
    ...(exemplar === undefined ? {} : { exemplar }),
  };
}

const NO_LABELS: LabelSet = new Map();

/** A number as Go writes and reads it, undefined where it is none. */
export function parseNumber(text: string): number | undefined {
  if (NUMBER.test(text)) return Number(text);
  const word = /^([+-]?)(inf|infinity|nan)$/i.exec(text);
  if (word === null) return undefined;
  if (word[2]!.toLowerCase() === "nan") return word[1] === "" ? Number.NaN : undefined;
  return word[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

function numberOf(word: string | undefined, what: string, { refuse }: LineRules): number {
  const value = word === undefined ? undefined : parseNumber(word);
  return value ?? refuse(`expected ${what}, got ${word === undefined ? "the end of the line" : JSON.stringify(word)}.`);
}

function timestampOf(word: string, rules: LineRules): number {
  if (rules.format === "openmetrics") {
    const seconds = numberOf(word, "a timestamp in seconds", rules);
    return Number.isFinite(seconds)
      ? seconds
      : rules.refuse(`expected a finite timestamp, got ${JSON.stringify(word)}.`);
  }
  const milliseconds = /^-?\d+$/.test(word) ? Number(word) : Number.NaN;
  if (Number.isSafeInteger(milliseconds)) return milliseconds / 1000;
  return rules.refuse(`expected a timestamp in whole milliseconds, got ${JSON.stringify(word)}.`);
}

function exemplarOf(cursor: LineCursor, rules: LineRules): Exemplar {
  cursor.skip(1);
  cursor.skipBlanks();
  if (cursor.peek() !== "{") rules.refuse("expected an exemplar's labels in braces after #.");
  const labels = cursor.labels();
  let characters = 0;
  for (const [name, value] of labels) characters += [...name, ...value].length;
  if (characters > EXEMPLAR_CHARACTERS) {
    rules.refuse(`an exemplar's labels have ${characters} characters; ${EXEMPLAR_CHARACTERS} are allowed.`);
  }
  const words = cursor.words();
  const value = numberOf(words[0], "an exemplar's value", rules);
  if (words.length > 2 || cursor.peek() !== "") rules.refuse("expected the end of the line after an exemplar.");
  return { labels, value, ...(words.length === 2 ? { timestampSeconds: timestampOf(words[1]!, rules) } : {}) };
}

/** A place in a line. */
class LineCursor {
  #at = 0;
  readonly #line: string;
  readonly #rules: LineRules;

  constructor(line: string, rules: LineRules) {
    this.#line = line;
    this.#rules = rules;
  }

  /** The character here, empty at the end. */
  peek(): string {
    return this.#line.charAt(this.#at);
  }

  skip(characters: number): void {
    this.#at += characters;
  }

  skipBlanks(): void {
    while (this.peek() === " " || this.peek() === "\t") this.#at++;
  }

  /** What a sticky pattern matches here. */
  match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const text = pattern.exec(this.#line)?.[0];
    this.#at += text?.length ?? 0;
    return text;
  }

  /** The words up to an exemplar or the end. */
  words(): string[] {
    const end = this.#rules.format === "openmetrics" ? this.#line.indexOf("#", this.#at) : -1;
    const text = this.#line.slice(this.#at, end < 0 ? undefined : end);
    this.#at += text.length;
    return text.split(/[ \t]+/).filter((word) => word !== "");
  }

  /** `{a="b",c="d"}`, from its brace to behind the other. */
  labels(): LabelSet {
    const { refuse, maxLabels, format } = this.#rules;
    const labels = new Map<string, string>();
    this.#at++;
    for (;;) {
      this.skipBlanks();
      if (this.peek() === "}" && (labels.size === 0 || format === "text")) break;
      const name = this.match(LABEL) ?? this.#refuseName();
      this.skipBlanks();
      if (this.peek() !== "=") refuse(`expected = after the label ${name}.`);
      this.#at++;
      this.skipBlanks();
      const value = this.#quoted(name);
      if (labels.has(name)) refuse(`the label ${name} comes twice in one series.`);
      labels.set(name, value);
      if (labels.size > maxLabels) refuse(`a series has more labels than maxLabels, ${maxLabels}.`, "maxLabels");
      this.skipBlanks();
      if (this.peek() === "}") break;
      if (this.peek() !== ",") refuse(`expected , or } after the value of the label ${name}.`);
      this.#at++;
    }
    this.#at++;
    return labelSet(labels);
  }

  #refuseName(): never {
    const { refuse } = this.#rules;
    if (this.peek() === '"') return refuse("quoted names are not supported; write names of letters, digits and _.");
    return refuse(
      `expected a label's name, got ${this.peek() === "" ? "the end of the line" : JSON.stringify(this.peek())}.`,
    );
  }

  #quoted(name: string): string {
    const { refuse } = this.#rules;
    if (this.peek() !== '"') refuse(`expected the value of the label ${name} in double quotes.`);
    const start = this.#at + 1;
    let end = start;
    let escaped = false;
    for (; this.#line.charAt(end) !== '"'; end++) {
      if (end >= this.#line.length) refuse(`the value of the label ${name} has no closing quote.`);
      if (this.#line.charAt(end) === "\\") {
        escaped = true;
        end++;
      }
    }
    this.#at = end + 1;
    const text = this.#line.slice(start, end);
    if (!escaped) return text;
    return unescapeText(text, ["\\", '"', "n"]) ?? refuse(`the value of the label ${name} has an unknown escape.`);
  }
}

/** Undoes escapes of those characters (`n` for a new line); undefined where another character is escaped. */
export function unescapeText(text: string, known: readonly string[]): string | undefined {
  let isKnown = true;
  const plain = text.replace(/\\(.?)/gs, (pair, character: string) => {
    if (!known.includes(character)) {
      isKnown = false;
      return pair;
    }
    return character === "n" ? "\n" : character;
  });
  return isKnown ? plain : undefined;
}
