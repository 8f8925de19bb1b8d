/** The backend `simulated`: the contract of backends, and what is special about it. @module */
import { describe, expect, it } from "vitest";
import { prepareWorld, SimulatedBackend } from "../../src/backends/simulated-backend.js";
import { compile } from "../../src/envs/compile.js";
import { threeTierDefinition } from "../../src/envs/index.js";
import { METRICS, metricOf } from "../../src/metrics/index.js";
import { layoutRows } from "../../src/simulator/rows.js";
import { backendContract, world } from "../contract/backend.js";
import { thrownMessage } from "../thrown-message.js";

backendContract("simulated", {
  make: () => new SimulatedBackend(),
  series: async (of) => layoutRows(prepareWorld(of).model).schema.series,
});

describe("SimulatedBackend", () => {
  it("shows every metric of the catalogue in an environment with a database", () => {
    const { prepared } = compile(threeTierDefinition());
    const shown = new Set(
      layoutRows(prepared.model)
        .schema.names()
        .map((name) => metricOf(name).name),
    );
    expect(METRICS.map(({ name }) => name).filter((name) => !shown.has(name))).toEqual([]);
  });

  it("is of no use before it is opened", () => {
    expect(thrownMessage(() => new SimulatedBackend().advance())).toBe(
      "The backend simulated is closed. Make a new one.",
    );
  });

  it("refuses a scrape interval that is no multiple of the tick", () => {
    expect(thrownMessage(() => prepareWorld({ ...world, scrapeSeconds: 12 }))).toBe(
      "Expected scrapeSeconds to be a multiple of the tick, 5 (seconds), got 12 (number).",
    );
  });
});
