/** Functions that change labels, for both the compiled and the general evaluation. @module */
import { RE2JS } from "re2js";
import { type LabelSet, labelSet } from "../labels.js";
import type { Call, Span } from "./ast.js";
import type { PromqlProfile } from "./sample-window.js";

const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** What label rules depend on, and how they refuse. */
export interface LabelRules {
  readonly profile: PromqlProfile;
  fail(at: Span, detail: string): never;
}

/** What `label_replace` or `label_join` makes of a label set. @throws InvalidQueryError for a bad label name or regular expression */
export function relabellerOf(call: Call, rules: LabelRules): (labels: LabelSet) => LabelSet {
  const texts = call.args.slice(1).map((arg) => (arg.kind === "string" ? arg.value : ""));
  const relabel = call.name === "label_replace" ? replacer(texts, call, rules) : joiner(texts, call, rules);
  const known = new WeakMap<LabelSet, LabelSet>();
  return (labels) => {
    let result = known.get(labels);
    if (result === undefined) {
      result = relabel(labels);
      known.set(labels, result);
    }
    return result;
  };
}

/** label_replace: a label from a match of another's value. */
function replacer(texts: readonly string[], call: Call, rules: LabelRules): (labels: LabelSet) => LabelSet {
  const [target, replacement, source, regex] = texts;
  const pattern = compilePattern(regex!, call, rules);
  checkName(target!, call, 1, rules);
  const parts = templateOf(replacement!);
  return (labels) => {
    const matcher = pattern.matcher(labels.get(source!) ?? "");
    if (!matcher.matches()) return labels;
    const groups = pattern.namedGroups();
    const text = parts.map((part) => {
      if (typeof part === "string") return part;
      const index = /^\d+$/.test(part.group) ? Number(part.group) : groups[part.group];
      return index === undefined || index > matcher.groupCount() ? "" : (matcher.group(index) ?? "");
    });
    return withLabel(labels, target!, text.join(""));
  };
}

/** label_join: a label from the values of others. */
function joiner(texts: readonly string[], call: Call, rules: LabelRules): (labels: LabelSet) => LabelSet {
  const [target, separator, ...sources] = texts;
  checkName(target!, call, 1, rules);
  sources.forEach((source, k) => {
    checkName(source, call, 3 + k, rules);
  });
  return (labels) => withLabel(labels, target!, sources.map((source) => labels.get(source) ?? "").join(separator));
}

function withLabel(labels: LabelSet, name: string, value: string): LabelSet {
  return labelSet([...[...labels].filter(([label]) => label !== name), [name, value]]);
}

function checkName(name: string, call: Call, arg: number, { profile, fail }: LabelRules): void {
  if (profile === "prom2" ? LABEL_NAME.test(name) : name !== "" && !name.includes("\uFFFD")) return;
  fail(call.args[arg]!, `${JSON.stringify(name)} is not a label name.`);
}

function compilePattern(regex: string, call: Call, { profile, fail }: LabelRules): RE2JS {
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
