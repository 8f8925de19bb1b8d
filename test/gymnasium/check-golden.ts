/** Compares this library with a golden file, value by value. @module */
import {
  Dict,
  type DictSpaces,
  flatdim,
  flatten,
  Graph,
  type GraphInstance,
  type Json,
  OneOf,
  Sequence,
  type Space,
  Text,
  Tuple,
  type TupleSpaces,
} from "../../src/spaces/index.js";
import { drawGolden } from "./golden-draws.js";
import { type GoldenSeed, type GoldenSeeds, type GoldenSpace, plainInteger } from "./golden-file.js";
import { GOLDEN_MASKED, GOLDEN_SPACES, type GoldenCircumstances } from "./golden-spaces.js";

/** What a comparison found. */
export interface GoldenReport {
  /** How many values are equal. */
  passed: number;
  /** The values that are not, as `path: expected X, got Y`. */
  readonly failures: string[];
}

/** Compares everything in a golden file; floats bit for bit. */
export function checkGolden(seeds: GoldenSeeds): GoldenReport {
  const report: GoldenReport = { passed: 0, failures: [] };
  const given = { charset: charsetOf(seeds) };
  for (const [seed, golden] of Object.entries(seeds)) checkSeed(report, BigInt(seed), golden, given);
  return report;
}

function checkSeed(report: GoldenReport, seed: bigint, golden: GoldenSeed, given: GoldenCircumstances): void {
  const path = `seeds.${seed}`;
  for (const [name, wanted] of Object.entries(golden.rng ?? {})) {
    compare(report, `${path}.rng[${name}]`, wanted, drawGolden(name, seed, wanted.length));
  }
  for (const [name, wanted] of Object.entries(golden.spaces ?? {})) {
    const space = GOLDEN_SPACES[name]?.(given);
    const place = `${path}.spaces[${name}]`;
    if (space === undefined) compare(report, place, wanted, undefined);
    else orReport(report, place, () => checkSpace(report, place, space, seed, wanted));
  }
  for (const [name, wanted] of Object.entries(golden.masked ?? {})) {
    compare(report, `${path}.masked[${name}]`, wanted, GOLDEN_MASKED[name]?.(seed, wanted.length));
  }
}

function checkSpace(
  report: GoldenReport,
  path: string,
  space: Space<unknown>,
  seed: bigint,
  wanted: GoldenSpace,
): void {
  compare(report, `${path}.seed_returned`, wanted.seed_returned, plainSeed(space.seed(seed)));
  const samples = wanted.samples.map(() => space.sample());
  samples.forEach((sample, i) => {
    compare(report, `${path}.samples[${i}] is contained`, true, space.contains(sample));
    compare(report, `${path}.samples[${i}]`, wanted.samples[i], plainSample(space, sample));
  });
  const batch = space.fromJsonable(wanted.to_jsonable as Json);
  compare(report, `${path}.to_jsonable`, wanted.to_jsonable, space.toJsonable(samples.slice(0, batch.length)));
  compare(report, `${path}.to_jsonable read back`, wanted.to_jsonable, space.toJsonable(batch));
  if (wanted.flatdim !== undefined) compare(report, `${path}.flatdim`, wanted.flatdim, flatdim(space));
  if (wanted.flatten !== undefined) {
    const flat = batch.map((value) => Array.from(flatten(space, value) as Float64Array));
    compare(report, `${path}.flatten`, wanted.flatten, flat);
  }
  compare(report, `${path}.repr`, wanted.repr, String(space));
}

/** What a comparison throws, such as JSON that cannot be read, is one more difference. */
function orReport(report: GoldenReport, path: string, check: () => void): void {
  try {
    check();
  } catch (error) {
    report.failures.push(`${path}: ${(error as Error).message}`);
  }
}

/** Counts every equal value, and reports every other by its path. */
function compare(report: GoldenReport, path: string, wanted: unknown, got: unknown): void {
  if (typeof wanted !== "object" || wanted === null || typeof got !== "object" || got === null) {
    if (Object.is(wanted, got)) report.passed++;
    else report.failures.push(`${path}: expected ${JSON.stringify(wanted)}, got ${JSON.stringify(got) ?? "nothing"}`);
    return;
  }
  const isList = Array.isArray(wanted);
  const keys = new Set([...Object.keys(wanted), ...Object.keys(got)]);
  if (keys.size === 0) report.passed++;
  for (const key of keys) {
    const [expected, actual] = [wanted, got].map((side) => (side as Readonly<Record<string, unknown>>)[key]);
    compare(report, isList ? `${path}[${key}]` : `${path}.${key}`, expected, actual);
  }
}

/** A sample as a golden file writes it. */
function plainSample(space: Space<unknown>, sample: unknown): unknown {
  if (space instanceof Dict) {
    const entries = Object.entries((space as Dict<DictSpaces>).spaces);
    const record = sample as Readonly<Record<string, unknown>>;
    return Object.fromEntries(entries.map(([key, part]) => [key, plainSample(part, record[key])]));
  }
  if (space instanceof Tuple) {
    return (space as Tuple<TupleSpaces>).spaces.map((part, i) => plainSample(part, (sample as readonly unknown[])[i]));
  }
  if (space instanceof OneOf) {
    const [index, value] = sample as readonly [number, unknown];
    return [index, plainSample(space.spaces[index]!, value)];
  }
  if (space instanceof Sequence && !space.stack) {
    return (sample as readonly unknown[]).map((item) => plainSample(space.featureSpace, item));
  }
  const [json] = space.toJsonable([sample]) as readonly Json[];
  if (!(space instanceof Graph)) return json;
  const hasEdges = (sample as GraphInstance).edges !== null;
  return hasEdges ? json : { ...(json as object), edges: null, edge_links: null };
}

function plainSeed(seed: unknown): unknown {
  if (typeof seed === "bigint") return plainInteger(seed);
  if (Array.isArray(seed)) return seed.map(plainSeed);
  return Object.fromEntries(Object.entries(seed as object).map(([key, part]) => [key, plainSeed(part)]));
}

/**
 * The default characters in the order of the process that made the file: there, they are a set, whose order changes from
 * process to process. The samples tell it, since a seed draws the same positions in any order.
 */
function charsetOf(seeds: GoldenSeeds): string {
  const sorted = new Text(1).characterList;
  const places = new Map<string, string>();
  for (const [seed, { spaces }] of Object.entries(seeds)) {
    const space = new Text(6, { seed: BigInt(seed) });
    for (const sample of spaces?.["Text(6)"]?.samples ?? []) {
      const drawn = space.sample();
      [...String(sample)].forEach((character, i) => {
        if (drawn[i] !== undefined && !places.has(drawn[i])) places.set(drawn[i], character);
      });
    }
  }
  const seen = new Set(places.values());
  const unseen = sorted.filter((character) => !seen.has(character));
  const order = sorted.map((place) => places.get(place) ?? unseen.shift() ?? place);
  return new Set(order).size === order.length ? order.join("") : sorted.join("");
}
