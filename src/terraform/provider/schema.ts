/** Schemas of Terraform's plugin protocol from the declarations of resource kinds. @module */
import type { AttributeScope } from "../../infra/attribute-walk.js";
import type { AttributeSpec, BlockSpec, ResourceKind } from "../../infra/resource-kind.js";

/** One attribute of a schema. */
export interface SchemaAttribute {
  readonly name: string;
  /** The type's JSON. */
  readonly type: Uint8Array;
  readonly required: boolean;
  readonly optional: boolean;
  readonly computed: boolean;
  readonly sensitive: boolean;
}

/** A nested block of a schema. */
export interface SchemaNestedBlock {
  readonly typeName: string;
  readonly block: SchemaBlock;
  readonly nesting: number;
  readonly minItems: number;
  readonly maxItems: number;
}

/** Attributes and nested blocks, each sorted by name as Terraform asks. */
export interface SchemaBlock {
  readonly attributes: readonly SchemaAttribute[];
  readonly blockTypes: readonly SchemaNestedBlock[];
}

/** A schema and its version. */
export interface Schema {
  readonly version: number;
  readonly block: SchemaBlock;
}

/** How a nested block occurs, as the protocol numbers it. */
export const NESTING = { single: 1, list: 2, set: 3 } as const;

/** The schema of a kind: what its declaration says, and a `timeouts` block where it names some. */
export function kindSchema(kind: ResourceKind): Schema {
  return { version: kind.schemaVersion, block: schemaBlock(kind, kind.timeouts) };
}

/** The schema of the provider's own block. */
export function providerSchema(): Schema {
  const attributes: Record<string, AttributeSpec> = {
    api_endpoint: { type: "string", mode: "optional" },
    http_retry_max: { type: "number", mode: "optional" },
    http_retry_wait_max: { type: "number", mode: "optional" },
    http_retry_wait_min: { type: "number", mode: "optional" },
    requests_per_second: { type: "number", mode: "optional" },
    spaces_access_id: { type: "string", mode: "optional" },
    spaces_endpoint: { type: "string", mode: "optional" },
    spaces_secret_key: { type: "string", mode: "optional" },
    token: { type: "string", mode: "optional" },
  };
  return { version: 0, block: schemaBlock({ attributes }) };
}

function schemaBlock({ attributes, blocks = {} }: AttributeScope, timeouts: readonly string[] = []): SchemaBlock {
  const nested = Object.entries(blocks).map(([name, block]) => nestedBlock(name, block));
  if (timeouts.length > 0) nested.push(timeoutsBlock(timeouts));
  return {
    attributes: Object.entries(attributes)
      .filter(([, spec]) => !spec.meta)
      .map(([name, spec]) => schemaAttribute(name, spec))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    blockTypes: nested.sort((a, b) => (a.typeName < b.typeName ? -1 : 1)),
  };
}

function schemaAttribute(name: string, { type, mode, sensitive }: AttributeSpec): SchemaAttribute {
  return {
    name,
    type: Buffer.from(JSON.stringify(type)),
    required: mode === "required",
    optional: mode === "optional" || mode === "optionalComputed",
    computed: mode === "computed" || mode === "optionalComputed",
    sensitive: sensitive === true,
  };
}

function nestedBlock(typeName: string, spec: BlockSpec): SchemaNestedBlock {
  const { nesting, min: minItems = 0, max: maxItems = 0 } = spec;
  return { typeName, block: schemaBlock(spec), nesting: NESTING[nesting], minItems, maxItems };
}

function timeoutsBlock(operations: readonly string[]): SchemaNestedBlock {
  const attributes = Object.fromEntries(
    operations.map((name): [string, AttributeSpec] => [name, { type: "string", mode: "optional" }]),
  );
  return {
    typeName: "timeouts",
    block: schemaBlock({ attributes }),
    nesting: NESTING.single,
    minItems: 0,
    maxItems: 0,
  };
}
