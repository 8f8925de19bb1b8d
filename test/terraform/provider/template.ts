/** The part of Terraform's template language that synthesised configurations use. @module */

/** Gives the value of a reference, such as `digitalocean_vpc.main.id`. */
export type Lookup = (reference: string) => unknown;

/** A configuration's value with all its templates worked out. */
export function evaluated(value: unknown, lookup: Lookup): unknown {
  if (typeof value === "string") return textOf(value, lookup);
  if (Array.isArray(value)) return value.map((item) => evaluated(item, lookup));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, evaluated(item, lookup)]));
}

/** What the expressions in a configuration refer to, as `type.name`. */
export function referencesIn(value: unknown): readonly string[] {
  const found = JSON.stringify(value).matchAll(/(?<!data\.|[\w.])(digitalocean_\w+\.[\w-]+)/g);
  return [...found].map(([, address]) => address!);
}

/** A template that is one expression has that one's value; any other is text. */
function textOf(text: string, lookup: Lookup): unknown {
  const whole = /^\$\{([^{}]*)\}$/.exec(text);
  if (whole !== null) return expressionOf(whole[1]!, lookup);
  return text.replace(/\$\$\{|%%\{|\$\{([^{}]*)\}/g, (match, expression: string | undefined) =>
    expression === undefined ? match.slice(1) : String(expressionOf(expression, lookup)),
  );
}

function expressionOf(text: string, lookup: Lookup): unknown {
  const list = /^concat\((.*)\)$/.exec(text);
  if (list !== null) return list[1]!.split(", ").flatMap((part) => expressionOf(part, lookup));
  const single = /^\[(.*)\]$/.exec(text);
  if (single !== null) return [expressionOf(single[1]!, lookup)];
  return text.startsWith('"') ? textOf(JSON.parse(text) as string, lookup) : lookup(text);
}
