/**
 * Datacenter regions.
 *
 * @see https://docs.digitalocean.com/platform/regional-availability/ (read November 2026)
 * @module
 */

/** A datacenter region. */
export interface Region {
  /** The provider's name, such as `fra1`. */
  readonly slug: string;
  readonly city: string;
}

/** All regions that take new resources, by slug. */
export const regions: Readonly<Record<string, Region>> = {
  ams3: { slug: "ams3", city: "Amsterdam" },
  atl1: { slug: "atl1", city: "Atlanta" },
  blr1: { slug: "blr1", city: "Bangalore" },
  fra1: { slug: "fra1", city: "Frankfurt" },
  lon1: { slug: "lon1", city: "London" },
  nyc1: { slug: "nyc1", city: "New York" },
  nyc2: { slug: "nyc2", city: "New York" },
  nyc3: { slug: "nyc3", city: "New York" },
  ric1: { slug: "ric1", city: "Richmond" },
  sfo2: { slug: "sfo2", city: "San Francisco" },
  sfo3: { slug: "sfo3", city: "San Francisco" },
  sgp1: { slug: "sgp1", city: "Singapore" },
  syd1: { slug: "syd1", city: "Sydney" },
  tor1: { slug: "tor1", city: "Toronto" },
};
