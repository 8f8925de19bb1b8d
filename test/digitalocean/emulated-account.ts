/** An emulated account for a test, and a client for it. @module */
import { afterAll } from "vitest";
import type { Clock } from "../../src/clock.js";
import { DigitalOceanClient, readCredentials } from "../../src/digitalocean/index.js";
import { Emulator, type EmulatorOptions } from "../../src/emulator/index.js";
import { referee } from "../emulator/file-referee.js";

/** What a test has in hand. */
export interface EmulatedAccount {
  readonly emulator: Emulator;
  readonly client: DigitalOceanClient;
  /** Sends a request past the client, as someone at the console would. @returns The body of the answer. */
  send(method: string, path: string, body?: unknown): Promise<Record<string, unknown>>;
}

/** Starts an emulator, which ends with the test file. */
export async function emulatedAccount(options: EmulatorOptions = {}, clock?: Clock): Promise<EmulatedAccount> {
  const emulator = new Emulator({ onExchange: referee.judge, ...options });
  await emulator.listen();
  afterAll(() => emulator.close());
  const credentials = readCredentials({ DIGITALOCEAN_TOKEN: "test-token-of-an-emulator" }, emulator.url);
  const client = new DigitalOceanClient({ credentials, ...(clock !== undefined && { clock }) });
  const send: EmulatedAccount["send"] = async (method, path, body) => {
    const headers = { authorization: "Bearer any", ...(body !== undefined && { "content-type": "application/json" }) };
    const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
    const answer = await fetch(`${emulator.url}${path}`, init);
    const text = await answer.text();
    return text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
  };
  return { emulator, client, send };
}
