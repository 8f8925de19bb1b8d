/** Checking a configuration against the declaration of its kind. @module */
import { InvalidGraphError } from "../../errors.js";
import { type Catalogue, listCatalogue } from "../../infra/catalogue/catalogue.js";
import { checkAttributes } from "../../infra/check-attributes.js";
import type { AttributeValues, ResourceKind } from "../../infra/resource-kind.js";
import { type Diagnostic, errorOf } from "./diagnostics.js";
import { plainValues } from "./plain-values.js";
import { isState, type State, type StateValue, UNKNOWN } from "./protocol/values.js";

/** What is wrong with a configuration, once everything in it is known. */
export function complaints(
  kind: ResourceKind,
  config: State,
  catalogue: Catalogue = listCatalogue,
): readonly Diagnostic[] {
  if (hasUnknown(config)) return [];
  try {
    const settable = Object.fromEntries(
      Object.entries(plainValues(kind, config)).filter(([name]) => kind.attributes[name]?.mode !== "computed"),
    );
    const checked = checkAttributes(kind.type, kind, settable as AttributeValues, catalogue);
    const complaint = kind.complaint?.(checked);
    return complaint === undefined ? [] : [errorOf(complaint)];
  } catch (error) {
    if (!(error instanceof InvalidGraphError)) throw error;
    // Terraform names the address itself.
    return [errorOf(error.message.slice(kind.type.length + 2))];
  }
}

function hasUnknown(value: StateValue): boolean {
  if (value === UNKNOWN) return true;
  if (Array.isArray(value)) return value.some(hasUnknown);
  return isState(value) && Object.values(value).some(hasUnknown);
}
