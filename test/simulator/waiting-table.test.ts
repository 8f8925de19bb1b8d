import { describe, expect, it } from "vitest";
import { erlangC } from "../../src/simulator/erlang.js";
import { leastConnectionsWaiting, waitStretch } from "../../src/simulator/least-connections.js";
import { TABLE_CELLS, utilizationAtRow, waitingTable } from "../../src/simulator/waiting-table.js";

describe("waitingTable", () => {
  it("is within 0.1 % of Erlang's formula between its rows with one replica", () => {
    const { factors, stretches } = waitingTable(1, 8);
    for (let row = 1; row < TABLE_CELLS - 100; row++) {
      const v = (row + 0.5) / TABLE_CELLS;
      const exact = erlangC(8, 1 - v * v);
      const between = (factors[row]! + factors[row + 1]!) / 2;
      expect(Math.abs(between - exact)).toBeLessThan(Math.max(0.001 * exact, 1e-5));
      expect(stretches[row]).toBe(1);
    }
    expect(utilizationAtRow(0)).toBe(1);
  });

  it("is within 0.2 % of the formula for least connections between its rows with several", () => {
    const { factors, stretches } = waitingTable(6, 2);
    for (let row = 1; row < TABLE_CELLS - 100; row++) {
      const v = (row + 0.5) / TABLE_CELLS;
      const stretch = waitStretch(6, 1 - v * v);
      const exact = leastConnectionsWaiting(6, 12, 1 - v * v) * stretch;
      expect((factors[row]! + factors[row + 1]!) / 2 / exact).toBeCloseTo(1, exact > 1e-3 ? 2.4 : 1);
      expect((stretches[row]! + stretches[row + 1]!) / 2 / stretch).toBeCloseTo(1, 3);
    }
    expect([factors[0], stretches[0]]).toEqual([1, 1]);
  });
});
