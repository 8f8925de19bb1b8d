/** Reads the draws and samples that Gymnasium 1.3.0 with NumPy 2.4.6 made. @module */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** What Gymnasium gave for one space and one seed. */
export interface GoldenSpace {
  readonly seed_returned: unknown;
  readonly samples: readonly unknown[];
  readonly to_jsonable: unknown;
  readonly flatdim: number;
  readonly flatten: readonly (readonly number[])[];
  readonly repr: string;
}

/** What NumPy and Gymnasium gave for one seed. */
export interface GoldenSeed {
  readonly rng: Readonly<Record<string, readonly (number | readonly number[])[]>>;
  readonly spaces: Readonly<Record<string, GoldenSpace>>;
  readonly masked: Readonly<Record<string, readonly unknown[]>>;
}

const FILE = fileURLToPath(new URL("../../shared/data/gymnasium/golden.json", import.meta.url));

/** Whether the reference data lies beside the project; tests that need it are skipped where it does not. */
export const goldenIsMissing: boolean = !existsSync(FILE);

/** The golden values by seed; a seed is read as a bigint. */
export function goldenSeeds(): [bigint, GoldenSeed][] {
  if (goldenIsMissing) return [];
  const { seeds } = JSON.parse(readFileSync(FILE, "utf8")) as { seeds: Record<string, GoldenSeed> };
  return Object.entries(seeds).map(([seed, golden]) => [BigInt(seed), golden]);
}
