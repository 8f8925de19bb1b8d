import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { setAttribute } from "../../src/infra/edits.js";
import { createGuard } from "../../src/infra/guard.js";
import type { InfraGraph } from "../../src/infra/infra-graph.js";
import { webService } from "../../src/stacks/web-service.js";

const { graph } = webService();
const withCount = (count: number): InfraGraph => setAttribute("digitalocean_droplet.web", "count", count)(graph);

describe("createGuard", () => {
  it("allows everything without limits", () => {
    expect(createGuard().check(graph, withCount(500), 1e6)).toEqual({ allowed: true });
  });

  it("refuses more droplets than allowed, counting the jump host", () => {
    const guard = createGuard({ maxDroplets: 5 });
    expect(guard.check(graph, withCount(4), 0)).toEqual({ allowed: true });
    expect(guard.check(graph, withCount(5), 0)).toEqual({
      allowed: false,
      reason: "maxDroplets",
      limit: 5,
      value: 6,
      text: "6 droplets would be more than the limit of 5.",
    });
  });

  it("refuses a price beyond the limit", () => {
    const guard = createGuard({ maxUsdPerHour: 0.2 });
    expect(guard.check(graph, withCount(4), 0)).toEqual({ allowed: true });
    expect(guard.check(graph, withCount(5), 0)).toMatchObject({
      allowed: false,
      reason: "maxUsdPerHour",
      text: "$0.2054 an hour would be more than the limit of $0.2 an hour.",
    });
  });

  it("refuses anything dearer once the money is spent", () => {
    const guard = createGuard({ maxUsd: 10 });
    expect(guard.check(graph, withCount(3), 9.99)).toEqual({ allowed: true });
    expect(guard.check(graph, withCount(3), 10)).toEqual({
      allowed: false,
      reason: "maxUsd",
      limit: 10,
      value: 10,
      text: "$10.00 of $10 is spent, so nothing may become dearer.",
    });
  });

  it("never refuses to become smaller and cheaper", () => {
    const guard = createGuard({ maxDroplets: 1, maxUsdPerHour: 0, maxUsd: 0 });
    const counts = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }));
    fc.assert(
      fc.property(counts, ([a, b]) => {
        const verdict = guard.check(withCount(Math.max(a, b)), withCount(Math.min(a, b)), 100);
        expect(verdict).toEqual({ allowed: true });
      }),
      { numRuns: 25 },
    );
  });

  it("refuses limits that are no limits", () => {
    expect(() => createGuard({ maxDroplets: 1.5 })).toThrow(
      "Expected maxDroplets to be an integer from 0, got 1.5 (number).",
    );
    expect(() => createGuard({ maxUsd: -1 })).toThrow("Expected maxUsd to be a number from 0 (USD), got -1 (number).");
    expect(() => createGuard({ maxUsdPerHour: Number.NaN })).toThrow(
      "Expected maxUsdPerHour to be a number from 0 (USD), got NaN.",
    );
  });
});
