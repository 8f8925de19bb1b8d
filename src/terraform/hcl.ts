/** A configuration in Terraform's JSON written as HCL, the form people edit. @module */
import { kindOf } from "../infra/kinds.js";
import type { BlockSpec } from "../infra/resource-kind.js";

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };
type JsonObject = { readonly [name: string]: Json };

/**
 * Writes the configuration of one layer as HCL. What is a block and what an attribute follows from the declarations of
 * the resource kinds.
 *
 * @param text - The content of a `.tf.json` file with any of the blocks terraform, provider, data, resource and output.
 * @returns The content of a `.tf` file that means the same, laid out as `terraform fmt` does.
 */
export function hclFromJson(text: string): string {
  const json = JSON.parse(text) as Readonly<Record<string, JsonObject>>;
  const parts = [
    ...(json.terraform === undefined ? [] : [terraformBlock(json.terraform)]),
    ...Object.entries(json.provider ?? {}).flatMap(([name, settings]) =>
      listOf(settings).map((one) => block(`provider ${quoted(name)}`, one, {})),
    ),
    ...labelled("data", json.data ?? {}),
    ...labelled("resource", json.resource ?? {}),
    ...Object.entries(json.output ?? {}).map(([name, output]) =>
      block(`output ${quoted(name)}`, output as JsonObject, {}),
    ),
  ];
  return `${parts.join("\n\n")}\n`;
}

function terraformBlock(settings: JsonObject): string {
  const { required_providers: providers, ...rest } = settings;
  const inner = providers === undefined ? [] : [indented(block("required_providers", providers as JsonObject, {}))];
  const lines = aligned(Object.entries(rest)).map(indented);
  return `terraform {\n${[...lines, ...inner].join("\n")}\n}`;
}

function labelled(word: string, types: JsonObject): string[] {
  return Object.entries(types).flatMap(([type, named]) =>
    Object.entries(named as JsonObject).flatMap(([name, one]) =>
      listOf(one).map((body) => block(`${word} ${quoted(type)} ${quoted(name)}`, body, blocksOf(word, type))),
    ),
  );
}

function blocksOf(word: string, type: string): Readonly<Record<string, BlockSpec>> {
  const settings: BlockSpec = { nesting: "list", max: 1, attributes: {} };
  const declared = word === "resource" ? kindOf(type)?.blocks : undefined;
  return { ...declared, timeouts: settings, lifecycle: settings };
}

/** `head { … }`: attributes first, in their order, then nested blocks. */
function block(head: string, body: JsonObject, blocks: Readonly<Record<string, BlockSpec>>): string {
  const entries = Object.entries(body);
  const attributes = aligned(entries.filter(([name]) => blocks[name] === undefined));
  const nested = entries.flatMap(([name, value]) => {
    const spec = blocks[name];
    return spec === undefined ? [] : listOf(value).map((one) => block(name, one, spec.blocks ?? {}));
  });
  const lines = [...attributes, ...nested].map(indented);
  return lines.length === 0 ? `${head} {}` : `${head} {\n${lines.join("\n")}\n}`;
}

function listOf(value: Json): JsonObject[] {
  return (Array.isArray(value) ? value : [value]) as JsonObject[];
}

/** `name = value` for each; the signs of neighbours that take one line stand below each other. */
function aligned(entries: readonly (readonly [string, Json])[]): string[] {
  const written = entries.map(([name, value]) => ({ name, value: expression(value) }));
  return written.map(({ name, value }, k) => {
    if (isLong(written[k])) return `${name} = ${value}`;
    let [first, last] = [k, k];
    while (!isLong(written[first - 1])) first--;
    while (!isLong(written[last + 1])) last++;
    const width = Math.max(...written.slice(first, last + 1).map((entry) => entry.name.length));
    return `${name.padEnd(width)} = ${value}`;
  });
}

/** Whether an entry stands apart from its neighbours: there is none, or an object or list of several lines. */
function isLong(entry: { readonly value: string } | undefined): boolean {
  return entry === undefined || (entry.value.includes("\n") && !entry.value.startsWith("<<"));
}

function expression(value: Json): string {
  if (typeof value === "string") return text(value);
  if (Array.isArray(value)) return `[${value.map(expression).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const entries = aligned(Object.entries(value).map(([name, part]) => [keyOf(name), part]));
    return entries.length === 0 ? "{}" : `{\n${entries.map(indented).join("\n")}\n}`;
  }
  return String(value);
}

/** A string: a bare expression where it is nothing else, a heredoc where it has lines. */
function text(value: string): string {
  const [, whole] = /^\$\{([^{}"]*)\}$/.exec(value) ?? [];
  if (whole !== undefined) return whole;
  if (!/\n./.test(value) || !value.endsWith("\n")) return quoted(value);
  const mark = ["EOT", "EOT2", "EOT3"].find((word) => !new RegExp(`^\\s*${word}$`, "m").test(value))!;
  return `<<${mark}\n${value}${mark}`;
}

function quoted(value: string): string {
  return JSON.stringify(value);
}

function keyOf(name: string): string {
  return /^[A-Za-z_][\w-]*$/.test(name) ? name : quoted(name);
}

/** Two spaces more, but not within a heredoc, where they would belong to the text. */
function indented(lines: string): string {
  let end: string | undefined;
  return lines
    .split("\n")
    .map((line) => {
      const isInside = end !== undefined;
      if (line === end) end = undefined;
      const [, mark] = (isInside ? null : /<<(EOT\d?)$/.exec(line)) ?? [];
      end ??= mark;
      return isInside || line === "" ? line : `  ${line}`;
    })
    .join("\n");
}
