import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { calibratedRuleText, readCalibratedRule } from "../../src/agents/calibrated-rule.js";
import { createPolicy } from "../../src/agents/create-policy.js";

const folder = mkdtempSync(join(tmpdir(), "infra-gym-rule-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const rule = {
  rule: "threshold",
  options: { utilization: 0.7 },
  calibration: { env: "WebService-v0", workloads: ["day"], seeds: [0], candidates: 1, return: -5 },
};

function fileOf(text: string): string {
  const file = join(folder, "rule.json");
  writeFileSync(file, text);
  return file;
}

describe("readCalibratedRule", () => {
  it("gives back what was written", () => {
    const file = fileOf(calibratedRuleText(rule));
    expect(readCalibratedRule(file)).toEqual(rule);
    expect([createPolicy(file).name, createPolicy(file).kind]).toEqual([file, "rule"]);
  });

  it.each([
    ["{ x", "byte 2: It is not JSON here. Take another checkpoint."],
    ["{}", "byte 0: It is not a calibrated rule. Take another checkpoint."],
    [
      '{"format":"infra-gym rule","version":1,"rule":"threshold"}',
      "byte 0: A part of it is missing. Take another checkpoint.",
    ],
    [
      '{"format":"infra-gym rule","version":2}',
      "is a checkpoint of version 2, expected one of version 1 of the format. Use it where it was made, or train anew.",
    ],
  ])("refuses %s", (text, message) => {
    expect(() => readCalibratedRule(fileOf(text))).toThrow(message);
  });

  it("refuses a file that is not there, naming it", () => {
    const file = join(folder, "absent.json");
    expect(() => createPolicy(file)).toThrow(`${file}, byte 0: It cannot be read. Take another checkpoint.`);
  });
});
