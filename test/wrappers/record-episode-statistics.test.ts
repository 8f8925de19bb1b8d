/** RecordEpisodeStatistics. @module */
import { describe, expect, it } from "vitest";
import { Autoreset, RecordEpisodeStatistics } from "../../src/wrappers/index.js";
import { CountingEnv } from "../fakes/counting-env.js";
import { thrownMessage } from "../thrown-message.js";

async function playEpisode(env: RecordEpisodeStatistics<Float32Array, number, object>, action: number) {
  await env.reset();
  await env.step(action);
  await env.step(action);
  return env.step(action);
}

describe("RecordEpisodeStatistics", () => {
  it("adds return and length to the info of the last step alone", async () => {
    const env = new RecordEpisodeStatistics(new CountingEnv());
    await env.reset();
    expect((await env.step(1))[4]).toEqual({ count: 1 });
    await env.step(0);
    expect((await env.step(2))[4]).toEqual({ count: 3, episode: { r: 6, l: 3 } });
  });

  it("keeps the last episodes, and counts all", async () => {
    const env = new RecordEpisodeStatistics(new CountingEnv(), { bufferLength: 2 });
    for (const action of [0, 1, 2]) await playEpisode(env, action);
    expect(env.episodeCount).toBe(3);
    expect(env.recentEpisodes).toEqual([
      { r: 6, l: 3 },
      { r: 9, l: 3 },
    ]);
  });

  it.each([
    [0, []],
    [1, [{ r: 3, l: 3 }]],
  ])("keeps %d episodes where asked to", async (bufferLength, kept) => {
    const env = new RecordEpisodeStatistics(new CountingEnv(), { bufferLength });
    await playEpisode(env, 2);
    await playEpisode(env, 0);
    expect(env.recentEpisodes).toEqual(kept);
  });

  it("starts a new episode when one inside resets by itself", async () => {
    const env = new RecordEpisodeStatistics(new Autoreset(new CountingEnv()));
    await playEpisode(env, 0);
    for (let i = 0; i < 3; i++) await env.step(0);
    expect((await env.step(0))[4]).toEqual({ count: 3, episode: { r: 3, l: 4 } });
  });

  it("goes on from a snapshot", async () => {
    const env = new RecordEpisodeStatistics(new CountingEnv());
    await env.reset();
    await env.step(2);
    const saved = structuredClone(env.snapshot());
    await playEpisode(env, 0);
    env.restore(saved);
    await env.step(0);
    expect((await env.step(0))[4]).toEqual({ count: 3, episode: { r: 5, l: 3 } });
    expect(env.episodeCount).toBe(1);
  });

  it("refuses a negative buffer", () => {
    expect(thrownMessage(() => new RecordEpisodeStatistics(new CountingEnv(), { bufferLength: -1 }))).toBe(
      "Expected bufferLength to be an integer of at least 0, got -1 (number).",
    );
  });
});
