/** What is in a state, with its attributes, as `terraform show -json` tells. @module */
import { REDACTED } from "../secrets.js";

/** One resource instance in a state. */
export interface StateResource {
  /** Such as `digitalocean_droplet.web[3]`. */
  readonly address: string;
  /** Such as `digitalocean_droplet`. */
  readonly type: string;
  /** Name in the configuration, such as `web`. */
  readonly name: string;
  /** Attributes by name, sensitive ones included: redact them before they are shown. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Where something sensitive is: true in place of a value, in the form of the values. */
  readonly sensitive: unknown;
}

interface ShownModule {
  readonly resources?: readonly ShownResource[];
  readonly child_modules?: readonly ShownModule[];
}

interface ShownResource {
  readonly address: string;
  readonly mode: string;
  readonly type: string;
  readonly name: string;
  readonly values?: Readonly<Record<string, unknown>>;
  readonly sensitive_values?: unknown;
}

/**
 * The managed resources in what `terraform show -json` prints.
 *
 * @see https://developer.hashicorp.com/terraform/internals/json-format#values-representation
 */
export function resourcesIn(text: string): readonly StateResource[] {
  const { values } = JSON.parse(text) as { readonly values?: { readonly root_module?: ShownModule } };
  return resourcesOf(values?.root_module ?? {});
}

function resourcesOf({ resources = [], child_modules = [] }: ShownModule): StateResource[] {
  const own = resources
    .filter(({ mode }) => mode === "managed")
    .map(({ address, type, name, values = {}, sensitive_values }) => ({
      address,
      type,
      name,
      values,
      sensitive: sensitive_values ?? {},
    }));
  return [...own, ...child_modules.flatMap(resourcesOf)];
}

/** A value with everything sensitive in it redacted. */
export function redactedValue(value: unknown, sensitive: unknown): unknown {
  if (sensitive === true) return REDACTED;
  if (typeof value !== "object" || value === null || typeof sensitive !== "object" || sensitive === null) return value;
  const marks = sensitive as Readonly<Record<string, unknown>>;
  if (Array.isArray(value)) return value.map((item, i) => redactedValue(item, marks[i]));
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, redactedValue(item, marks[name])]));
}
