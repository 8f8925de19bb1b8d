/** The live frame, on a terminal and elsewhere. @module */
import { describe, expect, it } from "vitest";
import "../../src/index.js";
import { makeJudgedEnv } from "../../src/benchmark/index.js";
import type { Terminal } from "../../src/cli/terminal.js";
import { watchEnv } from "../../src/cli/watch.js";
import type { InfraInfo } from "../../src/envs/info.js";

interface Watched {
  readonly text: string;
  readonly lines: readonly string[];
}

/** Two steps of WebService-v0, watched; the first adds a replica. */
async function watchTwoSteps(isInteractive: boolean, failures: InfraInfo["failures"] = []): Promise<Watched> {
  let text = "";
  const terminal: Terminal = {
    out: () => undefined,
    err: (more) => {
      text += more;
    },
    isInteractive,
    hasColor: false,
    columns: 200,
  };
  const env = await makeJudgedEnv<InfraInfo>("WebService-v0", { episode: "window" });
  const watcher = watchEnv(env, "static:9", terminal);
  watcher.begin(3n);
  await env.reset({ seed: 3 });
  for (const [index, action] of [Int32Array.of(5, 1), Int32Array.of(4, 1)].entries()) {
    const [observation, reward, terminated, truncated, info] = await env.step(action);
    await watcher.onStep({ index, action, observation, reward, terminated, truncated, info: { ...info, failures } });
  }
  await env.close();
  return { text, lines: text.split("\n") };
}

describe("watchEnv", () => {
  it("writes a line a step where nobody looks on", async () => {
    const { lines } = await watchTwoSteps(false);
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(
      /^step 1 {2}\d{4}-\d\d-\d\d \d\d:\d\d {2}\d+ requests\/s {2}p95 \d+ ms {2}0\.00 % slow or failed {2}replicas 8→9 {2}\+1, 1 of digitalocean_droplet\.web on the way {2}\$0\.\d{3} an hour, \$0\.\d{4} so far, return \$-0\.\d{4}$/,
    );
    expect(lines[1]).toMatch(/^step 2 /);
  });

  it("says on the load's own line that it could not keep up", async () => {
    const failure = { address: "load", code: "INFRA_GYM_GENERATOR_LIMIT", message: "The load …", retryable: true };
    const { lines } = await watchTwoSteps(false, [failure]);
    expect(lines[1]).toMatch(/ requests\/s \(some sent late: the limit is this side\) {2}p95 /);
    expect(lines[1]).not.toContain("The load …");
  });

  it("draws a frame over the one before on a terminal: graph, changes, load, latency, bill", async () => {
    const { text } = await watchTwoSteps(true);
    const [first, second] = text.split("\u001b[");
    const words = first!
      .trimEnd()
      .split("\n")
      .map((line) => line.split(/\s+/)[0]);
    expect(words.slice(0, 1)).toEqual(["WebService-v0"]);
    expect(words.slice(-4)).toEqual(["changes", "load", "latency", "bill"]);
    expect(first).toContain("digitalocean_droplet.web ■■■■■■■■□ 8 of 9 ready, s-2vcpu-4gb\n");
    expect(second).toBe(`${words.length}A`);
  });
});
