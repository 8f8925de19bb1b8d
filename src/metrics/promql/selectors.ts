/** Vector selectors: their matchers, and which series of a schema they select. @module */
import type { SyntaxNode } from "@lezer/common";
import { RE2JS } from "re2js";
import { type LabelSet, METRIC_NAME } from "../labels.js";
import type { SeriesSchema } from "../series.js";
import type { Matcher, VectorSelector } from "./ast.js";
import { stringOf } from "./literals.js";
import { queryError } from "./query-text.js";
import type { PromqlProfile } from "./sample-window.js";

/** The selector a syntax node stands for. @throws InvalidQueryError when it could select everything, or names the metric twice */
export function selectorOf(node: SyntaxNode, text: string): VectorSelector {
  const span = { from: node.from, to: node.to };
  const matchers: Matcher[] = [];
  const nameAt = (at: SyntaxNode, value: string): void => {
    const named = matchers.find(({ label }) => label === METRIC_NAME);
    if (named)
      throw queryError(
        text,
        at,
        `the metric's name is set twice: ${JSON.stringify(named.value)} and ${JSON.stringify(value)}.`,
      );
    matchers.push({ label: METRIC_NAME, op: "=", value, from: at.from, to: at.to });
  };
  const identifier = node.getChild("Identifier");
  if (identifier) nameAt(identifier, text.slice(identifier.from, identifier.to));
  for (let child = node.getChild("LabelMatchers")?.firstChild ?? null; child !== null; child = child.nextSibling) {
    if (child.name === "LineComment") continue;
    if (child.name === "QuotedLabelName") nameAt(child, stringOf(child.firstChild!, text));
    else matchers.push(matcherOf(child, text, identifier !== null));
  }
  const tests = matchers.map((matcher) => matcherTest(matcher, text));
  if (matchers.every((_, i) => tests[i]!(""))) {
    throw queryError(text, node, "a selector needs at least one matcher that does not match the empty string.");
  }
  return { kind: "selector", matchers, offsetMs: 0, at: null, ...span };
}

function matcherOf(node: SyntaxNode, text: string, named: boolean): Matcher {
  const quoted = node.getChild("QuotedLabelName");
  const bare = node.getChild("LabelName");
  const label = quoted ? stringOf(quoted.firstChild!, text) : text.slice(bare!.from, bare!.to);
  if (named && label === METRIC_NAME) throw queryError(text, node, "the metric's name is set twice.");
  const op = text.slice(node.getChild("MatchOp")!.from, node.getChild("MatchOp")!.to) as Matcher["op"];
  return { label, op, value: stringOf(node.getChild("StringLiteral")!, text), from: node.from, to: node.to };
}

/**
 * A matcher as a test of a label's value; "" stands for an absent label. In `prom3`, a dot matches line ends too.
 * @throws InvalidQueryError for an invalid RE2 expression */
export function matcherTest(
  matcher: Matcher,
  text: string,
  profile: PromqlProfile = "prom3",
): (value: string) => boolean {
  const { op, value } = matcher;
  if (op === "=") return (got) => got === value;
  if (op === "!=") return (got) => got !== value;
  let pattern: RE2JS;
  try {
    RE2JS.compile(value);
    pattern = RE2JS.compile(profile === "prom2" ? value : `(?s:${value})`);
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).replace("error parsing regexp: ", "");
    throw queryError(text, matcher, `${JSON.stringify(value)} is not a regular expression of RE2: ${reason}.`);
  }
  return op === "=~" ? (got) => pattern.matches(got) : (got) => !pattern.matches(got);
}

/** Indices of the series that a selector selects, in the order of label sets. */
export function selectSeries(
  selector: VectorSelector,
  schema: SeriesSchema,
  text: string,
  profile: PromqlProfile,
): readonly number[] {
  const tests = selector.matchers.map((matcher) => [matcher.label, matcherTest(matcher, text, profile)] as const);
  const selected = (labels: LabelSet): boolean => tests.every(([label, test]) => test(labels.get(label) ?? ""));
  return schema.sorted.filter((index) => selected(schema.labelSets[index]!));
}
