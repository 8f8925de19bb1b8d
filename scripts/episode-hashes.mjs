/**
 * Hashes of three episodes: the same on every version of Node. Prints them as JSON; `--write` stores them for the tests, after a
 * change that is meant to change episodes: `node scripts/episode-hashes.mjs --write`.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { root, setupOrExit } from "./setup.mjs";

const episodes = [
  { id: "WebService-v0", workload: "day", control: "delta" },
  { id: "WebService-v0", workload: "flash-crowd", control: "continuous" },
  { id: "ThreeTier-v0", workload: "ramp", control: "residual" },
];

/** The bytes of all observations and rewards of one episode with random actions that the mask allows. */
async function hashEpisode(make, { id, workload, control }) {
  const env = await make(id, { workload, control });
  const hash = createHash("sha256");
  env.actionSpace.seed(2026);
  let [observation, info] = await env.reset({ seed: 2026 });
  hash.update(observation);
  for (let truncated = false; !truncated; ) {
    const action = env.actionSpace.sample(info.actionMask === null ? {} : { mask: info.actionMask });
    let reward;
    [observation, reward, , truncated, info] = await env.step(action);
    hash.update(observation).update(Float64Array.of(reward));
  }
  await env.close();
  return hash.digest("hex");
}

const isStoring = process.argv.includes("--write");
if (isStoring) setupOrExit();
const { make } = await import("infra-gym");
const hashes = {};
for (const episode of episodes) {
  const { id, workload, control } = episode;
  hashes[`${id} ${workload} ${control}`] = await hashEpisode(make, episode);
}
const text = `${JSON.stringify(hashes, null, 2)}\n`;
if (isStoring) writeFileSync(join(root, "test", "fixtures", "episode-hashes.json"), text);
else process.stdout.write(text);
