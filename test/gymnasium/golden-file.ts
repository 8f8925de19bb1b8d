/** Reads files of draws and samples that Gymnasium 1.3.0 with NumPy 2.4.6 made. @module */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** What Gymnasium gave for one space and one seed; the last three are of the first samples, where there are any. */
export interface GoldenSpace {
  readonly seed_returned: unknown;
  readonly samples: readonly unknown[];
  readonly to_jsonable: unknown;
  readonly flatdim?: number;
  readonly flatten?: readonly (readonly number[])[];
  readonly repr: string;
}

/** What NumPy and Gymnasium gave for one seed. */
export interface GoldenSeed {
  readonly rng: Readonly<Record<string, readonly unknown[]>>;
  readonly spaces: Readonly<Record<string, GoldenSpace>>;
  readonly masked: Readonly<Record<string, readonly unknown[]>>;
}

/** Seeds, as decimal numbers of any size, with what was drawn from them. */
export type GoldenSeeds = Readonly<Record<string, GoldenSeed>>;

/** The reference data beside the project. */
export const GOLDEN_FILE: string = findUpwards("../shared/data/gymnasium/golden.json");

/** Whether the reference data is there; tests that need it are skipped where it is not. */
export const goldenIsMissing: boolean = !existsSync(GOLDEN_FILE);

/** The golden values of the reference data by seed; a seed is read as a bigint. */
export function goldenSeeds(): [bigint, GoldenSeed][] {
  if (goldenIsMissing) return [];
  return Object.entries(readGolden(GOLDEN_FILE)).map(([seed, golden]) => [BigInt(seed), golden]);
}

/** The golden values in a file by seed. Integers that a double may not hold become strings, as `plainInteger` writes them. */
export function readGolden(file: string): GoldenSeeds {
  const text = readFileSync(file, "utf8").replace(/(?<=[[:,]\s*)-?\d{16,}(?=\s*[\],}])/g, (digits) => {
    return JSON.stringify(plainInteger(BigInt(digits)));
  });
  return (JSON.parse(text) as { readonly seeds: GoldenSeeds }).seeds;
}

/** An integer for comparison: a number where that is exact, its digits otherwise. */
export function plainInteger(value: bigint): number | string {
  return Number.isSafeInteger(Number(value)) ? Number(value) : `${value}`;
}

/** A path from the repository's root, which is this file's grandparent, or a folder further up for compiled code. */
function findUpwards(path: string): string {
  const [here, compiled] = ["../../", "../../../"].map((up) => fileURLToPath(new URL(up + path, import.meta.url)));
  return existsSync(compiled!) ? compiled! : here!;
}
