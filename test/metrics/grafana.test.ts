/** The Grafana dashboard: its queries parse, and name metrics and labels of the catalogue. @module */
import { describe, expect, it } from "vitest";
import { METRICS, metricOf, parsePromql } from "../../src/metrics/index.js";
import type { Expr, VectorSelector } from "../../src/metrics/promql/ast.js";
import { readText } from "../package/repository.js";

interface Panel {
  readonly id: number;
  readonly title: string;
  readonly targets: readonly { readonly expr: string }[];
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
}

const dashboard = JSON.parse(readText("docs/grafana/infra-gym.json")) as {
  readonly panels: readonly Panel[];
  readonly templating: { readonly list: readonly { readonly name: string }[] };
};
const queries = dashboard.panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [title, expr] as const));

/** As Grafana sends it. */
function filledIn(query: string): string {
  return query.replaceAll("$__rate_interval", "1m").replaceAll("$service", ".+");
}

/** Metrics of an expression, with the labels they are selected by. */
function selectorsOf(expr: Expr): { readonly name: string; readonly labels: readonly string[] }[] {
  const found: { name: string; labels: string[] }[] = [];
  JSON.stringify(expr, (_, part: Partial<VectorSelector> | null) => {
    if (part?.kind === "selector") {
      const matchers = part.matchers!;
      const name = matchers.find(({ label }) => label === "__name__")!.value;
      found.push({ name, labels: matchers.map(({ label }) => label).filter((label) => label !== "__name__") });
    }
    return part;
  });
  return found;
}

describe("docs/grafana/infra-gym.json", () => {
  it.each(queries)("asks of %s what the catalogue has: %s", (_, query) => {
    const selectors = selectorsOf(parsePromql(filledIn(query)));
    expect(selectors.length).toBeGreaterThan(0);
    for (const { name, labels } of selectors) {
      const metric = metricOf(name);
      expect([...metric.labels, "le"]).toEqual(expect.arrayContaining([...labels]));
    }
  });

  it("shows every metric that changes, but the time", () => {
    const text = queries.map(([, query]) => query).join("\n");
    expect(METRICS.map(({ name }) => name).filter((name) => !text.includes(name))).toEqual([
      "infra_gym_time_seconds",
      "up",
    ]);
  });

  it("has panels of different numbers that do not lie over each other, and uses its variables alone", () => {
    const { panels, templating } = dashboard;
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, k) => `${x + (k % w)} ${y + Math.floor(k / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    const named = new Set([...JSON.stringify(dashboard).matchAll(/\$\{?([a-z_]+)/g)].map(([, name]) => name!));
    expect([...named].sort()).toEqual([...templating.list.map(({ name }) => name), "__all", "__rate_interval"].sort());
  });
});
