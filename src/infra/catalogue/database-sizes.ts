/**
 * Plans of managed PostgreSQL and MySQL nodes with shared processors.
 *
 * @see https://www.digitalocean.com/pricing/managed-databases (list prices, November 2026)
 * @see https://docs.digitalocean.com/products/databases/postgresql/details/limits/ for the connection limits:
 *   25 for each GiB of memory, at most 1,000, less 3 kept for maintenance
 * @module
 */
import { hourlyPrice } from "./billing.js";

const GIB = 1024 ** 3;

/** What a node of a database cluster gives and costs. */
export interface DatabaseSize {
  /** The provider's name, such as `db-s-2vcpu-4gb`. */
  readonly slug: string;
  readonly vcpus: number;
  /** Unit: bytes. */
  readonly memoryBytes: number;
  /** Storage that the price includes. Unit: bytes. */
  readonly diskBytes: number;
  /** PostgreSQL connections open to clients. */
  readonly connectionLimit: number;
  readonly priceUsdPerMonth: number;
  /** The monthly price over 672 hours. */
  readonly priceUsdPerHour: number;
}

/** All database plans of the catalogue by slug. */
export const databaseSizes: Readonly<Record<string, DatabaseSize>> = {
  "db-s-1vcpu-1gb": size("db-s-1vcpu-1gb", 1, 1, 10, 15.15),
  "db-s-1vcpu-2gb": size("db-s-1vcpu-2gb", 1, 2, 30, 30.45),
  "db-s-2vcpu-4gb": size("db-s-2vcpu-4gb", 2, 4, 60, 60.9),
  "db-s-4vcpu-8gb": size("db-s-4vcpu-8gb", 4, 8, 140, 122.1),
  "db-s-6vcpu-16gb": size("db-s-6vcpu-16gb", 6, 16, 290, 244.35),
  "db-s-8vcpu-32gb": size("db-s-8vcpu-32gb", 8, 32, 600, 488.85),
  "db-s-16vcpu-64gb": size("db-s-16vcpu-64gb", 16, 64, 1120, 977.7),
};

function size(slug: string, vcpus: number, memoryGib: number, diskGib: number, usdPerMonth: number): DatabaseSize {
  return {
    slug,
    vcpus,
    memoryBytes: memoryGib * GIB,
    diskBytes: diskGib * GIB,
    connectionLimit: Math.min(25 * memoryGib, 1000) - 3,
    priceUsdPerMonth: usdPerMonth,
    priceUsdPerHour: hourlyPrice(usdPerMonth),
  };
}
