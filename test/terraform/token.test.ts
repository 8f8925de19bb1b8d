import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { CloudRun, DigitalOceanClient, Leases, readCredentials } from "../../src/digitalocean/index.js";
import { Emulator } from "../../src/emulator/index.js";
import { InfraGymError } from "../../src/errors.js";
import { synth } from "../../src/infra/synth/synth.js";
import { webService } from "../../src/stacks/index.js";
import type { TerraformEvent } from "../../src/terraform/events.js";
import { ProjectApplier } from "../../src/terraform/project-applier.js";
import { BuiltInProvider } from "../../src/terraform/provider/built-in-provider.js";
import { referee } from "../emulator/file-referee.js";
import { temporaryFolder, terraformHere } from "./terraform-folder.js";

const root = temporaryFolder("token");
const { binary, reason } = await terraformHere();
const TOKEN = "dop_v1_5ec2e75ec2e75ec2e75ec2e75ec2e7";

describe.skipIf(binary === undefined)(`the token of a run ${reason}`, () => {
  it("is in no file, event, lease, error or process argument, also when the API refuses it", async () => {
    const emulator = new Emulator({ token: TOKEN, onExchange: referee.judge });
    await emulator.listen();
    const credentials = readCredentials({ DIGITALOCEAN_TOKEN: TOKEN }, emulator.url);
    const client = new DigitalOceanClient({ credentials });
    const { graph } = webService();
    const place = { folder: join(root, "work"), leases: new Leases(join(root, "leases")) };
    const printed: string[] = [];
    const print = (line: string): void => void printed.push(line);
    const run = await CloudRun.start({ client, ...place, budgetUsd: 5, lifetimeSeconds: 600, graph, print });
    const seen: TerraformEvent[] = [];
    const args: string[] = [];
    let isWrong = false;
    const provider = await BuiltInProvider.start({ ...credentials, run: run.mark.tag });
    const wrong = await BuiltInProvider.start({ ...credentials, token: `${TOKEN}00` });
    const env = () => ({
      TF_REATTACH_PROVIDERS: (isWrong ? wrong : provider).reattach,
      DIGITALOCEAN_TOKEN: isWrong ? `${TOKEN}00` : TOKEN,
    });
    const onEvent = (_: string, event: TerraformEvent): void => {
      seen.push(event);
      if (args.length < 40) args.push(...argumentsOfAll());
    };
    const applier = new ProjectApplier({ binary: binary!, folder: place.folder, env, onEvent });
    const layers = (await synth(run.admit(graph), { tags: [run.mark.tag] })).layers;
    applier.set(layers);
    expect((await applier.settled()).failures).toEqual([]);
    isWrong = true;
    applier.mend(layers);
    const { failures } = await applier.settled();
    expect(failures.map(({ code }) => code)).toContain("INFRA_GYM_TOKEN");
    isWrong = false;
    const texts = () => filesIn(root).map((file) => readFileSync(file, "utf8"));
    const kept = [...texts(), ...args, ...printed, JSON.stringify(seen), JSON.stringify(failures)];
    await applier.destroy();
    await applier.close();
    await run.end();
    kept.push(...texts());
    const refused = new DigitalOceanClient({ credentials: { ...credentials, token: `${TOKEN}00` } });
    const error = await refused.limits().catch((cause: unknown) => cause as InfraGymError);
    expect(error).toBeInstanceOf(InfraGymError);
    kept.push(String((error as Error).stack), JSON.stringify(error));
    await Promise.all([provider.close(), wrong.close(), emulator.close()]);
    expect(args.some((line) => line.includes("terraform"))).toBe(true);
    expect(kept.filter((text) => text.includes("5ec2e7"))).toEqual([]);
  });
});

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** The command lines of all processes, where the system shows them. */
function argumentsOfAll(): string[] {
  if (!existsSync("/proc")) return ["terraform: not shown by this system"];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return [readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ")].filter((line) =>
          line.includes("terraform"),
        );
      } catch {
        return [];
      }
    });
}
