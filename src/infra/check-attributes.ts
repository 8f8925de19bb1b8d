/** Checks a resource's attributes against its declaration and puts them into their one canonical form. @module */
import { InvalidGraphError } from "../errors.js";
import { describeValue, didYouMean, suggestion } from "../messages.js";
import type { AttributeScope } from "./attribute-walk.js";
import { canonical, compareText } from "./canonical.js";
import type { Catalogue } from "./catalogue/catalogue.js";
import { isReference, referenceText } from "./reference.js";
import type {
  AttributeSpec,
  AttributeValue,
  AttributeValues,
  BlockSpec,
  CatalogueTable,
  ScalarType,
} from "./resource-kind.js";

/**
 * Checks names, types and limits, fills in defaults, drops undefined and null, sorts keys and sets.
 *
 * @param address - Of the resource; errors begin with it.
 * @throws InvalidGraphError with reason `invalid-attribute`, `unknown-size` or `unknown-region`.
 */
export function checkAttributes(
  address: string,
  scope: AttributeScope,
  values: AttributeValues,
  catalogue: Catalogue,
): AttributeValues {
  return canonical(checkScope({ address, catalogue }, scope, values, ""));
}

interface Place {
  readonly address: string;
  readonly catalogue: Catalogue;
}

function checkScope(place: Place, scope: AttributeScope, values: unknown, prefix: string): AttributeValues {
  if (typeof values !== "object" || values === null || Array.isArray(values) || isReference(values)) {
    fail(place, prefix === "" ? "attributes" : prefix.slice(0, -1), "an object of attributes", values);
  }
  const given = values as AttributeValues;
  const checked: Record<string, AttributeValue> = {};
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(scope.attributes, name) && !Object.hasOwn(scope.blocks ?? {}, name)) {
      refuseName(place, scope, prefix + name, name);
    }
  }
  for (const [name, spec] of Object.entries(scope.attributes)) {
    const value = given[name] ?? spec.default;
    if (value !== undefined) checked[name] = checkAttribute(place, spec, value, prefix + name);
    else if (spec.mode === "required") fail(place, prefix + name, describeSpec(spec), undefined);
  }
  for (const [name, block] of Object.entries(scope.blocks ?? {})) {
    const value = checkBlock(place, block, given[name] ?? undefined, prefix + name);
    if (value !== undefined) checked[name] = value;
  }
  return checked;
}

function refuseName(place: Place, scope: AttributeScope, path: string, name: string): never {
  const settable = Object.entries(scope.attributes).filter(([, spec]) => spec.mode !== "computed");
  const known = [...settable.map(([known]) => known), ...Object.keys(scope.blocks ?? {})];
  const detail = `Unknown attribute ${JSON.stringify(path)}. ${suggestion(name, known)}`;
  throw new InvalidGraphError(place.address, "invalid-attribute", detail);
}

function checkBlock(place: Place, block: BlockSpec, value: unknown, path: string): AttributeValue | undefined {
  if (value === undefined) {
    if ((block.min ?? 0) > 0) fail(place, path, block.max === 1 ? "an object" : "a list of objects", undefined);
    return undefined;
  }
  if (block.max === 1) return checkScope(place, block, value, `${path}.`);
  if (!Array.isArray(value)) fail(place, path, "a list of objects", value);
  const items = value as readonly unknown[];
  const { min = 0, max = Number.POSITIVE_INFINITY } = block;
  if (items.length < min || items.length > max) fail(place, path, `a list of ${rangeText(min, max)} objects`, value);
  if (items.length === 0) return undefined;
  const checked = items.map((item, i) => canonical(checkScope(place, block, item, `${path}[${i}].`)));
  return block.nesting === "set" ? sortedSet(checked) : checked;
}

function checkAttribute(place: Place, spec: AttributeSpec, value: unknown, path: string): AttributeValue {
  if (spec.mode === "computed") {
    fail(place, path, "left out: it is known only once the resource exists", value);
  }
  if (typeof spec.type === "string") return checkElement(place, spec, spec.type, value, path);
  const [collection, element] = spec.type as readonly [string, ScalarType];
  if (collection === "map") {
    if (typeof value !== "object" || value === null || Array.isArray(value) || isReference(value)) {
      fail(place, path, describeSpec(spec), value);
    }
    const entries = Object.entries(value as object);
    return Object.fromEntries(
      entries.map(([key, item]) => [key, checkElement(place, spec, element, item, `${path}.${key}`)]),
    );
  }
  if (!Array.isArray(value)) fail(place, path, describeSpec(spec), value);
  const items = (value as readonly unknown[]).map((item, i) =>
    canonical(checkElement(place, spec, element, item, `${path}[${i}]`)),
  );
  return collection === "set" ? sortedSet(items) : items;
}

function checkElement(
  place: Place,
  spec: AttributeSpec,
  type: ScalarType,
  value: unknown,
  path: string,
): AttributeValue {
  if (isReference(value)) {
    const target = `${value.ref.slice(0, value.ref.indexOf("."))}.${value.attribute}`;
    if (spec.refersTo?.includes(target)) return value;
    const expected = spec.refersTo === undefined ? describeSpec(spec) : `a reference to ${spec.refersTo.join(" or ")}`;
    const detail = `Expected ${path} to be ${expected}, got a reference to ${referenceText(value)}.`;
    throw new InvalidGraphError(place.address, "invalid-attribute", detail);
  }
  if (typeof value !== (type === "bool" ? "boolean" : type)) fail(place, path, describeScalar(spec, type), value);
  const scalar = value as string | number | boolean;
  if (spec.catalogue !== undefined) checkCatalogue(place, spec.catalogue, scalar as string, path);
  if (!withinLimits(spec, scalar)) fail(place, path, describeScalar(spec, type), value);
  return scalar;
}

function withinLimits(spec: AttributeSpec, value: string | number | boolean): boolean {
  if (spec.oneOf !== undefined && !spec.oneOf.includes(value as string | number)) return false;
  if (typeof value === "number") {
    if (spec.integer ? !Number.isSafeInteger(value) : !Number.isFinite(value)) return false;
    return value >= (spec.min ?? Number.NEGATIVE_INFINITY) && value <= (spec.max ?? Number.POSITIVE_INFINITY);
  }
  if (typeof value !== "string") return true;
  if (value.length < (spec.minLength ?? 0) || value.length > (spec.maxLength ?? Number.POSITIVE_INFINITY)) return false;
  return spec.pattern === undefined || new RegExp(spec.pattern).test(value);
}

const tableWords: Readonly<Record<CatalogueTable, string>> = {
  regions: "region",
  dropletSizes: "droplet size",
  databaseSizes: "database size",
  registryTiers: "registry tier",
};

function checkCatalogue(place: Place, table: CatalogueTable, slug: string, path: string): void {
  if (Object.hasOwn(place.catalogue[table], slug)) return;
  const known = Object.keys(place.catalogue[table]);
  const reason = table === "regions" ? "unknown-region" : "unknown-size";
  const advice = didYouMean(slug, known) === undefined ? `Known: ${known.join(", ")}.` : suggestion(slug, known);
  const detail = `Unknown ${tableWords[table]} ${JSON.stringify(slug)} in ${path}. ${advice}`;
  throw new InvalidGraphError(place.address, reason, detail);
}

function fail(place: Place, path: string, expected: string, got: unknown): never {
  const detail = `Expected ${path} to be ${expected}, got ${describeValue(got)}.`;
  throw new InvalidGraphError(place.address, "invalid-attribute", detail);
}

function describeSpec(spec: AttributeSpec): string {
  if (typeof spec.type === "string") return describeScalar(spec, spec.type);
  const [collection, element] = spec.type as readonly [string, ScalarType];
  const container = collection === "map" ? "an object" : "a list";
  return `${container} whose values are ${describeScalar(spec, element)}`;
}

function describeScalar(spec: AttributeSpec, type: ScalarType): string {
  if (spec.oneOf !== undefined) return `one of ${spec.oneOf.map((value) => JSON.stringify(value)).join(", ")}`;
  if (type === "bool") return "true or false";
  if (type === "number") {
    const noun = spec.integer ? "an integer" : "a finite number";
    if (spec.min === undefined && spec.max === undefined) return noun;
    if (spec.max === undefined) return `${noun} from ${spec.min}`;
    return `${noun} from ${spec.min ?? "-∞"} to ${spec.max}`;
  }
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY } = spec;
  const length = minLength > 0 || Number.isFinite(maxLength) ? ` of ${rangeText(minLength, maxLength)} characters` : "";
  return `a string${length}${spec.pattern === undefined ? "" : ` matching ${spec.pattern}`}`;
}

function rangeText(min: number, max: number): string {
  return Number.isFinite(max) ? `${min} to ${max}` : `at least ${min}`;
}

function sortedSet(items: readonly AttributeValue[]): readonly AttributeValue[] {
  const byText = new Map(items.map((item) => [JSON.stringify(item), item]));
  return [...byText].sort(([a], [b]) => compareText(a, b)).map(([, item]) => item);
}
