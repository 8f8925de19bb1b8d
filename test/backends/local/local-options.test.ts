/** What the backend `local` is told, and what it refuses. @module */
import { describe, expect, it } from "vitest";
import { checkLocalOptions } from "../../../src/backends/local/local-options.js";
import { InfraEnv, webServiceDefinition } from "../../../src/envs/index.js";
import { thrownMessage } from "../../thrown-message.js";

describe("checkLocalOptions", () => {
  it("fills in the defaults", () => {
    expect(checkLocalOptions({ timeScale: 1 })).toEqual({
      timeScale: 1,
      loadBalancer: "auto",
      metrics: "auto",
      allowCommands: false,
      maxRate: 3000,
      startSeconds: 60,
      execArgv: [],
    });
  });

  it.each([
    [{ timeScale: 0.5 }, "Expected local.timeScale to be a finite number of at least 1, got 0.5 (number)."],
    [{ maxRate: 0 }, "Expected local.maxRate to be a finite number above 0, got 0 (number)."],
    [{ scrapeSeconds: Number.NaN }, "Expected local.scrapeSeconds to be a finite number above 0, got NaN."],
  ])("refuses %j", (options, message) => {
    expect(thrownMessage(() => checkLocalOptions(options))).toBe(message);
  });

  it("names the option that was meant", () => {
    expect(thrownMessage(() => checkLocalOptions({ timescale: 2 } as object))).toContain('Did you mean "timeScale"?');
  });
});

describe("InfraEnv", () => {
  it("makes the backend local with its options, and opens nothing yet", async () => {
    const env = new InfraEnv(webServiceDefinition(), { backend: "local", local: { timeScale: 6 } });
    expect(env.backend.name).toBe("local");
    expect(env.backend.components.terraform).toBe("not opened");
    expect(() => env.backend.snapshot()).toThrow("Time cannot be turned back there; use simulated.");
    await env.close();
    await expect(env.reset()).rejects.toThrow("WebService-v0 is closed. Make a new one.");
  });

  it("refuses options of local on another backend", () => {
    expect(thrownMessage(() => new InfraEnv(webServiceDefinition(), { local: {} }))).toBe(
      'Expected local to be left out unless backend is "local", got an object of Object.',
    );
  });
});
