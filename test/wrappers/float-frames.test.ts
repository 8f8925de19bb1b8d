/** FloatFrames. @module */
import { describe, expect, it } from "vitest";
import { FloatFrames } from "../../src/wrappers/float-frames.js";

describe("FloatFrames", () => {
  it("gives the last frames in order, however many were added", () => {
    const frames = new FloatFrames(2, 3);
    for (let i = 1; i <= 50; i++) {
      frames.push([i, -i]);
      const expected = [i - 2, i - 1, i].flatMap((n) => (n < 1 ? [0, -0] : [n, -n]));
      expect(Array.from(frames.toArray(), (value) => value + 0)).toEqual(expected.map((value) => value + 0));
    }
  });

  it("gives arrays that later frames leave alone", () => {
    const frames = new FloatFrames(1, 2);
    frames.push([1]);
    const before = frames.toArray();
    for (let i = 0; i < 40; i++) frames.push([7]);
    expect([...before]).toEqual([0, 1]);
  });

  it("goes on from what it gave", () => {
    const frames = new FloatFrames(1, 3);
    for (let i = 0; i < 20; i++) frames.push([i]);
    const again = new FloatFrames(1, 3);
    again.load(frames.toArray());
    again.push([20]);
    expect([...again.toArray()]).toEqual([18, 19, 20]);
  });
});
