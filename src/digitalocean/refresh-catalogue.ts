/** The catalogue as an account sees it today. @module */

import { hourlyPrice } from "../infra/catalogue/billing.js";
import { type Catalogue, listCatalogue } from "../infra/catalogue/catalogue.js";
import type { CatalogueJson } from "../infra/catalogue/catalogue-json.js";
import type { DropletSize } from "../infra/catalogue/droplet-sizes.js";
import type { Region } from "../infra/catalogue/regions.js";
import type { DigitalOceanClient } from "./digitalocean-client.js";

/** A catalogue read from an account. */
export interface RefreshedCatalogue {
  readonly catalogue: Catalogue;
  /** The same for a definition's `catalogue`: every size and region by name, null for those that are listed and not on sale. */
  readonly json: CatalogueJson;
}

/** Slugs of plans whose vCPUs are shared. */
const SHARED = /^s-/;

/**
 * Reads droplet plans and regions with today's prices. Databases, load balancers and what else has no price in the API keep
 * the list prices.
 *
 * @param date - The day it is, `YYYY-MM-DD`.
 */
export async function refreshCatalogue(client: DigitalOceanClient, date: string): Promise<RefreshedCatalogue> {
  const [sizes, regions] = await Promise.all([client.sizes(), client.regions()]);
  const dropletSizes = sizes
    .filter(({ isAvailable }) => isAvailable)
    .map(({ slug, vcpus, memoryBytes, diskBytes, priceUsdPerMonth }): [string, DropletSize] => {
      const cpu = SHARED.test(slug) ? "shared" : "dedicated";
      const price = { priceUsdPerMonth, priceUsdPerHour: hourlyPrice(priceUsdPerMonth) };
      return [slug, { slug, cpu, vcpus, memoryBytes, diskBytes, ...price }];
    });
  const open = regions
    .filter(({ isAvailable }) => isAvailable)
    .map(({ slug, name }): [string, Region] => [slug, { slug, city: name.replace(/ \d+$/, "") }]);
  const catalogue: Catalogue = {
    ...listCatalogue,
    source: `${client.endpoint}/v2/sizes`,
    date,
    dropletSizes: Object.fromEntries(dropletSizes),
    regions: Object.fromEntries(open),
  };
  const json = {
    source: catalogue.source,
    date,
    regions: { ...goneFrom(listCatalogue.regions, catalogue.regions), ...catalogue.regions },
    dropletSizes: { ...goneFrom(listCatalogue.dropletSizes, catalogue.dropletSizes), ...catalogue.dropletSizes },
  };
  return { catalogue, json };
}

function goneFrom(listed: object, present: object): Readonly<Record<string, null>> {
  const gone = Object.keys(listed).filter((name) => !(name in present));
  return Object.fromEntries(gone.map((name) => [name, null]));
}
