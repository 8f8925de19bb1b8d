/** `infra-gym prices`: what droplets and databases cost, by the list or by the account. @module */
import { systemClock } from "../clock.js";
import { DigitalOceanClient, readCredentials, refreshCatalogue } from "../digitalocean/index.js";
import { type Catalogue, listCatalogue } from "../infra/catalogue/catalogue.js";
import type { Command } from "./command.js";
import { jsonText } from "./json-text.js";
import type { OptionValues } from "./option-values.js";
import type { Terminal } from "./terminal.js";
import { type TextTable, textTable } from "./text-table.js";
import { writeOutput } from "./write-output.js";

/** Shows prices, and reads them anew. */
export const pricesCommand: Command = {
  verb: "prices",
  summary: "Show the sizes and prices that are reckoned with, or read today's from an account",
  positional: null,
  options: [
    { name: "refresh", value: null, help: "Read today's sizes and regions from the account" },
    {
      name: "json",
      value: "FILE",
      help: "Write the catalogue as JSON, for a definition to take; - for the standard output",
    },
    { name: "endpoint", value: "URL", help: "The API (default DIGITALOCEAN_API_URL, or DigitalOcean's own)" },
  ],
  examples: ["infra-gym prices", "infra-gym prices --refresh --json catalogue.json"],
  run: runPrices,
};

const GIB = 1024 ** 3;

async function runPrices(values: OptionValues, terminal: Terminal): Promise<number> {
  const json = values.text("json");
  if (!values.flag("refresh")) {
    if (json !== "-") terminal.out(tableOf(listCatalogue, terminal));
    if (json !== undefined) writeOutput(json, jsonText(listCatalogue), terminal);
    return 0;
  }
  const client = new DigitalOceanClient({ credentials: readCredentials(process.env, values.text("endpoint")) });
  const date = new Date(systemClock().now() * 1000).toISOString().slice(0, 10);
  const { catalogue, json: changes } = await refreshCatalogue(client, date);
  if (json !== "-") {
    terminal.out(tableOf(catalogue, terminal));
    terminal.out(changeLines(catalogue));
  }
  if (json !== undefined) writeOutput(json, jsonText(changes), terminal);
  return 0;
}

function tableOf(catalogue: Catalogue, { hasColor }: Terminal): string {
  const table: TextTable = {
    header: ["size", "vCPUs", "memory GiB", "USD a month", "USD an hour"],
    rows: [...Object.values(catalogue.dropletSizes), ...Object.values(catalogue.databaseSizes)].map((size) => [
      size.slug,
      `${size.vcpus}`,
      `${size.memoryBytes / GIB}`,
      size.priceUsdPerMonth.toFixed(2),
      size.priceUsdPerHour.toFixed(5),
    ]),
  };
  return `${textTable(table, hasColor)}\n${catalogue.source}, ${catalogue.date}\n`;
}

/** How droplet prices differ from the list that comes with the library. */
function changeLines({ dropletSizes }: Catalogue): string {
  const names = [...new Set([...Object.keys(listCatalogue.dropletSizes), ...Object.keys(dropletSizes)])].sort();
  const lines = names.flatMap((name) => {
    const [before, now] = [listCatalogue.dropletSizes[name], dropletSizes[name]];
    if (now === undefined) return [`${name} is not on sale any more\n`];
    if (before === undefined) return [`${name} is new\n`];
    if (before.priceUsdPerMonth === now.priceUsdPerMonth) return [];
    return [`${name} costs ${now.priceUsdPerMonth} USD a month, before ${before.priceUsdPerMonth}\n`];
  });
  return lines.length === 0 ? "The same sizes and prices as in the list.\n" : lines.join("");
}
