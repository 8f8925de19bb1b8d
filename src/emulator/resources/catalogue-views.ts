/** Regions and sizes of the catalogue, as the API shows them. @module */
import type { Catalogue } from "../../infra/catalogue/catalogue.js";
import type { DropletSize } from "../../infra/catalogue/droplet-sizes.js";
import type { Handlers } from "../call.js";
import type { JsonObject } from "../json.js";
import { listed } from "../page.js";

/** What every region can do. */
const FEATURES = ["backups", "ipv6", "metadata", "install_agent", "storage", "image_transfer"];
const GIB = 1024 ** 3;
const MIB = 1024 ** 2;

interface CatalogueViews {
  readonly regions: ReadonlyMap<string, JsonObject>;
  readonly sizes: ReadonlyMap<string, JsonObject>;
}

/** Views are the same for all answers, so they are made once for each catalogue. */
const viewsByCatalogue = new WeakMap<Catalogue, CatalogueViews>();

/** A region as the API shows it. */
export function regionView(catalogue: Catalogue, slug: string): JsonObject | undefined {
  return viewsOf(catalogue).regions.get(slug);
}

/** A droplet size as the API shows it. */
export function sizeView(catalogue: Catalogue, slug: string): JsonObject | undefined {
  return viewsOf(catalogue).sizes.get(slug);
}

/** Operations on regions and sizes. */
export const catalogueHandlers: Handlers = {
  regions_list: (call) =>
    listed(call, "regions", [...viewsOf(call.world.catalogue).regions.values()], (region) => region),
  sizes_list: (call) => listed(call, "sizes", [...viewsOf(call.world.catalogue).sizes.values()], (size) => size),
};

function viewsOf(catalogue: Catalogue): CatalogueViews {
  let views = viewsByCatalogue.get(catalogue);
  if (views === undefined) {
    views = makeViews(catalogue);
    viewsByCatalogue.set(catalogue, views);
  }
  return views;
}

function makeViews({ regions, dropletSizes }: Catalogue): CatalogueViews {
  const regionSlugs = Object.keys(regions);
  const sizeSlugs = Object.keys(dropletSizes);
  return {
    regions: new Map(
      Object.values(regions).map(({ slug, city }) => [
        slug,
        { name: `${city} ${slug.at(-1)}`, slug, features: FEATURES, available: true, sizes: sizeSlugs },
      ]),
    ),
    sizes: new Map(Object.values(dropletSizes).map((size) => [size.slug, viewOfSize(size, regionSlugs)])),
  };
}

function viewOfSize(size: DropletSize, regions: readonly string[]): JsonObject {
  const disk = Math.round(size.diskBytes / GIB);
  return {
    slug: size.slug,
    memory: Math.round(size.memoryBytes / MIB),
    vcpus: size.vcpus,
    disk,
    transfer: 4,
    price_monthly: size.priceUsdPerMonth,
    price_hourly: Number(size.priceUsdPerHour.toFixed(5)),
    regions,
    available: true,
    description: descriptionOf(size),
    disk_info: [{ type: "local", size: { amount: disk, unit: "gib" } }],
  };
}

function descriptionOf({ slug, cpu }: DropletSize): string {
  if (cpu === "shared") return "Basic";
  if (slug.startsWith("c-")) return "CPU-Optimized";
  return slug.startsWith("m-") ? "Memory-Optimized" : "General Purpose";
}
