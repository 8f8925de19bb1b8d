/** Functions that change labels. @module */
import { RE2JS } from "re2js";
import { type LabelSet, labelSet } from "../../labels.js";
import type { Call } from "../ast.js";
import type { Evaluator, InstantVector } from "./values.js";

const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** label_replace: a label from a match of another's value. */
export function replaceLabels(call: Call, ms: number, evaluator: Evaluator): InstantVector {
  const [target, replacement, source, regex] = call.args
    .slice(1)
    .map((arg) => (arg.kind === "string" ? arg.value : ""));
  const pattern = compilePattern(regex!, call, evaluator);
  checkName(target!, call, 1, evaluator);
  const parts = templateOf(replacement!);
  const results = evaluator.vector(call.args[0]!, ms).map(({ labels, value }) => {
    const matcher = pattern.matcher(labels.get(source!) ?? "");
    if (!matcher.matches()) return { labels, value };
    const groups = pattern.namedGroups();
    const text = parts.map((part) => {
      if (typeof part === "string") return part;
      const index = /^\d+$/.test(part.group) ? Number(part.group) : groups[part.group];
      return index === undefined || index > matcher.groupCount() ? "" : (matcher.group(index) ?? "");
    });
    return { labels: withLabel(labels, target!, text.join("")), value };
  });
  return evaluator.distinct(results, call);
}

/** label_join: a label from the values of others. */
export function joinLabels(call: Call, ms: number, evaluator: Evaluator): InstantVector {
  const [target, separator, ...sources] = call.args.slice(1).map((arg) => (arg.kind === "string" ? arg.value : ""));
  checkName(target!, call, 1, evaluator);
  sources.forEach((source, k) => {
    checkName(source, call, 3 + k, evaluator);
  });
  const results = evaluator.vector(call.args[0]!, ms).map(({ labels, value }) => {
    const joined = sources.map((source) => labels.get(source) ?? "").join(separator);
    return { labels: withLabel(labels, target!, joined), value };
  });
  return evaluator.distinct(results, call);
}

function withLabel(labels: LabelSet, name: string, value: string): LabelSet {
  return labelSet([...[...labels].filter(([label]) => label !== name), [name, value]]);
}

function checkName(name: string, call: Call, arg: number, { profile, fail }: Evaluator): void {
  if (profile === "prom2" ? LABEL_NAME.test(name) : name !== "" && !name.includes("\uFFFD")) return;
  fail(call.args[arg]!, `${JSON.stringify(name)} is not a label name.`);
}

function compilePattern(regex: string, call: Call, { profile, fail }: Evaluator): RE2JS {
  try {
    return RE2JS.compile(profile === "prom2" ? `^(?:${regex})$` : `^(?s:${regex})$`);
  } catch {
    return fail(call.args[4]!, `${JSON.stringify(regex)} is not a regular expression of RE2.`);
  }
}

type TemplatePart = string | { readonly group: string };

/** Literal text and the groups that `$1` or `${name}` stand for, as Go expands them; `$$` is a dollar. */
function templateOf(replacement: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let from = 0;
  for (const match of replacement.matchAll(/\$(?:(\$)|(\w+)|\{(\w+)\})/g)) {
    parts.push(replacement.slice(from, match.index));
    parts.push(match[1] ?? { group: (match[2] ?? match[3])! });
    from = match.index + match[0].length;
  }
  parts.push(replacement.slice(from));
  return parts;
}
