/** An emulated account for tests, and what is in it. @module */
import { Emulator, type EmulatorOptions } from "../../../src/emulator/index.js";
import { referee } from "../../emulator/file-referee.js";

/** An emulator that listens, and whose answers are judged. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const emulator = new Emulator({ onExchange: referee.judge, ...options });
  await emulator.listen();
  return emulator;
}

/** An emulated account. */
export class EmulatedWorld {
  constructor(readonly emulator: Emulator) {}

  static async open({ emulator }: { readonly emulator?: EmulatorOptions } = {}): Promise<EmulatedWorld> {
    return new EmulatedWorld(await startEmulator(emulator));
  }

  /** What the account lists under a path. */
  async list(path: string, key: string): Promise<readonly Record<string, unknown>[]> {
    for (let attempt = 0; ; attempt++) {
      try {
        const body = await this.request("GET", `${path}${path.includes("?") ? "&" : "?"}per_page=200`);
        return (body[key] ?? []) as readonly Record<string, unknown>[];
      } catch (error) {
        // The faults of a test are for it, too.
        if (attempt === 20) throw error;
      }
    }
  }

  /** A request behind Terraform's back. */
  async request(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
    const response = await fetch(`${this.emulator.url}${path}`, {
      method,
      headers: { authorization: "Bearer test", "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === "" ? {} : JSON.parse(text);
  }

  /** Everything left in the account, as `kind name`. The default VPC and project belong to it. */
  async leftovers(): Promise<readonly string[]> {
    const found: string[] = [];
    for (const [path, key] of LISTS) {
      for (const item of await this.list(path, key)) {
        if (item.default !== true && item.is_default !== true) found.push(`${key} ${item.name ?? item.ip}`);
      }
    }
    return found;
  }

  async close(): Promise<void> {
    await this.emulator.close();
  }
}

const LISTS = [
  ["/v2/droplets", "droplets"],
  ["/v2/load_balancers", "load_balancers"],
  ["/v2/firewalls", "firewalls"],
  ["/v2/volumes", "volumes"],
  ["/v2/vpcs", "vpcs"],
  ["/v2/projects", "projects"],
  ["/v2/tags", "tags"],
  ["/v2/domains", "domains"],
  ["/v2/account/keys", "ssh_keys"],
] as const;
