import { describe, expect, it } from "vitest";
import { billedCost } from "../../src/reward/billed-cost.js";
import { noMemory, step } from "./step.js";

describe("billedCost", () => {
  it("is what was billed, as a loss", () => {
    expect(billedCost().evaluate(step({ costUsd: 0.25 }), noMemory)).toBe(-0.25);
  });

  it("is 0, not -0, where nothing was billed", () => {
    expect(Object.is(billedCost().evaluate(step(), noMemory), 0)).toBe(true);
  });

  it("is called cost, unless told otherwise", () => {
    expect([billedCost().name, billedCost({ name: "bill" }).name]).toEqual(["cost", "bill"]);
  });
});
