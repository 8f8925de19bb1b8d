/** The page of the emulator: its tables are what there is. */
import { describe, expect, it } from "vitest";
import { emulatorCommand } from "../../src/cli/emulator.js";
import { operationsInScope, parseFaults } from "../../src/emulator/index.js";
import { readText } from "../package/repository.js";

const page = readText("docs/emulator.md");

describe("docs/emulator.md", () => {
  it("lists the options of the command", () => {
    const listed = [...page.matchAll(/^\| `--([a-z-]+)/gm)].map(([, name]) => name!);
    expect(listed.sort()).toEqual(emulatorCommand.options.map(({ name }) => name).sort());
  });

  it("counts the operations under each heading", () => {
    const listed = [...page.matchAll(/^\| ([A-Z][\w ]+) \| (\d+) \|$/gm)].map(([, tag, count]): [string, number] => [
      tag!,
      Number(count),
    ]);
    const counts = new Map<string, number>();
    for (const { tag } of operationsInScope()) counts.set(tag, (counts.get(tag) ?? 0) + 1);
    expect(listed).toEqual([...counts].sort(([a], [b]) => order(listed, a) - order(listed, b)));
    expect(page).toContain(`, ${operationsInScope().length} in all:`);
  });

  it("shows faults that can be read", () => {
    const parts = [...page.matchAll(/^\| `([a-z0-9-]+=[^`]+)`(?: or `([^`]+)`)?/gm)].flatMap(([, ...shown]) => shown);
    const shown = parts.filter((part) => part !== undefined);
    expect(shown.length).toBeGreaterThan(12);
    for (const part of shown) expect(Object.keys(parseFaults(part)).length).toBeGreaterThan(0);
  });
});

function order(listed: readonly (readonly [string, number])[], tag: string): number {
  return listed.findIndex(([name]) => name === tag);
}
