/** The schema of DigitalOcean's provider as its CDKTF bindings tell it: their source maps hold the TypeScript they came from. @module */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** An attribute in words, such as `optional set of string`; or a nested block. */
export interface BlockWords {
  readonly attributes: Readonly<Record<string, string>>;
  readonly blocks: Readonly<Record<string, { readonly nesting: string; readonly block: BlockWords }>>;
}

const require = createRequire(import.meta.url);

/** The schema of a kind, such as `digitalocean_droplet`, in words. */
export function bindingsSchema(kind: string): BlockWords {
  const folder = kind.replace("digitalocean_", "").replaceAll("_", "-");
  const compiled = readFileSync(require.resolve(`@cdktf/provider-digitalocean/lib/${folder}/index.js`), "utf8");
  const map = /sourceMappingURL=data:application\/json;base64,([A-Za-z0-9+/=]+)/.exec(compiled)![1]!;
  const { sourcesContent } = JSON.parse(Buffer.from(map, "base64").toString("utf8"));
  const classes = new Map<string, string>();
  let main = "";
  for (const part of (sourcesContent[0] as string).split(/^export class /m).slice(1)) {
    const name = /^\w+/.exec(part)![0];
    classes.set(name, part);
    if (part.includes("extends cdktf.TerraformResource") || part.includes("extends cdktf.TerraformProvider"))
      main = name;
  }
  return blockWords(main, classes);
}

function blockWords(name: string, classes: ReadonlyMap<string, string>): BlockWords {
  const attributes: Record<string, string> = {};
  const blocks: Record<string, { nesting: string; block: BlockWords }> = {};
  const body = classes.get(name)!.split("  // SYNTHESIS")[0]!;
  for (const part of body.split(/^ {2}\/\/ (?=\w+ - computed: )/m).slice(1)) {
    const [, attribute, computed, optional, required] =
      /^(\w+) - computed: (\w+), optional: (\w+), required: (\w+)/.exec(part)!;
    const mode = required === "true" ? "required" : modeOf(optional === "true", computed === "true");
    const nested = /new (\w+?)(List|OutputReference)\(this, "\w+"(?:, (true|false))?\)/.exec(part);
    if (nested === null) {
      attributes[attribute!] = `${mode} ${typeOf(part)}`;
      continue;
    }
    const [, nestedName, form, isSet] = nested;
    const block = blockWords(`${nestedName}OutputReference`, classes);
    if (mode === "computed") attributes[attribute!] = `computed list of ${objectText(block)}`;
    else blocks[attribute!] = { nesting: form === "List" ? (isSet === "true" ? "set" : "list") : "one", block };
  }
  return { attributes, blocks };
}

/** A mode in the words of the declarations. */
export function modeOf(isOptional: boolean, isComputed: boolean): string {
  if (!isOptional) return "computed";
  return isComputed ? "optionalComputed" : "optional";
}

function objectText({ attributes }: BlockWords): string {
  const members = Object.entries(attributes).map(([name, words]) => `${name}: ${words.replace(/^\w+ /, "")}`);
  return `{ ${members.sort().join(", ")} }`;
}

function typeOf(source: string): string {
  const getter = /return (.*);/.exec(source)![1]!;
  const collection = getter.includes("Fn.tolist(") ? "set" : "list";
  if (getter.includes("getNumberListAttribute")) return `${collection} of number`;
  if (getter.includes("getListAttribute")) return `${collection} of string`;
  if (getter.includes("getStringMapAttribute")) return "map of string";
  if (getter.includes("getNumberMapAttribute")) return "map of number";
  if (getter.includes("getNumberAttribute")) return "number";
  if (getter.includes("getBooleanAttribute")) return "bool";
  if (getter.includes("getStringAttribute")) return "string";
  if (getter.includes("this._")) return /private _\w+\?: (\w+)/.exec(source)![1]!.replace("boolean", "bool");
  throw new Error(`expected a getter that is known, got ${getter}`);
}
