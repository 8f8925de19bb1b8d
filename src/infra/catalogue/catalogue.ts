/** Everything the provider sells, in one value: sizes, regions and prices. @module */
import { type DatabaseSize, databaseSizes } from "./database-sizes.js";
import { type DropletSize, dropletSizes } from "./droplet-sizes.js";
import { type Region, regions } from "./regions.js";
import { type RegistryTier, registryTiers, type ServicePrices, servicePrices } from "./service-prices.js";

/** Sizes, regions and prices. Pass one of your own to `InfraGraph.of` to reckon with other prices. */
export interface Catalogue {
  /** Where the figures come from. */
  readonly source: string;
  /** When they were read, `YYYY-MM`. */
  readonly date: string;
  readonly regions: Readonly<Record<string, Region>>;
  readonly dropletSizes: Readonly<Record<string, DropletSize>>;
  readonly databaseSizes: Readonly<Record<string, DatabaseSize>>;
  readonly registryTiers: Readonly<Record<string, RegistryTier>>;
  readonly prices: ServicePrices;
}

/** DigitalOcean's list prices. @see https://www.digitalocean.com/pricing (November 2026) */
export const listCatalogue: Catalogue = {
  source: "https://www.digitalocean.com/pricing",
  date: "2026-11",
  regions,
  dropletSizes,
  databaseSizes,
  registryTiers,
  prices: servicePrices,
};
