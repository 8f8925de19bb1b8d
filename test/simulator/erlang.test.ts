import { describe, expect, it } from "vitest";
import { erlangC, meanWaitSeconds, responseQuantile, responseWithin } from "../../src/simulator/erlang.js";

/** Erlang's formula as it is written, with factorials. */
function direct(servers: number, utilization: number): number {
  const offered = servers * utilization;
  let term = 1;
  let sum = 0;
  for (let k = 0; k < servers; k++) {
    sum += term;
    term *= offered / (k + 1);
  }
  const last = term / (1 - utilization);
  return last / (sum + last);
}

describe("erlangC", () => {
  it("is the utilization for one server", () => {
    for (const utilization of [0, 0.3, 0.95]) expect(erlangC(1, utilization)).toBeCloseTo(utilization, 14);
  });

  it("equals the formula with factorials", () => {
    for (const servers of [2, 8, 40]) {
      for (const utilization of [0.3, 0.6, 0.8, 0.95])
        expect(erlangC(servers, utilization)).toBeCloseTo(direct(servers, utilization), 12);
    }
  });

  it("rejects a utilization of 1 and a fraction of a server", () => {
    expect(() => erlangC(2, 1)).toThrow("Expected utilization to be a ratio in [0, 1), got 1 (number).");
    expect(() => erlangC(1.5, 0.5)).toThrow("Expected servers to be an integer from 1, got 1.5 (number).");
  });
});

describe("meanWaitSeconds", () => {
  it("is ρ / (μ − λ) for one server", () => {
    expect(meanWaitSeconds(1, 40, 50)).toBeCloseTo(0.8 / 10, 14);
  });
});

describe("responseWithin", () => {
  it("is exponential with rate μ − λ for one server", () => {
    for (const seconds of [0.01, 0.1, 0.5])
      expect(responseWithin(seconds, 0.8, 50, 10)).toBeCloseTo(1 - Math.exp(-10 * seconds), 12);
  });

  it("is continuous where the queue drains as fast as one server works", () => {
    expect(responseWithin(0.05, 0.5, 50, 50 * (1 + 1e-7))).toBeCloseTo(
      responseWithin(0.05, 0.5, 50, 50 * (1 + 1e-4)),
      4,
    );
  });
});

describe("responseQuantile", () => {
  it("undoes responseWithin", () => {
    const seconds = responseQuantile(0.95, 0.7, 50, 20);
    expect(responseWithin(seconds, 0.7, 50, 20)).toBeCloseTo(0.95, 12);
  });

  it("rejects a share of 1", () => {
    expect(() => responseQuantile(1, 0.5, 50, 20)).toThrow("Expected share to be a ratio in (0, 1), got 1 (number).");
  });
});
