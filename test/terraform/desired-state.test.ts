import { describe, expect, it } from "vitest";
import type { Clock } from "../../src/clock.js";
import { ApplyFailedError, CapacityError } from "../../src/errors.js";
import { DesiredState } from "../../src/terraform/desired-state.js";

/** A clock whose sleeps end at once, and are kept. */
function eagerClock(): Clock & { readonly slept: number[] } {
  const slept: number[] = [];
  return { slept, now: () => 0, sleep: async (seconds) => void slept.push(seconds) };
}

const nothing = { addresses: [], cleanUp: "infra-gym reap" };
const failed = (detail: string) => new ApplyFailedError("dev", "digitalocean_droplet.web[0]", detail, nothing);
const noRoom = () => new CapacityError("dev", "digitalocean_droplet.web[0]", "No room.", nothing);

/** Something to wait for, and the way to end the wait. */
function gate(): { readonly passed: Promise<void>; readonly open: () => void } {
  let open!: () => void;
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open };
}

describe("DesiredState", () => {
  it("passes over a state that was replaced before it was started", async () => {
    const { passed, open } = gate();
    const seen: string[] = [];
    const state = new DesiredState<string>({
      clock: eagerClock(),
      apply: async (desired) => {
        seen.push(desired);
        await passed;
      },
    });
    expect(state.set("one")).toEqual({ generation: 1 });
    state.set("two");
    expect(state.set("three")).toEqual({ generation: 3 });
    expect(state.status()).toEqual({ desiredGeneration: 3, appliedGeneration: 0, failures: [] });
    open();
    expect(await state.settled()).toEqual({ desiredGeneration: 3, appliedGeneration: 3, failures: [] });
    expect(seen).toEqual(["one", "three"]);
  });

  it("reports a failure that stays and leaves it until a new state comes", async () => {
    const clock = eagerClock();
    const state = new DesiredState<boolean>({
      clock,
      apply: async (fails) => {
        if (fails) throw failed("POST https://x/v2/droplets: 422 The size is unknown.");
      },
    });
    state.set(true);
    expect(await state.settled()).toEqual({
      desiredGeneration: 1,
      appliedGeneration: 0,
      failures: [
        {
          address: "digitalocean_droplet.web[0]",
          code: "INFRA_GYM_APPLY_FAILED",
          message:
            "digitalocean_droplet.web[0]: POST https://x/v2/droplets: 422 The size is unknown. Nothing exists in its state.",
          retryable: false,
        },
      ],
    });
    expect(clock.slept).toEqual([]);
    state.set(false);
    expect(await state.settled()).toEqual({ desiredGeneration: 2, appliedGeneration: 2, failures: [] });
  });

  it("tries again what may pass, at growing distances", async () => {
    const clock = eagerClock();
    let attempts = 0;
    const state = new DesiredState<null>({
      clock,
      apply: async () => {
        attempts++;
        if (attempts === 2) throw failed("POST https://x/v2/droplets: 503 Try later.");
        if (attempts < 9) throw noRoom();
      },
    });
    state.set(null);
    expect((await state.settled()).appliedGeneration).toBe(1);
    expect(clock.slept).toEqual([2, 4, 8, 16, 32, 60, 60, 60]);
  });

  it("ends a wait when a new state comes or it is closed", async () => {
    const waiting: AbortSignal[] = [];
    const clock: Clock = {
      now: () => 0,
      sleep: (_, signal) =>
        new Promise((_resolve, reject) => {
          waiting.push(signal!);
          signal!.addEventListener("abort", () => reject(signal!.reason));
        }),
    };
    const state = new DesiredState<number>({
      clock,
      apply: async (desired) => {
        if (desired < 3) throw noRoom();
      },
    });
    state.set(1);
    while (waiting.length < 1) await Promise.resolve();
    state.set(2);
    while (waiting.length < 2) await Promise.resolve();
    await state.close();
    expect(state.set(3)).toEqual({ generation: 3 });
    expect((await state.settled()).appliedGeneration).toBe(0);
  });

  it("does not hide an error that is not the library's", async () => {
    const state = new DesiredState<null>({
      clock: eagerClock(),
      apply: () => Promise.reject(new TypeError("a mistake")),
    });
    state.set(null);
    await expect(state.settled()).rejects.toThrow("a mistake");
    expect(() => state.status()).toThrow("a mistake");
  });
});
