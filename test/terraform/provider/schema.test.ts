/** Schemas of the built-in provider against the bindings' own source. @module */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type ResourceKind, resourceKinds } from "../../../src/infra/index.js";
import { kindSchema, NESTING, providerSchema, type SchemaBlock } from "../../../src/terraform/provider/schema.js";
import { type BlockWords, bindingsSchema, modeOf } from "./bindings-source.js";

const kinds: readonly ResourceKind[] = Object.values(resourceKinds);

interface LeftOut {
  /** Differences by path, each with what the bindings say, what we say, and why. */
  readonly differences: Readonly<
    Record<string, { readonly bindings: string; readonly ours: string; readonly why: string }>
  >;
}

const leftOut: LeftOut = JSON.parse(readFileSync(new URL("left-out.json", import.meta.url), "utf8"));

/** A schema in the words of {@link bindingsSchema}. */
function words({ attributes, blockTypes }: SchemaBlock): BlockWords {
  const named = attributes.map(({ name, type, required, optional, computed }) => {
    const mode = required ? "required" : modeOf(optional, computed);
    return [name, `${mode} ${typeText(JSON.parse(Buffer.from(type).toString("utf8")))}`];
  });
  const blocks = blockTypes.map(({ typeName, block, nesting, maxItems }) => {
    const word = nesting === NESTING.single || maxItems === 1 ? "one" : nesting === NESTING.set ? "set" : "list";
    return [typeName, { nesting: word, block: words(block) }];
  });
  return { attributes: Object.fromEntries(named), blocks: Object.fromEntries(blocks) };
}

type TypeJson = string | readonly [string, string | readonly ["object", Readonly<Record<string, string>>]];

function typeText(type: TypeJson): string {
  if (typeof type === "string") return type;
  const [collection, element] = type;
  if (typeof element === "string") return `${collection} of ${element}`;
  const members = Object.entries(element[1]).map(([name, member]) => `${name}: ${member}`);
  return `${collection} of { ${members.sort().join(", ")} }`;
}

/** Path, what the bindings say, what we say. */
type Difference = readonly [string, string, string];

/** What differs, as lines of path, bindings and ours. */
function* differences(path: string, bindings: BlockWords, ours: BlockWords): Generator<Difference> {
  for (const name of new Set([...Object.keys(bindings.attributes), ...Object.keys(ours.attributes)])) {
    const [theirs = "nothing", own = "nothing"] = [bindings.attributes[name], ours.attributes[name]];
    if (theirs !== own) yield [`${path}.${name}`, theirs, own];
  }
  for (const name of new Set([...Object.keys(bindings.blocks), ...Object.keys(ours.blocks)])) {
    const [theirs, own] = [bindings.blocks[name], ours.blocks[name]];
    const [nesting = "nothing", ownNesting = "nothing"] = [theirs?.nesting, own?.nesting];
    if (nesting !== ownNesting) yield [`${path}.${name}`, `block: ${nesting}`, `block: ${ownNesting}`];
    else yield* differences(`${path}.${name}`, theirs!.block, own!.block);
  }
}

describe("kindSchema", () => {
  it.each(kinds)("has the names, types and modes of the bindings, but for what is listed: $type", (kind) => {
    const found = [...differences("", bindingsSchema(kind.type), words(kindSchema(kind).block))];
    const isListed = ([path, bindings, ours]: Difference): boolean => {
      const listed = leftOut.differences[`${kind.type}${path}`] ?? leftOut.differences[`*${path}`];
      return listed?.bindings === bindings && listed.ours === ours;
    };
    expect(found.filter((difference) => !isListed(difference))).toEqual([]);
  });

  it("gives a reason for every difference", () => {
    for (const { why } of Object.values(leftOut.differences)) expect(why.length).toBeGreaterThan(20);
  });

  it("has the number of blocks that the declaration asks for", () => {
    const { blockTypes } = kindSchema(resourceKinds.digitalocean_kubernetes_cluster as ResourceKind).block;
    const pool = blockTypes.find(({ typeName }) => typeName === "node_pool")!;
    expect([pool.minItems, pool.maxItems, pool.nesting]).toEqual([1, 1, NESTING.list]);
  });

  it("marks what is secret", () => {
    const { attributes } = kindSchema(resourceKinds.digitalocean_database_cluster as ResourceKind).block;
    const secret = attributes.filter(({ sensitive }) => sensitive).map(({ name }) => name);
    expect(secret).toEqual(["password", "private_uri", "ui_password", "ui_uri", "uri"]);
  });

  it("leaves Terraform's own words to Terraform", () => {
    const { attributes } = kindSchema(resourceKinds.digitalocean_droplet as ResourceKind).block;
    expect(attributes.map(({ name }) => name)).not.toContain("count");
  });
});

describe("providerSchema", () => {
  it("is that of the bindings", () => {
    // An alias is a word of Terraform's own.
    const { alias: _, ...attributes } = bindingsSchema("digitalocean_provider").attributes;
    expect(words(providerSchema().block)).toEqual({ attributes, blocks: {} });
  });
});
