/** What can be wrong from outside: each a named error, with the address, what exists now, and the command that cleans up. @module */
import { existsSync, writeFileSync } from "node:fs";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { EmulatorOptions } from "../../src/emulator/index.js";
import { infraGym } from "../cli/command-line.js";
import { emulatedAccount } from "../digitalocean/emulated-account.js";
import { temporaryFolder, terraformHere, writeConfiguration } from "./terraform-folder.js";

const root = temporaryFolder("bad-input");
const { binary, reason } = await terraformHere();

/** A tag, and two droplets after it. */
const CONFIGURATION = {
  terraform: { required_providers: { digitalocean: { source: "digitalocean/digitalocean" } } },
  resource: {
    digitalocean_tag: { role: { name: "role:web" } },
    digitalocean_droplet: {
      web: {
        count: 2,
        // biome-ignore lint/suspicious/noTemplateCurlyInString: Terraform counts the instances itself
        name: "web-${count.index}",
        image: "debian-12-x64",
        region: "fra1",
        size: "s-1vcpu-1gb",
        depends_on: ["digitalocean_tag.role"],
      },
    },
  },
};

/** A project for an account, and the command on it. */
async function project(name: string, options: EmulatorOptions = {}) {
  const account = await emulatedAccount(options);
  const dir = join(root, name);
  const folder = writeConfiguration(join(dir, "dev", "app"), CONFIGURATION);
  const at = (endpoint: string) => {
    const place = `--provider built-in --endpoint ${endpoint} -p ${dir} -e dev`;
    const tf = (...words: string[]) => infraGym("tf", ...place.split(" "), "app", ...words);
    return { tf, cleanUp: `to clean up: infra-gym tf ${place} app destroy\n` };
  };
  return { ...account, folder, at, ...at(account.emulator.url) };
}

/** The last line of what went wrong: the error. */
function lastLine(err: string): string {
  return `${err.trimEnd().split("\n").at(-1)}\n`;
}

describe.skipIf(binary === undefined)(`infra-gym tf ${reason}`, () => {
  it("names the region that is out of capacity", async () => {
    const { tf, cleanUp } = await project("capacity", { faults: { capacity: ["fra1"] } });
    const { code, err } = await tf("apply");
    expect([code, lastLine(err)]).toEqual([
      1,
      expect.stringMatching(
        /^INFRA_GYM_CAPACITY: digitalocean_droplet\.web\[\d\]: POST \/v2\/droplets was answered 422: Region fra1 is out of capacity\..* 1 resource exists \(digitalocean_tag\.role\); /,
      ),
    ]);
    expect(err.endsWith(cleanUp)).toBe(true);
  });

  it("names the quota that is exceeded, and the command it gives cleans up", async () => {
    const { tf, cleanUp, client } = await project("quota", { dropletLimit: 1 });
    const { code, err } = await tf("apply");
    expect([code, lastLine(err)]).toEqual([
      1,
      expect.stringMatching(
        /^INFRA_GYM_QUOTA_EXCEEDED: digitalocean_droplet\.web\[\d\]: .*exceed your droplet limit.* 2 resources exist \(digitalocean_droplet\.web\[\d\], digitalocean_tag\.role\); /,
      ),
    ]);
    expect(err.endsWith(cleanUp)).toBe(true);
    expect((await tf("destroy")).code).toBe(0);
    expect(await client.resources()).toEqual([]);
  });

  it("tells a token that is wrong", async () => {
    vi.stubEnv("DIGITALOCEAN_TOKEN", "the-wrong-one");
    onTestFinished(() => void vi.unstubAllEnvs());
    const { tf } = await project("wrong-token", { token: "the-right-one" });
    const { code, err } = await tf("apply");
    expect([code, lastLine(err)]).toEqual([
      1,
      "INFRA_GYM_TOKEN: digitalocean_tag.role: The token is not valid. Set DIGITALOCEAN_TOKEN to one that is. Nothing exists in its state.\n",
    ]);
  });

  it("tells a token without write scope", async () => {
    const { emulator, at } = await project("read-only");
    const { tf } = at(await readOnly(emulator.url));
    const { code, err } = await tf("apply");
    expect([code, lastLine(err)]).toEqual([
      1,
      "INFRA_GYM_TOKEN: digitalocean_tag.role: The token is not allowed to do this. Set DIGITALOCEAN_TOKEN to one with write scope. Nothing exists in its state.\n",
    ]);
  });

  it("tells that there is no token, before anything is asked", async () => {
    vi.stubEnv("DIGITALOCEAN_TOKEN", "");
    onTestFinished(() => void vi.unstubAllEnvs());
    const { at } = await project("no-token");
    expect((await at("https://api.digitalocean.com").tf("apply")).err).toBe(
      "INFRA_GYM_TOKEN: https://api.digitalocean.com: No token. Set DIGITALOCEAN_TOKEN.\n",
    );
  });

  it("refuses the built-in provider for a public endpoint", async () => {
    vi.stubEnv("DIGITALOCEAN_TOKEN", "dop_v1_0123456789abcdef");
    onTestFinished(() => void vi.unstubAllEnvs());
    const { at } = await project("public");
    expect((await at("https://api.digitalocean.com").tf("apply")).err).toMatch(
      /^INFRA_GYM_PUBLIC_ENDPOINT: .*https:\/\/api\.digitalocean\.com/,
    );
  });

  it("names what was changed and what was deleted by hand, and mends it", async () => {
    const { tf, cleanUp, client, send } = await project("drift");
    await tf("apply");
    const droplets = (await client.resources()).filter(({ kind }) => kind === "droplet");
    await send("DELETE", `/v2/droplets/${droplets.find(({ name }) => name === "web-0")!.id}`);
    const changed = droplets.find(({ name }) => name === "web-1")!;
    await send("POST", `/v2/droplets/${changed.id}/actions`, { type: "rename", name: "by-hand" });
    const { code, err } = await tf("drift");
    expect([code, err]).toEqual([
      1,
      `INFRA_GYM_DRIFT: digitalocean_droplet.web[0]: Changed outside of Terraform: digitalocean_droplet.web[0] was deleted, digitalocean_droplet.web[1] was changed. Apply mends it. 3 resources exist (digitalocean_droplet.web[0], digitalocean_droplet.web[1], digitalocean_tag.role); ${cleanUp}`,
    ]);
    expect((await tf("apply")).out).toBe("app: 1 added, 1 changed, 0 destroyed\n");
    expect((await tf("drift")).code).toBe(0);
  });

  it("says who is writing the state", async () => {
    const { tf, folder, emulator } = await project("locked", { speed: "virtual" });
    const applying = tf("apply");
    while (!existsSync(join(folder, ".terraform.tfstate.lock.info")))
      await new Promise((resolve) => setTimeout(resolve, 10));
    const { code, err } = await tf("destroy");
    expect([code, lastLine(err)]).toEqual([
      1,
      expect.stringMatching(
        /^INFRA_GYM_STATE_LOCKED: .*app: The state is locked by \S+@\S+, OperationTypeApply, .*\. Wait until it has ended\. If that process is gone: terraform -chdir=.*app force-unlock \S+\. .*to clean up: infra-gym tf /,
      ),
    ]);
    let isOver = false;
    const done = applying.finally(() => {
      isOver = true;
    });
    while (!isOver) {
      emulator.advance(10);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect((await done).code).toBe(0);
  });

  it("tells a state that cannot be read", async () => {
    const { tf, folder, cleanUp } = await project("corrupt");
    writeFileSync(join(folder, "terraform.tfstate"), "not a state");
    const { code, err } = await tf("apply");
    expect([code, lastLine(err)]).toEqual([
      1,
      expect.stringMatching(
        /^INFRA_GYM_CORRUPT_STATE: .*app: The state cannot be read: .* Put terraform\.tfstate\.backup in its place, or import what exists\. What exists is not known; /,
      ),
    ]);
    expect(err.endsWith(cleanUp)).toBe(true);
  });

  it("tells that DigitalOcean's provider is missing", async () => {
    const { folder, emulator } = await project("no-provider");
    const words = ["-p", join(folder, "../.."), "--endpoint", emulator.url, "app", "apply"];
    const { code, err } = await infraGym("tf", ...words);
    expect([code, lastLine(err)]).toEqual([
      1,
      expect.stringMatching(
        /^INFRA_GYM_PROVIDER_MISSING: .*app: .* Run init first; where no registry is reached, name a mirror in TF_CLI_CONFIG_FILE\. Nothing exists in its state\.\n$/,
      ),
    ]);
  });
});

/** An account whose token may only read. @returns Its address. */
async function readOnly(url: string): Promise<string> {
  const server = createServer((incoming, outgoing) => {
    if (incoming.method !== "GET") {
      const body = { id: "forbidden", message: "You are not authorized to perform this operation" };
      outgoing.writeHead(403, { "content-type": "application/json" }).end(JSON.stringify(body));
      return;
    }
    const { authorization } = incoming.headers;
    request(`${url}${incoming.url}`, { headers: { authorization: authorization ?? "" } }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
