/** `infra-gym reap`: finds what runs have left in an account, and destroys it. @module */
import { systemClock } from "../clock.js";
import {
  DigitalOceanClient,
  destroyRun,
  type FoundRun,
  findRuns,
  Leases,
  leasesFolder,
  nameOf,
  readCredentials,
  resourcesOfRun,
} from "../digitalocean/index.js";
import type { Command } from "./command.js";
import type { OptionValues } from "./option-values.js";
import type { Terminal } from "./terminal.js";

/** Destroys what killed processes have left. */
export const reapCommand: Command = {
  verb: "reap",
  summary: "Find and destroy what earlier runs have left in an account",
  positional: null,
  options: [
    { name: "dry-run", value: null, help: "Show what would be destroyed, and destroy nothing" },
    { name: "expired", value: null, help: "Only runs that are past their time, whosever they are" },
    { name: "all", value: null, help: "Also runs of other machines that are not past their time" },
    { name: "endpoint", value: "URL", help: "The API (default DIGITALOCEAN_API_URL, or DigitalOcean's own)" },
  ],
  examples: ["infra-gym reap --dry-run", "infra-gym reap --expired", "infra-gym reap --endpoint http://127.0.0.1:8080"],
  run: runReap,
};

async function runReap(values: OptionValues, terminal: Terminal): Promise<number> {
  const client = new DigitalOceanClient({ credentials: readCredentials(process.env, values.text("endpoint")) });
  const leases = new Leases(leasesFolder(process.env));
  const clock = systemClock();
  const runs = await findRuns(client, leases, clock);
  for (const found of runs) {
    const { mark } = found;
    if (!isMeant(found, values)) {
      terminal.out(`${mark.run}: left alone, ${whyNot(found)}\n`);
      continue;
    }
    const resources = await resourcesOfRun(client, mark);
    terminal.out(`${mark.run}: ${found.state}, until ${dateOf(mark.expiresAt)}\n`);
    if (values.flag("dry-run")) {
      terminal.out(resources.map((resource) => `  would destroy ${nameOf(resource)}\n`).join(""));
      continue;
    }
    const onRemove = (resource: Parameters<typeof nameOf>[0]): void => {
      terminal.out(`  destroyed ${nameOf(resource)}\n`);
    };
    await destroyRun(mark, { client, clock, onRemove });
    leases.remove(mark.run);
    terminal.out("  nothing is left\n");
  }
  if (client.unlisted.length > 0) {
    terminal.err(`The token may not list, and so cannot have made: ${client.unlisted.join(", ")}.\n`);
  }
  if (runs.length === 0) terminal.out(`Nothing is left of any run at ${client.endpoint}.\n`);
  return 0;
}

function isMeant({ state }: FoundRun, values: OptionValues): boolean {
  if (state === "running") return false;
  if (state === "expired") return true;
  if (values.flag("expired")) return false;
  return state === "abandoned" || values.flag("all");
}

function whyNot({ state, mark }: FoundRun): string {
  if (state === "running") return "its process is running on this machine";
  const until = `not past its time until ${dateOf(mark.expiresAt)}`;
  return state === "abandoned" ? until : `of another machine and ${until}; --all takes it too`;
}

function dateOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
}
