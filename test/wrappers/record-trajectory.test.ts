/** RecordTrajectory. @module */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Env } from "../../src/env.js";
import { type EnvSpec, make } from "../../src/registration.js";
import type { Space } from "../../src/spaces/space.js";
import { RecordTrajectory, type Trajectory, type TrajectoryHeader } from "../../src/wrappers/index.js";
import { CountingEnv } from "../fakes/counting-env.js";
import { registerDrift } from "../fakes/drift-env.js";

describe("RecordTrajectory", () => {
  it("writes the spec and the spaces, then a line per episode", async () => {
    const lines: string[] = [];
    const env = new RecordTrajectory(new CountingEnv(), { write: (line) => void lines.push(line) });
    await env.reset({ seed: 2n ** 60n, options: { day: 3 } });
    for (let i = 0; i < 3; i++) await env.step(i);
    await env.reset();
    await env.step(2);
    await env.close();
    const [header, first, second] = lines.map((line) => JSON.parse(line));
    expect(lines).toHaveLength(3);
    expect(header).toEqual({
      format: "infra-gym.trajectories",
      version: 1,
      spec: null,
      observationSpace: "Box(0.0, inf, (2,), float32)",
      actionSpace: "Discrete(3)",
    });
    expect(first).toMatchObject({ episode: 0, seed: "1152921504606846976", resetsSinceSeed: 0, options: { day: 3 } });
    expect(first).toMatchObject({ actions: [0, 1, 2], rewards: [1, 2, 3], terminated: true, truncated: false });
    expect(first.observations).toHaveLength(4);
    expect(second).toMatchObject({ episode: 1, resetsSinceSeed: 1, actions: [2], terminated: false, truncated: false });
  });

  it("holds enough to play an episode again", async () => {
    registerDrift();
    const folder = await mkdtemp(join(tmpdir(), "trajectories-"));
    const path = join(folder, "episodes.jsonl");
    const env = new RecordTrajectory((await make("Drift-v0")) as Env<unknown, unknown, object>, { path });
    env.actionSpace.seed(1);
    await env.reset({ seed: 5 });
    let ended = false;
    while (!ended) ended = (await env.step(env.actionSpace.sample()))[2];
    await env.close();
    const [header, episode] = (await readFile(path, "utf8"))
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line)) as [TrajectoryHeader, Trajectory];
    await rm(folder, { recursive: true });
    const again = await make(header.spec as EnvSpec);
    const observations = [(await again.reset({ seed: BigInt(episode.seed!) }))[0]];
    for (const action of again.actionSpace.fromJsonable(episode.actions)) {
      observations.push((await again.step(action))[0]);
    }
    expect((again.observationSpace as Space<unknown>).toJsonable(observations)).toEqual(episode.observations);
    expect(env.spec?.additionalWrappers).toEqual([{ name: "RecordTrajectory", options: { path } }]);
  });

  it("says where a file cannot be written", async () => {
    const env = new RecordTrajectory(new CountingEnv(), { path: "/nowhere/at/all.jsonl" });
    await env.reset();
    await env.step(0);
    await expect(env.close()).rejects.toThrow(/^Could not write \/nowhere\/at\/all.jsonl: ENOENT/);
  });
});
