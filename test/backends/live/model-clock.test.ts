/** Model time on a wall that is moved by hand. @module */
import { describe, expect, it } from "vitest";
import { ModelClock } from "../../../src/backends/live/model-clock.js";
import { LocalWorldError } from "../../../src/errors.js";
import { thrownMessage } from "../../thrown-message.js";

const lostError = (part: string, reason: string) => new LocalWorldError(part, reason);

/** A wall whose time is moved by sleeping. */
function wallOf(): { wall: ConstructorParameters<typeof ModelClock>[1]; time: { now: number; jump: number } } {
  const time = { now: 100, jump: 0 };
  const sleep = async (seconds: number): Promise<void> => {
    time.now += seconds;
  };
  return { wall: { now: () => 1e9 + time.now + time.jump, sleep }, time };
}

describe("ModelClock", () => {
  it("stands until it is started, and then passes as many times faster as it was told", async () => {
    const { wall, time } = wallOf();
    const clock = new ModelClock(12, wall, () => time.now);
    clock.stop(5000);
    time.now += 3;
    expect(clock.now).toBe(5000);
    clock.start();
    time.now += 2;
    expect(clock.now).toBe(5024);
    await clock.until(5060);
    expect(time.now).toBe(108);
    await clock.until(5000);
    expect(clock.now).toBe(5060);
  });

  it("does not jump with the wall's clock, and says that it was set", () => {
    const { wall, time } = wallOf();
    const clock = new ModelClock(12, wall, () => time.now);
    clock.start();
    time.now += 1;
    clock.checkWall(lostError);
    time.jump = 3600;
    expect(clock.now).toBe(12);
    expect(thrownMessage(() => clock.checkWall(lostError))).toBe(
      "The local world has lost its clock: the clock of this machine was set 3600.0 s on. Make the environment anew.",
    );
  });
});
