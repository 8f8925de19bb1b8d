/** What `info` shows of a size that is being changed. @module */
import { describe, expect, it } from "vitest";
import { InfraEnv, threeTierDefinition, webServiceDefinition } from "../../src/envs/index.js";
import { steady } from "../../src/loadgen/index.js";

const DATABASE = "digitalocean_database_cluster.main";

describe("info of a size that is being changed", () => {
  it("shows a database's old size and that it is pending, until it has moved", async () => {
    const env = new InfraEnv<Int32Array>(threeTierDefinition(), { workload: steady({ level: 0.3 }) });
    await env.reset({ seed: 0 });
    let [, , , , info] = await env.step(Int32Array.of(2, 4, 2));
    expect(info.controls.databaseSize).toEqual({ desired: 2, current: 1 });
    expect(info.pending).toEqual({ [DATABASE]: 1 });
    for (let step = 0; step < 30; step++) [, , , , info] = await env.step(Int32Array.of(2, 4, 1));
    expect(info.controls.databaseSize).toEqual({ desired: 2, current: 2 });
    expect(info.pending).toEqual({});
  });

  it("shows the size of droplets as it is once they are up again", async () => {
    const env = new InfraEnv<Int32Array>(webServiceDefinition(), { workload: steady({ level: 0.3 }) });
    await env.reset({ seed: 0 });
    await env.step(Int32Array.of(4, 2));
    for (let step = 0; step < 3; step++) await env.step(Int32Array.of(4, 1));
    const [, , , , info] = await env.step(Int32Array.of(4, 1));
    expect(info.controls.size).toEqual({ desired: 2, current: 2 });
  });
});
