/** Catalogues as JSON: what differs from the list prices, so that a definition with prices of its own can be written down. @module */
import { type Catalogue, listCatalogue } from "./catalogue.js";

/** The sections of a catalogue, each a record by name. */
const SECTIONS = ["regions", "dropletSizes", "databaseSizes", "registryTiers", "prices"] as const;

type Section = (typeof SECTIONS)[number];
type Entries = Readonly<Record<string, unknown>>;

/** What differs from {@link listCatalogue}: entries by section and name; null for one that is not there. */
export type CatalogueJson = { readonly source: string; readonly date: string } & {
  readonly [Key in Section]?: Readonly<Record<string, unknown>>;
};

/** A catalogue as JSON, from which {@link catalogueFromJson} makes an equal one; undefined for the list prices themselves. */
export function catalogueToJson(catalogue: Catalogue): CatalogueJson | undefined {
  if (catalogue === listCatalogue) return undefined;
  const changed = SECTIONS.map((section): [Section, Entries] => [
    section,
    difference(catalogue[section] as unknown as Entries, listCatalogue[section] as unknown as Entries),
  ]).filter(([, entries]) => Object.keys(entries).length > 0);
  return { source: catalogue.source, date: catalogue.date, ...Object.fromEntries(changed) };
}

/** The inverse of {@link catalogueToJson}. */
export function catalogueFromJson(json: CatalogueJson | undefined): Catalogue {
  if (json === undefined) return listCatalogue;
  const sections = SECTIONS.map((section) => {
    const entries = Object.entries({ ...listCatalogue[section], ...json[section] });
    return [section, Object.fromEntries(entries.filter(([, entry]) => entry !== null))];
  });
  return { source: json.source, date: json.date, ...Object.fromEntries(sections) } as Catalogue;
}

function difference(entries: Entries, listed: Entries): Entries {
  const names = new Set([...Object.keys(listed), ...Object.keys(entries)]);
  const changed = [...names].filter((name) => JSON.stringify(entries[name]) !== JSON.stringify(listed[name]));
  return Object.fromEntries(changed.map((name) => [name, entries[name] ?? null]));
}
