/**
 * Droplet plans with regular processors.
 *
 * @see https://www.digitalocean.com/pricing/droplets (list prices, November 2026)
 * @module
 */
import { hourlyPrice } from "./billing.js";

const GIB = 1024 ** 3;

/** What a droplet plan gives and costs. */
export interface DropletSize {
  /** The provider's name, such as `s-2vcpu-4gb`. */
  readonly slug: string;
  /** Whether its vCPUs are shared with other droplets or its own. */
  readonly cpu: "shared" | "dedicated";
  readonly vcpus: number;
  /** Unit: bytes. */
  readonly memoryBytes: number;
  /** Unit: bytes. */
  readonly diskBytes: number;
  readonly priceUsdPerMonth: number;
  /** The monthly price over 672 hours, as billed since January 2026. */
  readonly priceUsdPerHour: number;
}

/** All droplet plans of the catalogue by slug. */
export const dropletSizes: Readonly<Record<string, DropletSize>> = {
  // Basic
  "s-1vcpu-512mb-10gb": size("s-1vcpu-512mb-10gb", 1, 0.5, 10, 4),
  "s-1vcpu-1gb": size("s-1vcpu-1gb", 1, 1, 25, 6),
  "s-1vcpu-2gb": size("s-1vcpu-2gb", 1, 2, 50, 12),
  "s-2vcpu-2gb": size("s-2vcpu-2gb", 2, 2, 60, 18),
  "s-2vcpu-4gb": size("s-2vcpu-4gb", 2, 4, 80, 24),
  "s-4vcpu-8gb": size("s-4vcpu-8gb", 4, 8, 160, 48),
  "s-8vcpu-16gb": size("s-8vcpu-16gb", 8, 16, 320, 96),
  // General purpose
  "g-2vcpu-8gb": size("g-2vcpu-8gb", 2, 8, 25, 63),
  "g-4vcpu-16gb": size("g-4vcpu-16gb", 4, 16, 50, 126),
  "g-8vcpu-32gb": size("g-8vcpu-32gb", 8, 32, 100, 252),
  "g-16vcpu-64gb": size("g-16vcpu-64gb", 16, 64, 200, 504),
  "g-32vcpu-128gb": size("g-32vcpu-128gb", 32, 128, 400, 1008),
  "g-40vcpu-160gb": size("g-40vcpu-160gb", 40, 160, 500, 1260),
  // CPU-optimized
  "c-2": size("c-2", 2, 4, 25, 42),
  "c-4": size("c-4", 4, 8, 50, 84),
  "c-8": size("c-8", 8, 16, 100, 168),
  "c-16": size("c-16", 16, 32, 200, 336),
  "c-32": size("c-32", 32, 64, 400, 672),
  "c-48": size("c-48", 48, 96, 600, 1008),
  // Memory-optimized
  "m-2vcpu-16gb": size("m-2vcpu-16gb", 2, 16, 50, 84),
  "m-4vcpu-32gb": size("m-4vcpu-32gb", 4, 32, 100, 168),
  "m-8vcpu-64gb": size("m-8vcpu-64gb", 8, 64, 200, 336),
  "m-16vcpu-128gb": size("m-16vcpu-128gb", 16, 128, 400, 672),
  "m-24vcpu-192gb": size("m-24vcpu-192gb", 24, 192, 600, 1008),
  "m-32vcpu-256gb": size("m-32vcpu-256gb", 32, 256, 800, 1344),
};

function size(slug: string, vcpus: number, memoryGib: number, diskGib: number, usdPerMonth: number): DropletSize {
  return {
    slug,
    cpu: slug.startsWith("s-") ? "shared" : "dedicated",
    vcpus,
    memoryBytes: memoryGib * GIB,
    diskBytes: diskGib * GIB,
    priceUsdPerMonth: usdPerMonth,
    priceUsdPerHour: hourlyPrice(usdPerMonth),
  };
}
