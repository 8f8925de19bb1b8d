/** What is fitted, from made-up episodes with known answers. @module */
import { describe, expect, it } from "vitest";
import { fitBoot, fitDrain, fitPlumbing, fitWork, profileOf } from "../../src/fidelity/index.js";
import { DEFAULT_LIFECYCLE } from "../../src/simulator/index.js";
import { makeEpisode } from "./step-records.js";

const noise = (step: number): number => 1 + (step % 2 === 0 ? 0.01 : -0.01);
const measured = { backend: "local", timeScale: 12, workload: "day", seeds: ["9"], steps: 40 };

describe("fitWork", () => {
  it("finds work that differs from the definition's, and leaves alone what does not", () => {
    const workSeconds = (step: number) => ({ web: 0.025 * noise(step), api: 0.01 * noise(step) });
    const episodes = [makeEpisode("local", "static", "9", 20, (step) => ({ workSeconds: workSeconds(step) }))];
    const work = fitWork(episodes, { web: 0.02, api: 0.01 });
    expect(Object.keys(work)).toEqual(["web"]);
    expect(work.web!.value).toBeCloseTo(0.025, 6);
  });

  it("leaves out steps in which replicas changed", () => {
    const part = (step: number) => ({
      workSeconds: { web: step < 10 ? 0.02 * noise(step) : 0.05 },
      isSteady: step < 10,
    });
    expect(fitWork([makeEpisode("local", "static", "9", 20, part)], { web: 0.02 })).toEqual({});
  });
});

describe("fitPlumbing", () => {
  it("is what the simulation's response times lack where queues are short", () => {
    const real = [
      makeEpisode("local", "static", "9", 20, (step) =>
        step < 10 ? { meanSeconds: 0.0335 * noise(step) } : { meanSeconds: 0.9, utilization: 0.95 },
      ),
    ];
    const simulated = [makeEpisode("fitted", "static", "9", 20, (step) => ({ meanSeconds: 0.03 * noise(step) }))];
    const { value, halfWidth } = fitPlumbing(real, simulated);
    expect(value).toBeCloseTo(0.0035, 6);
    expect(halfWidth).toBeLessThan(1e-4);
  });
});

describe("fitBoot and fitDrain", () => {
  // Two replicas are added at step 2 and taken away at step 6; times of both in fractions of a 60 s step.
  const episode = (side: string, seed: string, boot: number, drain: number) =>
    makeEpisode(side, "static", seed, 8, (step) => {
      const desired = step >= 2 && step < 6 ? 6 : 4;
      const ready = step === 2 ? 6 - (2 * boot) / 60 : desired;
      return {
        desired,
        change: step === 2 ? 2 : step === 6 ? -2 : 0,
        ready,
        active: step === 6 ? 4 + (2 * drain) / 60 : desired,
      };
    });

  it("find the seconds that a replica takes longer, up and down", () => {
    const real = [episode("local", "1", 58, 25), episode("local", "2", 57, 26)];
    const simulated = [episode("fitted", "1", 50, 10), episode("fitted", "2", 51, 10)];
    expect(fitBoot(real, simulated, 60).value).toBeCloseTo(7, 6);
    expect(fitDrain(real, simulated, 60).value).toBeCloseTo(15.5, 6);
  });

  it("know nothing where nothing changed", () => {
    const still = [makeEpisode("local", "static", "1", 8, () => ({}))];
    expect(fitBoot(still, still, 60).value).toBeNaN();
  });
});

describe("profileOf", () => {
  const sure = (value: number) => ({ value, halfWidth: 0.001 });
  const unknown = { value: Number.NaN, halfWidth: Number.NaN };

  it("puts what was fitted on top of the simulator's times", () => {
    const profile = profileOf("WebService-v0", measured, { web: sure(0.021) }, sure(0.0035), sure(7), sure(-4));
    expect(profile).toEqual({
      schema: 1,
      env: "WebService-v0",
      plumbingSeconds: 0.0035,
      serviceTimeSeconds: { web: 0.021 },
      lifecycle: {
        healthCheckSeconds: DEFAULT_LIFECYCLE.healthCheckSeconds + 7,
        drainSeconds: DEFAULT_LIFECYCLE.drainSeconds - 4,
      },
      measured: { ...measured, halfWidths: { web: 0.001, plumbing: 0.001, boot: 0.001, drain: 0.001 } },
    });
  });

  it("takes from the creation what the health check does not have", () => {
    const { lifecycle } = profileOf("WebService-v0", measured, {}, sure(0), sure(-20), unknown);
    expect(lifecycle).toEqual({ healthCheckSeconds: 0, createSeconds: [25, 66] });
  });

  it("leaves out what is not known, or not sure", () => {
    const unsure = { value: 1, halfWidth: 2 };
    expect(profileOf("WebService-v0", measured, {}, sure(0.001), unknown, unsure).lifecycle).toEqual({});
  });
});
