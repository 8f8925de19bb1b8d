/** Which states a configuration reads: its `terraform_remote_state` data sources, in HCL and in JSON. @module */

/** One `terraform_remote_state`. */
export interface StateReference {
  /** Name of the data source. */
  readonly name: string;
  /** Where the state lies: the path or key that is given; empty where it is not written out. */
  readonly location: string;
}

/** Settings of a backend that say which state it is. */
const LOCATION = ["path", "key", "prefix"] as const;
/** A string, a comment, or the start of the block that is looked for. */
const TOKENS = /"(?:[^"\\]|\\.)*"|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/|<<[-~]?(\w+)\n[\s\S]*?\n[ \t]*\1\b/g;

/** The states that a file of HCL reads. */
export function hclStateReferences(text: string): StateReference[] {
  const code = text.replace(TOKENS, (token) => (token.startsWith('"') ? token : " "));
  const starts = code.matchAll(/\bdata\s+"?terraform_remote_state"?\s+"?([\w-]+)"?\s*\{/g);
  return [...starts].map((start) => {
    const body = blockFrom(code, start.index + start[0].length);
    const location = new RegExp(`\\b(?:${LOCATION.join("|")})"?\\s*[=:]\\s*"([^"]*)"`).exec(body)?.[1] ?? "";
    return { name: start[1]!, location };
  });
}

/** The states that a file of JSON reads. @throws SyntaxError when it is not JSON */
export function jsonStateReferences(text: string): StateReference[] {
  const { data } = JSON.parse(text) as { readonly data?: unknown };
  return listOf(data)
    .flatMap(({ terraform_remote_state: sources }) => listOf(sources))
    .flatMap((sources) => Object.entries(sources))
    .map(([name, source]) => ({ name, location: locationIn(source) }));
}

function locationIn(source: unknown): string {
  const configs = listOf(source).flatMap(({ config }) => listOf(config));
  const values = configs.flatMap((config) => LOCATION.map((key) => config[key]));
  return values.find((value): value is string => typeof value === "string") ?? "";
}

/** Terraform's JSON allows one object or a list of them almost everywhere. */
function listOf(value: unknown): Record<string, unknown>[] {
  const values = Array.isArray(value) ? value : [value];
  return values.filter((one): one is Record<string, unknown> => typeof one === "object" && one !== null);
}

/** What stands between a brace and the one that closes it; braces in strings do not count. */
function blockFrom(code: string, start: number): string {
  let depth = 1;
  for (const token of code.slice(start).matchAll(/"(?:[^"\\]|\\.)*"|[{}]/g)) {
    if (token[0] === "{") depth++;
    if (token[0] === "}" && --depth === 0) return code.slice(start, start + token.index);
  }
  return code.slice(start);
}
