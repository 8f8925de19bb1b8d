/** The little XML that S3 needs. @module */
import { escapeHtml } from "../../../escape-html.js";

/** What an element holds: text, or elements by name; a list is an element each. */
export type XmlContent =
  | string
  | number
  | boolean
  | undefined
  | { readonly [name: string]: XmlContent | readonly XmlContent[] };

/** An element as text; what is undefined is left out. */
export function xmlOf(name: string, content: XmlContent): string {
  if (content === undefined) return "";
  if (typeof content !== "object") return `<${name}>${escapeHtml(String(content))}</${name}>`;
  const inner = Object.entries(content).map(([child, value]) =>
    Array.isArray(value) ? value.map((item) => xmlOf(child, item)).join("") : xmlOf(child, value as XmlContent),
  );
  return `<${name}>${inner.join("")}</${name}>`;
}

/** What stands within each element of a name. Elements of one name must not be nested. */
export function elementsOf(xml: string, name: string): readonly string[] {
  return [...xml.matchAll(new RegExp(`<${name}(?:\\s[^>]*)?>(.*?)</${name}>`, "gs"))].map(([, inner]) => inner!);
}

/** The text of the first element of a name; undefined where there is none. */
export function textOf(xml: string, name: string): string | undefined {
  return textsOf(xml, name)[0];
}

/** The texts of all elements of a name. */
export function textsOf(xml: string, name: string): readonly string[] {
  return elementsOf(xml, name).map((text) =>
    text.replace(/&(amp|lt|gt|quot|apos|#39);/g, (_, entity: string) => ENTITIES[entity]!),
  );
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  "#39": "'",
};
