/** What the built-in provider must know of a kind besides its declaration: how the API makes, shows, changes and deletes one. @module */
import type { ApiClient, Json } from "./api/api-client.js";
import type { PlainValues } from "./plain-values.js";

/** How the API deals with one kind of resource. */
export interface KindApi {
  /** Computed attributes that change when an attribute is changed in place, by the latter's name. */
  readonly affects?: Readonly<Record<string, readonly string[]>>;
  /** Asks for a new resource. @returns What is known of it at once, its `id` at least. */
  create(wanted: PlainValues, api: ApiClient): Promise<PlainValues>;
  /** What the API says of a resource; undefined where it is gone. @param state - What was known of it, its `id` at least. */
  read(state: PlainValues, api: ApiClient): Promise<PlainValues | undefined>;
  /** Whether it can be used; left out: as soon as it is there. */
  isReady?(values: PlainValues): boolean;
  /** Does what has to wait until a new resource can be used. */
  finish?(made: PlainValues, wanted: PlainValues, api: ApiClient): Promise<void>;
  /** Computed attributes that show that a change was cut short, and that the next one sets right; only within a run. */
  unfinished?(values: PlainValues): readonly string[];
  /** Changes a resource in place; left out: no attribute is changed in place. */
  update?(prior: PlainValues, wanted: PlainValues, api: ApiClient): Promise<void>;
  /** Deletes it; that it is gone already is fine. */
  remove(state: PlainValues, api: ApiClient): Promise<void>;
  /** Whether deleting ends later than its answer, so that one has to look until it is gone. */
  readonly removesSlowly?: true;
  /** How to tell whether there is one already; left out: there is no telling. */
  readonly identity?: Identity;
  /** The state to begin an import with. @defaultValue the id alone */
  imported?(id: string): PlainValues;
  /** What the API fills in for attributes that were not asked for, and that Terraform does not know then. */
  readonly implied?: PlainValues;
  /** Why this in-place change cannot be, as a sentence; undefined where it can. */
  refusal?(prior: PlainValues, wanted: PlainValues): string | undefined;
}

/** How to tell whether a wanted resource is there already. */
export interface Identity {
  /** The attributes in which both agree. */
  readonly by: readonly string[];
  /** Whether its `tags` are labels of its own, the run's among them. */
  readonly isLabelled?: true;
  /** The attribute that names the parent, where each parent has a list of its own. */
  readonly within?: string;
  /** All there are, of the same parent. */
  list(wanted: PlainValues, api: ApiClient): Promise<readonly PlainValues[]>;
}

/** Names of attributes and their fields in the API, where both hold the same value. */
export type FieldNames = readonly (string | readonly [attribute: string, field: string])[];

/** The body of a request from attributes; what is not set is left out. */
export function bodyOf(values: PlainValues, fields: FieldNames): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const entry of fields) {
    const [attribute, field] = typeof entry === "string" ? [entry, entry] : entry;
    if (values[attribute] !== undefined) body[field] = values[attribute];
  }
  return body;
}

/** Attributes from an answer; fields it does not have are left out. */
export function attributesOf(json: Json, fields: FieldNames): Record<string, PlainValues[string]> {
  const values: Record<string, PlainValues[string]> = {};
  for (const entry of fields) {
    const [attribute, field] = typeof entry === "string" ? [entry, entry] : entry;
    if (json[field] !== undefined) values[attribute] = json[field] as PlainValues[string];
  }
  return values;
}

/** Whether an attribute differs between two sets of values. */
export function differs(prior: PlainValues, wanted: PlainValues, ...names: readonly string[]): boolean {
  return names.some((name) => JSON.stringify(prior[name] ?? null) !== JSON.stringify(wanted[name] ?? null));
}
