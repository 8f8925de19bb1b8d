import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  isObjectiveMissed,
  serviceObjective,
  sloViolationSeconds,
  violationRatio,
} from "../../src/reward/service-objective.js";
import { anyStep, step } from "./step.js";

describe("serviceObjective", () => {
  it("is 99 % of the requests within 250 ms, unless told otherwise", () => {
    expect(serviceObjective()).toEqual({ targetSeconds: 0.25, objective: 0.99 });
  });

  it.each([
    [{ objective: 99 }, "Expected objective to be a share above 0 and below 1, got 99 (number)."],
    [
      { targetSeconds: 0.26 },
      "Expected targetSeconds to be a bound of the latency histogram, nearest 0.25 (seconds), got 0.26 (number).",
    ],
  ])("refuses %o", (options, message) => {
    expect(() => serviceObjective(options)).toThrow(message);
  });
});

describe("violationRatio", () => {
  it("counts late answers and failures", () => {
    expect(
      violationRatio(
        step({
          answers: [
            [70, 0.1],
            [20, 1],
          ],
          failed: 10,
        }),
        serviceObjective(),
      ),
    ).toBeCloseTo(0.3, 12);
  });

  it("is 1 where requests came and none was answered or failed, and 0 where none came", () => {
    expect(violationRatio(step({ arrivals: 5 }), serviceObjective())).toBe(1);
    expect(violationRatio(step(), serviceObjective())).toBe(0);
  });

  it("lies in [0, 1]", () => {
    fc.assert(
      fc.property(anyStep, (measured) => {
        const ratio = violationRatio(measured, serviceObjective());
        expect(ratio >= 0 && ratio <= 1).toBe(true);
      }),
    );
  });
});

describe("isObjectiveMissed", () => {
  it("allows exactly the share of violations that the objective leaves", () => {
    for (let percent = 1; percent < 100; percent++) {
      const slo = serviceObjective({ objective: percent / 100 });
      const with100 = (late: number) =>
        step({
          answers: [
            [100 - late, 0.1],
            [late, 1],
          ],
        });
      expect(isObjectiveMissed(with100(100 - percent), slo)).toBe(false);
      expect(isObjectiveMissed(with100(101 - percent), slo)).toBe(true);
    }
  });
});

describe("sloViolationSeconds", () => {
  it("is the whole step or nothing", () => {
    const slo = serviceObjective({ objective: 0.9 });
    expect(
      sloViolationSeconds(
        step({
          seconds: 30,
          answers: [
            [90, 0.1],
            [11, 1],
          ],
        }),
        slo,
      ),
    ).toBe(30);
    expect(
      sloViolationSeconds(
        step({
          seconds: 30,
          answers: [
            [90, 0.1],
            [10, 1],
          ],
        }),
        slo,
      ),
    ).toBe(0);
  });
});
