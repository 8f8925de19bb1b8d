/** Catalogues through JSON and back. @module */
import { describe, expect, it } from "vitest";
import { listCatalogue } from "../../../src/infra/catalogue/catalogue.js";
import { catalogueFromJson, catalogueToJson } from "../../../src/infra/catalogue/catalogue-json.js";

describe("catalogueFromJson", () => {
  it("undoes catalogueToJson, for the list and for prices, sizes and absences of one's own", () => {
    expect(catalogueFromJson(catalogueToJson(listCatalogue))).toBe(listCatalogue);
    const { "s-1vcpu-1gb": _, ...dropletSizes } = listCatalogue.dropletSizes;
    const own = {
      ...listCatalogue,
      source: "a contract",
      dropletSizes: { ...dropletSizes, huge: { ...dropletSizes["s-2vcpu-4gb"]!, slug: "huge", priceUsdPerMonth: 1 } },
      prices: { ...listCatalogue.prices, spacesUsdPerMonth: 4 },
    };
    const json = catalogueToJson(own)!;
    expect(Object.keys(json)).toEqual(["source", "date", "dropletSizes", "prices"]);
    expect(Object.keys(json.dropletSizes!)).toEqual(["s-1vcpu-1gb", "huge"]);
    expect(catalogueFromJson(JSON.parse(JSON.stringify(json)))).toEqual(own);
  });
});
