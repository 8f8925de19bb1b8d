import { describe, expect, it } from "vitest";
import { belongsTo, markGraph, markOfTag, newRunMark, runMark } from "../../src/digitalocean/index.js";
import { kindOf } from "../../src/infra/kinds.js";
import { threeTier } from "../../src/stacks/index.js";

const mark = runMark("r4k8zq02mw", 1_800_000_000);
const plain = { kind: "droplet", id: "1", tags: [], dropletId: "" };

describe("RunMark", () => {
  it("is read back from its tag, which DigitalOcean takes", () => {
    for (let k = 0; k < 200; k++) {
      const fresh = newRunMark(1_800_000_000.4);
      expect(fresh.tag).toMatch(/^[a-zA-Z0-9:\-_]{1,255}$/);
      expect(markOfTag(fresh.tag)).toEqual(fresh);
      expect(fresh.expiresAt).toBe(1_800_000_001);
    }
    expect(
      ["web", "infra-gym:r1:2", "infra-gym:r4k8zq02mw:x", "infra-gym:R4K8ZQ02MW:1800000000"].map(markOfTag),
    ).toEqual([undefined, undefined, undefined, undefined]);
    expect(() => runMark("mine", 1_800_000_000)).toThrow("Expected run to be a run's id and the time of its end");
  });

  it("belongs to what bears its tag or its id in the name, and to nothing else", () => {
    const isOwn = (name: string, tags: string[] = []) => belongsTo(mark, { ...plain, name, tags });
    expect([isOwn("web-0", [mark.tag]), isOwn("web-r4k8zq02mw"), isOwn("r4k8zq02mw.example.com")]).toEqual([
      true,
      true,
      true,
    ]);
    expect([
      isOwn("web-0"),
      isOwn("web-r4k8zq02mwx"),
      isOwn("xr4k8zq02mw"),
      isOwn("web", ["infra-gym:r4k8zq02mw:1"]),
    ]).toEqual([false, false, false, false]);
  });
});

describe("markGraph", () => {
  it("gives every name of a graph the run's id, and changes nothing else", () => {
    const { graph } = threeTier();
    const marked = markGraph(graph, mark);
    expect(marked.resources.map(({ address }) => address)).toEqual(graph.resources.map(({ address }) => address));
    for (const { address, kind, attributes } of marked.resources) {
      const { name, ...rest } = attributes;
      const { name: before, ...restBefore } = graph.get(address).attributes;
      expect(rest).toEqual(restBefore);
      const isWithin = kind === "digitalocean_record" || kind === "digitalocean_database_user";
      if (typeof before === "string" && !isWithin) expect(belongsTo(mark, { ...plain, name: String(name) })).toBe(true);
      else expect(name).toEqual(before);
      expect(kindOf(kind)).toBeDefined();
    }
    expect(marked.priceUsdPerHour).toBe(graph.priceUsdPerHour);
  });
});
