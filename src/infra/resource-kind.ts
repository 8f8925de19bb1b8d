/** What a declaration of a resource kind holds, and the TypeScript types that follow from it. @module */
import type { Catalogue } from "./catalogue/catalogue.js";
import type { Reference } from "./reference.js";

/** A scalar type in Terraform's notation. */
export type ScalarType = "string" | "number" | "bool";
/** A record of scalars in Terraform's notation. Only computed attributes hold them. */
export type ObjectType = readonly ["object", Readonly<Record<string, ScalarType>>];
/** An attribute's type in Terraform's notation, ready for a provider schema: `"string"`, `["set", "string"]`. */
export type AttributeType = ScalarType | readonly ["list" | "set" | "map", ScalarType] | readonly ["list", ObjectType];

/**
 * Who gives an attribute its value: `required` and `optional` the configuration, `computed` the provider,
 * `optionalComputed` the configuration or else the provider.
 */
export type AttributeMode = "required" | "optional" | "optionalComputed" | "computed";

/** A table of the catalogue whose keys are the values an attribute may take. */
export type CatalogueTable = "regions" | "dropletSizes" | "databaseSizes" | "registryTiers";

/** One attribute, as Terraform's DigitalOcean provider 2.71 declares it. Limits of a list or set apply to its elements. */
export interface AttributeSpec {
  readonly type: AttributeType;
  readonly mode: AttributeMode;
  /** What the provider fills in where nothing is given. */
  readonly default?: string | number | boolean;
  /** A change makes a new resource; `whenDisabled`: only a change from true to false does. Otherwise it is changed in place. */
  readonly replaces?: true | "whenDisabled";
  /** Kept out of logs and reports. */
  readonly sensitive?: true;
  /** Terraform's own meta-argument, such as `count`; no part of the provider's schema. */
  readonly meta?: true;
  /** What a reference here may point to, as `kind.attribute`. Without it, references are refused. */
  readonly refersTo?: readonly string[];
  /** What is referred to must be in the same region. */
  readonly sameRegion?: true;
  readonly integer?: true;
  /** Smallest number, inclusive. */
  readonly min?: number;
  /** Largest number, inclusive. */
  readonly max?: number;
  /** Length of a string, inclusive. */
  readonly minLength?: number;
  readonly maxLength?: number;
  /** A regular expression that a string must match. */
  readonly pattern?: string;
  readonly oneOf?: readonly (string | number)[];
  /** The value must be a key of this table of the catalogue. */
  readonly catalogue?: CatalogueTable;
}

/** A nested block. With `max: 1` its value is one object, otherwise a list of objects. */
export interface BlockSpec {
  readonly nesting: "list" | "set";
  /** @defaultValue 0 */
  readonly min?: number;
  /** @defaultValue no limit */
  readonly max?: number;
  /** The provider fills it in where it is left out. */
  readonly computed?: true;
  /** Any change makes a new resource. */
  readonly replaces?: true;
  readonly attributes: Readonly<Record<string, AttributeSpec>>;
  readonly blocks?: Readonly<Record<string, BlockSpec>>;
}

/** How long something takes. Unit: seconds. */
export interface Duration {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** The declaration of one kind of resource: types, checks, plans, prices, synthesis and emulation follow from it. */
export interface ResourceKind {
  /** The provider's name for it, such as `digitalocean_droplet`. */
  readonly type: string;
  /** The layer its resources are put in unless told otherwise. */
  readonly layer: "core" | "support" | "app" | "edge";
  /** A resource stands for `count` instances, addressed `digitalocean_droplet.web[0]` and on. */
  readonly group?: true;
  /** One price covers all resources of the kind on an account; the first by address carries it. */
  readonly pricedOnce?: true;
  /** Version of the provider's schema for saved states. */
  readonly schemaVersion: number;
  readonly attributes: Readonly<Record<string, AttributeSpec>>;
  readonly blocks?: Readonly<Record<string, BlockSpec>>;
  /** Operations whose time limit can be set in a `timeouts` block. */
  readonly timeouts?: readonly ("create" | "update" | "delete")[];
  /** What is wrong with attributes that are right one by one but not together, as a sentence; undefined where nothing is. */
  readonly complaint?: (attributes: AttributeValues) => string | undefined;
  /** Time from the create call until an instance is ready: measured for droplets, load balancers and clusters, estimated for the rest. */
  readonly readySeconds: Duration;
  /** List price of one instance. Unit: USD per hour. */
  readonly priceUsdPerHour: (attributes: AttributeValues, catalogue: Catalogue) => number;
  /** Droplets one instance starts, as counted against an account's limit. @defaultValue none */
  readonly dropletCount?: (attributes: AttributeValues) => number;
}

/** A value in a resource, untyped: what checks and price functions see. */
export type AttributeValue =
  | string
  | number
  | boolean
  | Reference
  | readonly AttributeValue[]
  | { readonly [name: string]: AttributeValue };
/** Attributes and blocks of a resource by name, untyped. */
export type AttributeValues = Readonly<Record<string, AttributeValue>>;

type ScalarOf<T> = T extends "string" ? string : T extends "number" ? number : T extends "bool" ? boolean : never;
type OneOf<S> = S extends { readonly oneOf: readonly (infer V)[] }
  ? V
  : S extends { readonly type: infer T }
    ? LeafOf<T>
    : never;
type LeafOf<T> = T extends readonly [string, infer E] ? ScalarOf<E> : ScalarOf<T>;
type ElementOf<S> = OneOf<S> | (S extends { readonly refersTo: readonly string[] } ? Reference : never);

/** The TypeScript type of an attribute's value. */
export type ValueOf<S> = S extends { readonly type: readonly ["map", unknown] }
  ? Readonly<Record<string, ElementOf<S>>>
  : S extends { readonly type: readonly unknown[] }
    ? readonly ElementOf<S>[]
    : ElementOf<S>;

type RequiredNames<A> = { [N in keyof A]: A[N] extends { readonly mode: "required" } ? N : never }[keyof A];
type OptionalNames<A> = {
  [N in keyof A]: A[N] extends { readonly mode: "optional" | "optionalComputed" } ? N : never;
}[keyof A];
type RequiredBlocks<B> = { [N in keyof B]: B[N] extends { readonly min: 1 } ? N : never }[keyof B];
type BlockValueOf<B> = B extends { readonly max: 1 } ? AttributesOf<B> : readonly AttributesOf<B>[];
type BlocksOf<D> = D extends { readonly blocks: infer B } ? B : Record<never, never>;
type Flat<T> = { readonly [N in keyof T]: T[N] };

/** What a configuration may say about a resource (or block) with declaration `D`: required and optional attributes and blocks. */
export type AttributesOf<D> = D extends { readonly attributes: infer A }
  ? Flat<
      { [N in RequiredNames<A>]: ValueOf<A[N]> } & { [N in OptionalNames<A>]?: ValueOf<A[N]> } & {
        [N in RequiredBlocks<BlocksOf<D>>]: BlockValueOf<BlocksOf<D>[N]>;
      } & {
        [N in Exclude<keyof BlocksOf<D>, RequiredBlocks<BlocksOf<D>>>]?: BlockValueOf<BlocksOf<D>[N]>;
      }
    >
  : never;
