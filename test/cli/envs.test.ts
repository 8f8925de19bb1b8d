import { describe, expect, it } from "vitest";
import { infraGym } from "./command-line.js";
import { schemaErrors } from "./schema.js";

describe("infra-gym envs", () => {
  it("lists the environments in a table", async () => {
    const { code, out, err } = await infraGym("envs");
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/^environment +controls +action +observation +step\n/);
    expect(out).toMatch(/^WebService-v0 +replicas, size +MultiDiscrete\(\[9 3\]\) +float32 \(\d+\) +60 s$/m);
    expect(out).toMatch(/^ThreeTier-v0 /m);
  });

  it("writes JSON that meets its schema", async () => {
    const { out } = await infraGym("envs", "--json", "-");
    const list = JSON.parse(out);
    expect(schemaErrors("envs", list)).toEqual([]);
    expect(list.envs.map(({ id }: { id: string }) => id)).toEqual(["ThreeTier-v0", "WebService-v0"]);
  });
});
