import { describe, expect, it } from "vitest";
import { DigitalOceanClient, type Fetch, readCredentials } from "../../src/digitalocean/index.js";
import { emulatedAccount } from "./emulated-account.js";

const { client, emulator, send } = await emulatedAccount({ dropletLimit: 300 });
const droplet = { size: "s-1vcpu-1gb", region: "nyc3", image: "ubuntu-24-04-x64" };

describe("DigitalOceanClient", () => {
  it("reads the limits, the balance, and what is on sale", async () => {
    expect((await client.limits()).droplets).toBe(300);
    const sizes = await client.sizes();
    expect(sizes.find(({ slug }) => slug === "s-2vcpu-4gb")).toMatchObject({
      vcpus: 2,
      memoryBytes: 4 * 1024 ** 3,
      diskBytes: 80 * 1024 ** 3,
      priceUsdPerMonth: 24,
      isAvailable: true,
    });
    expect((await client.regions()).map(({ slug }) => slug)).toContain("fra1");
  });

  it("reads lists to the last page", async () => {
    for (let k = 0; k < 41; k++) {
      const names = Array.from({ length: 5 }, (_, n) => `many-${k}-${n}`);
      await send("POST", "/v2/droplets", { names, ...droplet });
    }
    const found = (await client.resources()).filter(({ name }) => name.startsWith("many-"));
    expect(new Set(found.map(({ name }) => name)).size).toBe(205);
    for (const resource of found) await client.remove(resource);
    expect((await client.resources()).filter(({ kind }) => kind === "droplet")).toEqual([]);
  });

  it("leaves out what belongs to the account itself", async () => {
    expect((await client.resources()).filter(({ kind }) => kind !== "tag")).toEqual([]);
  });

  it("finds it fine that something is gone already, and a tag there already", async () => {
    await client.remove({ kind: "droplet", id: "1", name: "", tags: [], dropletId: "" });
    await client.createTag("infra-gym-test");
    await client.createTag("infra-gym-test");
    expect(await client.tags()).toContain("infra-gym-test");
  });

  it("reads droplets by tag, and load balancers, with their addresses", async () => {
    await send("POST", "/v2/droplets", { name: "seen", tags: ["seen"], ...droplet });
    expect(await client.droplets("seen")).toEqual([
      {
        id: expect.any(Number),
        name: "seen",
        status: "active",
        size: "s-1vcpu-1gb",
        region: "nyc3",
        tags: ["seen"],
        vpcId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        publicIp: expect.stringMatching(/^198\.18\./),
        privateIp: expect.stringMatching(/^10\./),
      },
    ]);
    expect(await client.droplets("unseen")).toEqual([]);
    const rule = { entry_protocol: "http", entry_port: 80, target_protocol: "http", target_port: 8080 };
    await send("POST", "/v2/load_balancers", { name: "front", region: "nyc3", forwarding_rules: [rule] });
    expect(await client.loadBalancers()).toEqual([
      { id: expect.any(String), name: "front", status: "active", ip: expect.stringMatching(/^198\.18\./) },
    ]);
  });

  it("reads metrics of droplets and load balancers", async () => {
    const body = (await send("POST", "/v2/droplets", { name: "measured", ...droplet })) as { droplet: { id: number } };
    const range = { start: emulator.now - 300, end: emulator.now };
    const [series] = await client.dropletMetric("load_1", String(body.droplet.id), range);
    expect(series!.samples.length).toBeGreaterThan(0);
    for (const [time, value] of series!.samples)
      expect([Number.isFinite(time), Number.isFinite(value)]).toEqual([true, true]);
  });
});

describe("DigitalOceanClient with a token of few scopes", () => {
  it("lists what it may, and names what it may not", async () => {
    const refuse: Fetch = async (url, init) =>
      /kubernetes|databases/.test(url)
        ? new Response(
            JSON.stringify({ id: "Forbidden", message: "You are not authorized to perform this operation" }),
            { status: 403 },
          )
        : fetch(url, init);
    const credentials = readCredentials({}, emulator.url);
    const limited = new DigitalOceanClient({ credentials, fetch: refuse });
    expect(await limited.resources()).toEqual(await client.resources());
    expect(limited.unlisted).toEqual(["Kubernetes cluster", "database cluster"]);
    expect(client.unlisted).toEqual([]);
  });

  it("fails when it may list nothing", async () => {
    const refuse: Fetch = async () =>
      new Response('{"message":"You are not authorized to perform this operation"}', { status: 403 });
    const limited = new DigitalOceanClient({ credentials: readCredentials({}, emulator.url), fetch: refuse });
    await expect(limited.resources()).rejects.toThrow("The token is not allowed to do this.");
  });
});

describe("readCredentials", () => {
  it("reads the token from the environment alone, and needs none for an endpoint on this machine", () => {
    expect(readCredentials({ DIGITALOCEAN_TOKEN: " abc \n" })).toEqual({
      endpoint: "https://api.digitalocean.com",
      token: "abc",
      isLoopback: false,
    });
    expect(readCredentials({ DIGITALOCEAN_API_URL: "http://127.0.0.1:8080/" })).toEqual({
      endpoint: "http://127.0.0.1:8080",
      token: "emulator",
      isLoopback: true,
    });
    expect(() => readCredentials({})).toThrow("https://api.digitalocean.com: No token. Set DIGITALOCEAN_TOKEN.");
  });

  it("sends no token over plain HTTP, and takes no credentials in a URL", () => {
    const env = { DIGITALOCEAN_TOKEN: "abc" };
    expect(() => readCredentials(env, "http://api.digitalocean.com")).toThrow(
      'Expected endpoint to be an https URL, or http on this machine, got "http://api.digitalocean.com" (string).',
    );
    expect(() => readCredentials(env, "https://me:secret@api.example")).toThrow(
      'Expected endpoint to be a URL without credentials, got "https://…@api.example" (string).',
    );
    expect(() => readCredentials(env, "api.example")).toThrow("Expected endpoint to be a URL such as");
  });

  it("gives a client that shows its token nowhere", () => {
    const shown = new DigitalOceanClient({ credentials: readCredentials({ DIGITALOCEAN_TOKEN: "dop_v1_secret" }) });
    expect(JSON.stringify(shown)).not.toContain("secret");
  });
});
