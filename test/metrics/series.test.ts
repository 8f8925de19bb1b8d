import { describe, expect, it } from "vitest";
import { InvalidOptionError } from "../../src/errors.js";
import { SeriesSchema } from "../../src/metrics/series.js";

describe("SeriesSchema", () => {
  const schema = new SeriesSchema([
    { name: "up", labels: { instance: "web-2", service: "web" }, optional: true },
    { name: "up", labels: { instance: "web-1", service: "web" }, optional: true },
    { name: "price", labels: {} },
  ]);
  it("finds a series whatever the order of its labels", () => {
    expect(schema.indexOf("up", { service: "web", instance: "web-1" })).toBe(1);
    expect(schema.indexOf("price")).toBe(2);
  });
  it("gives -1 for a series that is not declared", () => {
    expect(schema.indexOf("up", { service: "web" })).toBe(-1);
  });
  it("sorts series as Prometheus does, by name and labels", () => {
    expect(schema.sorted).toEqual([2, 1, 0]);
  });
  it("lists each metric once", () => {
    expect(schema.names()).toEqual(["up", "price"]);
  });
  it("refuses a series that comes twice, naming it", () => {
    const twice = { name: "up", labels: { a: "b" } };
    expect(() => new SeriesSchema([twice, { ...twice }])).toThrow(
      new InvalidOptionError("series[1]", "a series not declared before", 'up{a="b"}'),
    );
  });
  it("refuses a name that is not a metric's", () => {
    expect(() => new SeriesSchema([{ name: "p-95", labels: {} }])).toThrow(
      'Expected series[0].name to be a metric name of letters, digits, _ and :, got "p-95" (string).',
    );
  });
});
