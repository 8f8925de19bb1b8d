import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { billedUsd, hourlyPrice } from "../../../src/infra/catalogue/billing.js";
import { listCatalogue } from "../../../src/infra/catalogue/catalogue.js";

const { dropletSizes, databaseSizes, regions } = listCatalogue;
const description = new URL("../../../../shared/data/openapi/digitalocean-openapi.json.gz", import.meta.url);

describe("listCatalogue", () => {
  it("holds the list prices of November 2026", () => {
    const monthly = (slug: string): number => dropletSizes[slug]!.priceUsdPerMonth;
    expect(monthly("s-2vcpu-2gb")).toBe(18);
    expect(monthly("s-2vcpu-4gb")).toBe(24);
    expect(monthly("g-2vcpu-8gb")).toBe(63);
    expect(monthly("c-2")).toBe(42);
    expect(monthly("m-2vcpu-16gb")).toBe(84);
    expect(dropletSizes["s-2vcpu-4gb"]!.priceUsdPerHour).toBeCloseTo(0.03571, 5);
  });

  it("names every size by its key, with the vCPUs and memory of its name", () => {
    for (const table of [dropletSizes, databaseSizes]) {
      for (const [slug, size] of Object.entries(table)) {
        expect(size.slug).toBe(slug);
        const vcpus = /(\d+)vcpu|^c-(\d+)$/.exec(slug)!;
        expect(size.vcpus).toBe(Number(vcpus[1] ?? vcpus[2]));
        const gib = /-(\d+)gb$/.exec(slug);
        if (gib && !slug.includes("512mb")) expect(size.memoryBytes).toBe(Number(gib[1]) * 1024 ** 3);
        expect(size.priceUsdPerHour).toBe(size.priceUsdPerMonth / 672);
      }
    }
  });

  it("knows the documented connection limits of PostgreSQL", () => {
    expect(Object.values(databaseSizes).map(({ connectionLimit }) => connectionLimit)).toEqual([
      22, 47, 97, 197, 397, 797, 997,
    ]);
  });

  it.skipIf(!existsSync(description))("uses regions and database sizes that the API's description knows", () => {
    const text = gunzipSync(readFileSync(description)).toString();
    for (const slug of [...Object.keys(regions), ...Object.keys(databaseSizes)]) expect(text).toContain(`"${slug}"`);
  });
});

describe("billedUsd", () => {
  it("bills by the second, with the minimum and the monthly cap", () => {
    const droplet = hourlyPrice(24);
    expect(billedUsd(droplet, 3600)).toBe(droplet);
    expect(billedUsd(droplet, 1)).toBe(0.01);
    expect(billedUsd(hourlyPrice(1344), 30)).toBeCloseTo(2 / 60, 12);
    expect(billedUsd(droplet, 31 * 86_400)).toBeCloseTo(24, 12);
    expect(billedUsd(0, 1e9)).toBe(0);
  });
});
