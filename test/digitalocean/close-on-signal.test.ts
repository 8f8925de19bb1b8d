import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { reached, start } from "../terraform/kill-point.js";
import { terraformHere } from "../terraform/terraform-folder.js";
import { emulatedAccount } from "./emulated-account.js";

const root = mkdtempSync(join(tmpdir(), "infra-gym-signal-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const { binary, reason } = await terraformHere();

describe.skipIf(binary === undefined)(`closeOnSignal ${reason}`, () => {
  it.each([
    ["SIGINT", "create", 150],
    ["SIGTERM", "update", 250],
  ] as const)(
    "destroys everything and proves it before the process dies of %s, %s, %i ms",
    { timeout: 120_000 },
    async (signal, phase, afterMs) => {
      const { emulator, client } = await emulatedAccount();
      const place = {
        endpoint: emulator.url,
        folder: join(root, signal, "work"),
        leases: join(root, signal, "leases"),
        isWhole: true,
      };
      const child = start(place, phase);
      const ended = new Promise((resolve) => child.once("exit", (code, by) => resolve(code ?? by)));
      await reached(child, phase);
      await new Promise((resolve) => setTimeout(resolve, afterMs));
      child.kill(signal);
      // Once more, as impatient people do: it changes nothing.
      setTimeout(() => child.kill(signal), 50);
      expect(await ended).toBe(signal);
      expect((await client.resources()).map(({ kind, name }) => `${kind} ${name}`)).toEqual([]);
      expect(readdirSync(place.leases)).toEqual([]);
      expect(existsSync(join(place.folder, ".infra-gym.lock"))).toBe(false);
    },
  );
});
