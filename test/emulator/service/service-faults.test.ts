/** Plans of faults, and the command line's words for them and for distributions. */
import { describe, expect, it } from "vitest";
import { planFaults } from "../../../src/emulator/service/service-faults.js";
import { parseDistribution, workDraws } from "../../../src/emulator/service/work-draws.js";
import type { Service } from "../../../src/infra/service.js";
import { thrownMessage } from "../../thrown-message.js";

describe("planFaults", () => {
  it("plans the same faults for the same seed, in order, as often as asked", () => {
    const faults = { crashEverySeconds: 600, slowEverySeconds: 60, slowFactor: 5 };
    const first = planFaults(faults, 7n);
    const again = planFaults(faults, 7n);
    const planned = Array.from({ length: 2200 }, () => first.next().value!);
    expect(Array.from({ length: 2200 }, () => again.next().value!)).toEqual(planned);
    expect(planned).toEqual(planned.toSorted((a, b) => a.atSeconds - b.atSeconds));
    const crashes = planned.filter(({ fault }) => fault.kind === "crash").length;
    expect(planned.at(-1)!.atSeconds / crashes / 600).toBeCloseTo(1, 0);
    expect(planned.find(({ fault }) => fault.kind === "slow")!.fault).toEqual({ kind: "slow", seconds: 30, factor: 5 });
  });

  it("plans nothing where nothing is asked for, and refuses times that are none", () => {
    expect([...planFaults({}, 0n)]).toEqual([]);
    expect(thrownMessage(() => planFaults({ crashEverySeconds: -1 }, 0n).next())).toBe(
      "Expected faults.crashEverySeconds to be a number above 0, got -1 (number).",
    );
  });
});

describe("workDraws", () => {
  const base: Service = { name: "web", resource: "digitalocean_droplet.web", serviceTimeSeconds: 0.02 };

  it.each([
    ["exponential", 1],
    ["deterministic", 0],
    ["lognormal:0.5", 0.5],
    ["gamma:0.5", 0.5],
    ["hyperexponential:2", 2],
  ])("draws %s with its mean and its coefficient of variation", (text, variation) => {
    const draw = workDraws({ ...base, serviceTimeDistribution: parseDistribution(text) }, 3n);
    const drawn = Array.from({ length: 100_000 }, (_, i) => draw(i));
    const mean = drawn.reduce((sum, x) => sum + x, 0) / drawn.length;
    const variance = drawn.reduce((sum, x) => sum + (x - mean) ** 2, 0) / drawn.length;
    expect(mean / 0.02).toBeCloseTo(1, 1);
    expect(Math.sqrt(variance) / mean).toBeCloseTo(variation, 1);
  });

  it("refuses words that name no distribution", () => {
    expect(thrownMessage(() => parseDistribution("gamma"))).toBe(
      'Expected distribution to be exponential, deterministic, or lognormal, gamma or hyperexponential with a coefficient of variation above 0, such as gamma:0.5, got "gamma" (string).',
    );
  });
});
