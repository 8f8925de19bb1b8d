import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { infraGym } from "./command-line.js";

const folder = mkdtempSync(join(tmpdir(), "infra-gym-graph-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("infra-gym graph", () => {
  it("lists the resources by layer, with prices and references", async () => {
    const { code, out, err } = await infraGym("graph", "WebService-v0");
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/^WebService-v0: 12 resources, \d+ droplets, 0\.\d{5} USD\/h\n/);
    expect(out).toMatch(/^app +droplet\.web +\d+ +0\.\d+ +tag\.web, vpc\.main$/m);
    expect(out).not.toContain("price:");
  });

  it("plans an action: what is made, what is changed, what it costs", async () => {
    const { out } = await infraGym("graph", "WebService-v0", "--plan", "6,1");
    expect(out).toMatch(/^\+ create droplet\.web\[\d\]$/m);
    expect(out).toMatch(/^price: \+0\.07143 USD\/h$/m);
    const { out: resized } = await infraGym("graph", "WebService-v0", "--plan", "4,2");
    expect(resized).toMatch(/^~ update droplet\.web\[0\]\n {4}size: "[^"]+" → "[^"]+"$/m);
  });

  it("says so where an action changes nothing", async () => {
    const { out } = await infraGym("graph", "WebService-v0", "--plan", "4,1");
    expect(out).toMatch(/\nThe action changes nothing\.\n$/);
  });

  it("draws a picture with a box for every resource", async () => {
    const { out } = await infraGym("graph", "ThreeTier-v0", "--format", "svg", "--plan", "3,6,1");
    expect(out).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 \d+ \d+"/);
    expect(out).toContain("database_cluster");
    expect(out.match(/rx="4"/g)).toHaveLength(18);
  });

  it("writes JSON from which the graph can be made again", async () => {
    const { out } = await infraGym("graph", "WebService-v0", "--format", "json");
    const { graph, nodes, layers, plan } = JSON.parse(out);
    expect(layers).toEqual(["core", "support", "app", "edge"]);
    expect(nodes).toHaveLength(graph.resources.length);
    expect(plan).toBeNull();
  });

  it("writes Terraform configurations of what the action leads to", async () => {
    const { err } = await infraGym("graph", "WebService-v0", "--plan", "6,1", "--synth", folder);
    expect(err).toBe(`Terraform configurations of core, support, app, edge are in ${folder}.\n`);
    expect(readdirSync(folder).sort()).toEqual(["app", "core", "edge", "support"]);
    const app = JSON.parse(readFileSync(join(folder, "app", "main.tf.json"), "utf8"));
    const { out } = await infraGym("graph", "WebService-v0");
    const before = Number(/droplet\.web +(\d+)/.exec(out)![1]);
    expect(app.resource.digitalocean_droplet.web.count).toBe(before + 2);
  });

  it.each(["7", "1,2,3", "9,9", "a,b", "1.5,1", ""])("refuses the action %j, naming the space", async (action) => {
    const { code, err } = await infraGym("graph", "WebService-v0", "--plan", action);
    expect([code, err]).toEqual([
      2,
      `INFRA_GYM_USAGE: Expected --plan to be an action of MultiDiscrete([9 3]), got ${JSON.stringify(action)}.\n`,
    ]);
  });

  it("refuses a format that it does not know", async () => {
    const { code, err } = await infraGym("graph", "WebService-v0", "--format", "png");
    expect([code, err]).toEqual([2, 'INFRA_GYM_USAGE: Expected --format to be one of text, svg, json, got "png".\n']);
  });
});
