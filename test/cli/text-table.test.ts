import { describe, expect, it } from "vitest";
import { textTable } from "../../src/cli/text-table.js";

describe("textTable", () => {
  it("aligns the first column to the left and the others to the right", () => {
    const rows = [
      ["static", "1", "10.5"],
      ["target-tracking", "22", "1.25"],
    ];
    expect(textTable({ header: ["policy", "n", "cost"], rows })).toBe(
      [
        "policy            n  cost",
        "───────────────  ──  ────",
        "static            1  10.5",
        "target-tracking  22  1.25",
        "",
      ].join("\n"),
    );
  });
});
